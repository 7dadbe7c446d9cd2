//! Everything an organization has, as one JSON document that is written piece by piece.
//!
//! Sealed credentials, hashes of tokens and the organization's key are not part of it: no port hands them out here.

use crate::approval::present_state;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Approval, Comment, Effects};
use crate::{Actor, Error, Result, Services};
use contract::audit::AuditAction;
use contract::{ApprovalId, InstallationId, OrganizationId, PublicError, ReviewId};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::VecDeque;

/// Rows read at a time.
const BATCH: u64 = 500;
/// Checks of one installation that are exported: more are not kept in view anywhere.
const CHECKS: u64 = 1000;

/// What comes next.
enum Step {
    Head,
    Installations(VecDeque<InstallationId>),
    Events(VecDeque<InstallationId>, i64),
    /// Requests for approval after this one.
    Approvals(Option<ApprovalId>),
    /// Reviews after this one.
    Reviews(Option<ReviewId>),
    Audit(i64),
    End,
}

/// An export under way.
pub struct Export {
    organization: OrganizationId,
    step: Step,
    /// Whether the list that is being written has an entry already.
    begun: bool,
}

fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(format!("export: {error}")))
}

impl Export {
    /// Begins, and records that it was asked for.
    pub async fn begin(services: &Services, actor: &Actor) -> Result<Self> {
        let person = actor.require(Permission::ManageOrganization)?;
        let organization = person.organization().clone();
        let subject = Subject::new("organization", &organization, &person.viewer.organization_name);
        let event = entry(services, actor, &organization, AuditAction::OrganizationExported, subject);
        services.effects.apply(&Effects::audited(event)).await?;
        Ok(Self { organization, step: Step::Head, begun: false })
    }

    /// Entries of the present list, with the commas between them.
    fn entries<T: Serialize>(&mut self, entries: &[T]) -> Result<String> {
        let mut out = String::new();
        for entry in entries {
            if std::mem::replace(&mut self.begun, true) {
                out.push(',');
            }
            out.push('\n');
            out.push_str(&text(entry)?);
        }
        Ok(out)
    }

    /// Ends the present list and begins the next one.
    fn list(&mut self, name: &str) -> String {
        self.begun = false;
        format!("\n],\n\"{name}\":[")
    }

    async fn every(&self, services: &Services) -> Result<VecDeque<InstallationId>> {
        Ok(services.organizations.every_installation(&self.organization).await?.into())
    }

    async fn head(&self, services: &Services) -> Result<String> {
        let found = services.organizations.organization(&self.organization).await?;
        let found = found.ok_or_else(|| PublicError::not_found("organization"))?;
        let members = services.organizations.members(&self.organization).await?.into_iter().map(|it| {
            json!({ "person": it.person, "name": it.name, "email": it.email, "role": it.role,
                "joined_at": it.joined_at.rfc3339() })
        });
        let invitations = services.invitations.invitations(&self.organization).await?.into_iter().map(|it| {
            json!({ "id": it.id, "email": it.email, "role": it.role, "invited_by": it.invited_by,
                "sent_at": it.sent_at.rfc3339(), "expires_at": it.expires_at.rfc3339() })
        });
        let organization = json!({ "id": found.id, "name": found.name, "currency": found.currency, "created_at": found.created_at.rfc3339(),
            "delete_at": found.delete_at.map(contract::Timestamp::rfc3339) });
        Ok(format!(
            "{{\n\"format\":\"openconductor-organization-1\",\n\"exported_at\":{},\n\"organization\":{},\n\"members\":{},\n\
             \"invitations\":{},\n\"installations\":[",
            text(&services.clock.now().rfc3339())?,
            text(&organization)?,
            text(&members.collect::<Vec<_>>())?,
            text(&invitations.collect::<Vec<_>>())?,
        ))
    }

