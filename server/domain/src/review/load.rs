//! Loading a review together with what it is about.

use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Along, AuditEntry, Effects, Listing, Review};
use crate::{Actor, Error, Person, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, ListingId, PublicError, ReviewId};
use serde_json::{Value, json};

/// A listing that exists.
pub(super) async fn listing(services: &Services, id: &ListingId) -> Result<Listing> {
    Ok(services.catalogue.listing(id).await?.ok_or_else(|| PublicError::not_found("integration"))?)
}

/// A review with its listing.
pub(super) struct Target {
    pub review: Review,
    pub listing: Listing,
}

impl Target {
    /// A review, hidden or not.
    pub async fn any(services: &Services, id: &ReviewId) -> Result<Self> {
        let review = services.reviews.review(id).await?.ok_or_else(|| PublicError::not_found("review"))?;
        let listing = services.catalogue.listing(&review.listing).await?;
        let listing = listing.ok_or_else(|| Error::Corrupt(format!("listing {} is gone", review.listing)))?;
        Ok(Self { review, listing })
    }

    /// A review that everybody sees. A hidden one is answered like one that does not exist.
    pub async fn shown(services: &Services, id: &ReviewId) -> Result<Self> {
        let target = Self::any(services, id).await?;
        if target.review.hidden { Err(PublicError::not_found("review").into()) } else { Ok(target) }
    }

    /// Refuses whoever wrote it.
    pub fn of_others(&self, person: &Person, what: &str) -> Result<()> {
        if self.review.author != *person.user() {
            return Ok(());
        }
        Err(PublicError::new(
            ErrorCode::Forbidden,
            "This is your own review",
            format!("Nobody can {what} what they wrote themselves."),
            "You can change it, or delete it.",
        )
        .into())
    }

    /// Whether somebody belongs to the team that publishes the listing.
    pub fn published_by(&self, person: &Person) -> bool {
        person.viewer.partner.as_ref() == Some(&self.listing.partner.id) && person.may(Permission::AnswerReviews)
    }

    /// `Test Monitor`.
    pub fn name(&self) -> &str {
        &self.listing.manifest.name
    }

    /// Subject of audit events.
    pub fn subject(&self) -> Subject {
        Subject::new("review", &self.review.id, self.name())
    }

    /// An audit event in the trail of whoever acts.
    pub fn event(&self, services: &Services, actor: &Actor, person: &Person, action: AuditAction) -> AuditEntry {
        entry(services, actor, person.organization(), action, self.subject())
    }

    /// Stores the review as it is now, or says that somebody else was faster.
    pub async fn store(&self, services: &Services, along: Along<'_>, effects: &Effects) -> Result<()> {
        if services.reviews.change_review(&self.review, along, effects, services.clock.now()).await? {
            return Ok(());
        }
        Err(faster().into())
    }
}

/// Two changed the same review at once.
pub(super) fn faster() -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "Somebody else was faster",
        "The review was changed, answered or decided about in this moment.",
        "Reload the page to see how it is now, then try again.",
    )
}

/// What a review says, for the audit trail.
pub(super) fn said(it: &Review) -> Value {
    let aspects: serde_json::Map<String, Value> =
        it.aspects.iter().map(|it| (it.aspect.as_str().to_owned(), it.stars.into())).collect();
    json!({ "stars": it.stars, "aspects": aspects, "title": it.title, "text": it.text, "release": it.release,
        "size": it.size })
}
