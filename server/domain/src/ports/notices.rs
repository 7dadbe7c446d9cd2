//! Inboxes, preferences, and the outbox of mail. Notices and mail come into being through [`super::Effects`].

use super::NewMail;
use crate::error::Result;
use async_trait::async_trait;
use contract::notice::{MailChoice, NoticeView};
use contract::{MailId, NoticeId, OrganizationId, Timestamp, UserId};

/// Somebody who may be told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The person.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// Notices of one person that wait for the digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Whose.
    pub recipient: Recipient,
    /// Notices, oldest first.
    pub notices: Vec<NoticeView>,
}

/// Repository of notices. Every finder takes the person.
#[async_trait]
pub trait Notices: Send + Sync {
    /// The last notices of a person, newest first: of all their organizations, or of one.
    async fn inbox(&self, person: &UserId, within: Option<&OrganizationId>, limit: u64) -> Result<Vec<NoticeView>>;

    /// How many of these a person has not read.
    async fn unread(&self, person: &UserId, within: Option<&OrganizationId>) -> Result<u32>;

    /// Whether anybody was told of this about the organization: a notice of this kind with this link.
    async fn told(&self, organization: &OrganizationId, kind: &str, link: &str) -> Result<bool>;

    /// Marks one of these as read, or all.
    async fn mark_read(
        &self,
        person: &UserId,
        within: Option<&OrganizationId>,
        notice: Option<&NoticeId>,
        now: Timestamp,
    ) -> Result<()>;

    /// What a person chose: wire names of kinds with choices.
    async fn preferences(&self, person: &UserId) -> Result<Vec<(String, MailChoice)>>;

    /// Stores a choice.
    async fn set_preference(&self, person: &UserId, kind: &str, choice: MailChoice) -> Result<()>;

    /// Everybody whose notices wait for the digest.
    async fn digests(&self) -> Result<Vec<Digest>>;

    /// Puts a digest mail into the outbox with its job, and takes the person's notices up to an instant off the list, in
    /// one transaction.
    async fn send_digest(&self, person: &UserId, mail: &NewMail, up_to: Timestamp) -> Result<()>;

    /// Members of an organization that hold one of these roles (wire names); all members where none is named.
    async fn recipients(&self, organization: &OrganizationId, roles: &[&str]) -> Result<Vec<Recipient>>;

    /// One person.
    async fn recipient(&self, person: &UserId) -> Result<Option<Recipient>>;

    /// A mail that was not sent yet.
    async fn unsent(&self, id: &MailId) -> Result<Option<NewMail>>;

    /// Remembers that a mail was sent, or why not.
    async fn mail_tried(&self, id: &MailId, outcome: std::result::Result<Timestamp, String>) -> Result<()>;
}

/// Sends mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over. An error means: try again later.
    async fn send(&self, mail: &NewMail) -> std::result::Result<(), String>;
}
