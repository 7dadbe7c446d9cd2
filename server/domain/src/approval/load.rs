//! Loading a request, and what it is about.

use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Approval, AuditEntry, Effects, Listing};
use crate::{Actor, Error, Person, Result, Services};
use contract::audit::AuditAction;
use contract::manifest::Manifest;
use contract::{ApprovalId, ErrorCode, PublicError};
use serde_json::json;
use std::sync::Arc;

/// A request with its listing and the release that was asked for.
pub(super) struct Target {
    pub approval: Approval,
    pub listing: Listing,
    pub manifest: Arc<Manifest>,
}

impl Target {
    /// A request of the person's organization that they may see: their own, or with the permission to answer any. What
    /// they may not see is answered like what does not exist.
    pub async fn seen_by(services: &Services, person: &Person, id: &ApprovalId) -> Result<Self> {
        let found = services.approvals.approval(person.organization(), id).await?;
        let may_see = |it: &Approval| it.requested_by == *person.user() || person.may(Permission::AnswerApprovals);
        let approval = found.filter(may_see).ok_or_else(|| PublicError::not_found("request for approval"))?;
        Self::of(services, approval).await
    }

    /// Completes a request that was found otherwise.
    pub async fn of(services: &Services, approval: Approval) -> Result<Self> {
        let listing = services.catalogue.listing(&approval.listing).await?;
        let listing = listing.ok_or_else(|| Error::Corrupt(format!("listing {} is gone", approval.listing)))?;
        let manifest = services.catalogue.release(&approval.listing, &approval.version).await?;
        let manifest = manifest
            .ok_or_else(|| Error::Corrupt(format!("release {} of {} is gone", approval.version, approval.listing)))?;
        Ok(Self { approval, listing, manifest })
    }

    /// The current release, where that is another one.
    pub fn newer(&self) -> Option<&str> {
        let current = self.listing.manifest.version.as_str();
        (current != self.approval.version).then_some(current)
    }

    /// `Test Monitor 1.0.0`.
    pub fn what(&self) -> String {
        format!("{} {}", self.manifest.name, self.approval.version)
    }

    /// An audit event of this request.
    pub fn event(&self, services: &Services, actor: &Actor, action: AuditAction) -> AuditEntry {
        let subject = Subject::new("approval", &self.approval.id, self.what());
        entry(services, actor, &self.approval.organization, action, subject)
    }

    /// The event of a change of state.
    pub fn changed(&self, services: &Services, actor: &Actor, action: AuditAction, before: &Approval) -> AuditEntry {
        let after = json!({ "state": self.approval.state, "answer": self.approval.answer,
            "expires_at": self.approval.expires_at.rfc3339() });
        self.event(services, actor, action).before(json!({ "state": before.state })).after(after)
    }

    /// Stores the change, or says that somebody else was faster.
    pub async fn store(&self, services: &Services, effects: &Effects) -> Result<()> {
        if services.approvals.change_approval(&self.approval, effects).await? {
            return Ok(());
        }
        Err(PublicError::new(
            ErrorCode::Conflict,
            "Somebody else was faster",
            "The request was answered, withdrawn or ended in this moment.",
            "Reload the page to see what became of it.",
        )
        .into())
    }
}