    async fn installation(&self, services: &Services, id: &InstallationId) -> Result<Option<Value>> {
        let Some(it) = services.installations.find(&self.organization, id).await? else { return Ok(None) };
        Ok(Some(json!({
            "id": it.id, "listing": it.listing, "release": it.version, "state": it.state, "configuration": it.config,
            "installed_by": it.created_by_name, "created_at": it.created_at.rfc3339(),
            "first_proof_at": it.first_proof_at.map(contract::Timestamp::rfc3339),
            "last_event_at": it.last_event_at.map(contract::Timestamp::rfc3339),
            "checks": services.installations.checks(&self.organization, id, CHECKS).await?,
        })))
    }

    /// A request with everything that was said about it.
    async fn approval(&self, services: &Services, it: &Approval) -> Result<Value> {
        let comments = services.approvals.approval_comments(&self.organization, &it.id).await?;
        let comment =
            |it: Comment| json!({ "author": it.author, "name": it.name, "at": it.at.rfc3339(), "text": it.text });
        Ok(json!({
            "id": it.id, "listing": it.listing, "release": it.version, "requested_by": it.requested_by,
            "requester": it.requester, "requested_at": it.created_at.rfc3339(), "reason": it.reason,
            "asked_because": it.why, "state": present_state(it, services.clock.now()),
            "expires_at": it.expires_at.rfc3339(), "answered_by": it.answered_by,
            "answerer": it.answered_by.as_ref().map(|_| &it.answerer), "answer": it.answer,
            "ended_at": it.ended_at.map(contract::Timestamp::rfc3339),
            "comments": comments.into_iter().map(comment).collect::<Vec<_>>(),
        }))
    }

    /// The next piece of the document, until there is none.
    pub async fn next(&mut self, services: &Services) -> Result<Option<String>> {
        match std::mem::replace(&mut self.step, Step::End) {
            Step::Head => {
                self.step = Step::Installations(self.every(services).await?);
                self.head(services).await.map(Some)
            }
            Step::Installations(mut left) => {
                let Some(id) = left.pop_front() else {
                    self.step = Step::Events(self.every(services).await?, 0);
                    return Ok(Some(self.list("events")));
                };
                self.step = Step::Installations(left);
                let found: Vec<Value> = self.installation(services, &id).await?.into_iter().collect();
                self.entries(&found).map(Some)
            }
            Step::Events(mut left, after) => {
                let Some(id) = left.front().cloned() else {
                    self.step = Step::Approvals(None);
                    return Ok(Some(self.list("approvals")));
                };
                let events = services.installations.events_after(&self.organization, &id, after, BATCH).await?;
                let last = events.last().map(|event| event.sequence);
                if last.is_none() {
                    left.pop_front();
                }
                self.step = Step::Events(left, last.unwrap_or(0));
                let events: Vec<Value> =
                    events.iter().map(|event| json!({ "installation": id, "event": event })).collect();
                self.entries(&events).map(Some)
            }
            Step::Approvals(after) => {
                let found = services.approvals.approvals_after(&self.organization, after.as_ref(), BATCH).await?;
                let Some(last) = found.last().map(|it| it.id.clone()) else {
                    self.step = Step::Reviews(None);
                    return Ok(Some(self.list("reviews")));
                };
                self.step = Step::Approvals(Some(last));
                let mut requests = Vec::with_capacity(found.len());
                for it in &found {
                    requests.push(self.approval(services, it).await?);
                }
                self.entries(&requests).map(Some)
            }
            Step::Reviews(after) => {
                let found = services.reviews.reviews_after(&self.organization, after.as_ref(), BATCH).await?;
                let Some(last) = found.last().map(|it| it.id.clone()) else {
                    self.step = Step::Audit(0);
                    return Ok(Some(self.list("audit")));
                };
                self.step = Step::Reviews(Some(last));
                let reviews = crate::review::exported(services, found).await?;
                self.entries(&reviews).map(Some)
            }
            Step::Audit(after) => {
                let events = services.audit.audit_after(self.organization.as_str(), after, BATCH).await?;
                let Some(last) = events.last().map(|event| event.sequence) else {
                    return Ok(Some("\n]\n}\n".to_owned()));
                };
                self.step = Step::Audit(last);
                self.entries(&events).map(Some)
            }
            Step::End => Ok(None),
        }
    }
}
