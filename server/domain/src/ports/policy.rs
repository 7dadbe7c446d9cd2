//! Install policies and requests for approval. Every finder takes the organization, but for the ones that serve the queue.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::approval::ApprovalState;
use contract::policy::Policy;
use contract::{ApprovalId, ListingId, OrganizationId, Timestamp, UserId};

/// A policy as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPolicy {
    /// The policy, with its revision.
    pub policy: Policy,
    /// Name of whoever changed it last; empty when they are gone.
    pub changed_by: String,
    /// When.
    pub changed_at: Timestamp,
}

/// Repository of policies.
#[async_trait]
pub trait Policies: Send + Sync {
    /// The organization's policy, if it ever wrote one.
    async fn policy_of(&self, organization: &OrganizationId) -> Result<Option<StoredPolicy>>;

    /// Stores a policy in the place of the one with its revision, under the next revision; gives whether nobody else did
    /// since it was read.
    async fn put_policy(
        &self,
        organization: &OrganizationId,
        policy: &Policy,
        by: &UserId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;
}

/// A request for approval as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Id.
    pub id: ApprovalId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What is to be installed.
    pub listing: ListingId,
    /// Exactly this release.
    pub version: String,
    /// Who asks.
    pub requested_by: UserId,
    /// Their name; empty when they are gone. Filled in by the repository.
    pub requester: String,
    /// Why they want it.
    pub reason: String,
    /// What the policy said when they asked.
    pub why: String,
    /// Where it stands. An open request past its time is over, whether or not the queue noticed.
    pub state: ApprovalState,
    /// Asked.
    pub created_at: Timestamp,
    /// While open: ends by itself. Once approved: good until then.
    pub expires_at: Timestamp,
    /// Who answered it.
    pub answered_by: Option<UserId>,
    /// Their name. Filled in by the repository.
    pub answerer: String,
    /// When it ended, in whatever way.
    pub ended_at: Option<Timestamp>,
    /// What was answered, in words.
    pub answer: Option<String>,
    /// Rises with each change; a stale writer loses.
    pub revision: i64,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Who.
    pub author: UserId,
    /// Their name; empty when they are gone. Filled in by the repository.
    pub name: String,
    /// What they say.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// Repository of requests for approval.
#[async_trait]
pub trait Approvals: Send + Sync {
    /// Stores a new request, unless the same person has an open one for the same release; gives whether it did.
    async fn create_approval(&self, approval: &Approval, effects: &Effects) -> Result<bool>;

    /// One request of the organization.
    async fn approval(&self, organization: &OrganizationId, id: &ApprovalId) -> Result<Option<Approval>>;

    /// Requests of the organization, of one person or all: open ones first, then the newest.
    async fn approvals(&self, organization: &OrganizationId, by: Option<&UserId>, limit: u64) -> Result<Vec<Approval>>;

    /// All requests of the organization by id, after the one that is named; for the export.
    async fn approvals_after(
        &self,
        organization: &OrganizationId,
        after: Option<&ApprovalId>,
        limit: u64,
    ) -> Result<Vec<Approval>>;

    /// A person's requests for a listing in the organization, newest first.
    async fn approvals_for(
        &self,
        organization: &OrganizationId,
        listing: &ListingId,
        by: &UserId,
    ) -> Result<Vec<Approval>>;

    /// Replaces state, times and answer if nobody else did since it was read (`revision`); gives whether it did.
    async fn change_approval(&self, approval: &Approval, effects: &Effects) -> Result<bool>;

    /// Comments on a request of the organization, oldest first.
    async fn approval_comments(&self, organization: &OrganizationId, id: &ApprovalId) -> Result<Vec<Comment>>;

    /// Adds a comment to a request of the organization.
    async fn comment_approval(
        &self,
        organization: &OrganizationId,
        id: &ApprovalId,
        comment: &Comment,
        effects: &Effects,
    ) -> Result<()>;

    /// Open requests past their time, of all organizations; for the queue.
    async fn lapsed_approvals(&self, now: Timestamp, limit: u64) -> Result<Vec<Approval>>;
}
