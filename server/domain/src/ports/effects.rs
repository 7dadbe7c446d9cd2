//! What a change brings with it: audit events, notices, mail, jobs. Stored in the transaction of the change, so that there
//! is never one without the other.

use crate::error::Result;
use async_trait::async_trait;
use contract::audit::AuditAction;
use contract::{AuditId, MailId, NoticeId, OrganizationId, Timestamp, UserId};
use serde_json::Value;

/// An audit event about to be appended to its organization's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Id.
    pub id: AuditId,
    /// Whose chain; `None` for the marketplace's own.
    pub organization: Option<OrganizationId>,
    /// When.
    pub at: Timestamp,
    /// `person` or `system`.
    pub actor_kind: &'static str,
    /// Who.
    pub actor_id: String,
    /// Their name.
    pub actor_name: String,
    /// Id of their session or token.
    pub via: String,
    /// What was done.
    pub action: AuditAction,
    /// Kind of what it was done to.
    pub subject_kind: &'static str,
    /// Its id.
    pub subject_id: String,
    /// Its name.
    pub subject_name: String,
    /// What changed, before; `Null` when there was nothing. Never a secret.
    pub before: Value,
    /// What changed, after.
    pub after: Value,
    /// Address.
    pub ip: String,
    /// Client.
    pub user_agent: String,
    /// Trace id.
    pub trace_id: String,
}

/// A notice about to be put into somebody's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Id.
    pub id: NoticeId,
    /// Whose inbox.
    pub person: UserId,
    /// The organization it is about.
    pub organization: OrganizationId,
    /// Kind, for preferences: a wire name of [`contract::notice::NoticeKind`].
    pub kind: &'static str,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub body: String,
    /// Path of the page to go to.
    pub link: String,
    /// When.
    pub at: Timestamp,
    /// Whether it waits for the next digest mail.
    pub digest: bool,
}

/// A mail about to be put into the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// Id; also the part of `Message-ID` that is ours, so that a repeated delivery is the same mail.
    pub id: MailId,
    /// Address of the reader.
    pub to: String,
    /// Subject: one line.
    pub subject: String,
    /// Text, plain.
    pub text: String,
    /// Address for `List-Unsubscribe`, where the reader can do without such mail.
    pub unsubscribe: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A job about to be put into the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    /// Kind, names the file in `jobs`.
    pub kind: &'static str,
    /// Key; one open job per kind and key.
    pub key: String,
    /// Arguments.
    pub payload: Value,
    /// Not before.
    pub run_at: Timestamp,
}

/// Everything a change brings with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Audit events, in order.
    pub audit: Vec<AuditEntry>,
    /// Notices.
    pub notices: Vec<NewNotice>,
    /// Mail.
    pub mail: Vec<NewMail>,
    /// Jobs.
    pub jobs: Vec<NewJob>,
}

impl Effects {
    /// Nothing but an audit event.
    pub fn audited(entry: AuditEntry) -> Self {
        Self { audit: vec![entry], ..Self::default() }
    }

    /// With one more job.
    #[must_use]
    pub fn job(mut self, job: NewJob) -> Self {
        self.jobs.push(job);
        self
    }
}

/// Storing effects that come without another change.
#[async_trait]
pub trait EffectStore: Send + Sync {
    /// Stores them, in one transaction.
    async fn apply(&self, effects: &Effects) -> Result<()>;
}
