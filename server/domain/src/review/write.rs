//! Writing a review, and changing it.

use super::load::{self, Target, said};
use super::standing::{Footing, footing, refusal};
use super::{announce, limit, text};
use crate::permission::Permission;
use crate::ports::{Along, Effects, Effort, Review};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::review::{Aspect, AspectStars, EarlierReview, OrganizationSize};
use contract::{ErrorCode, ListingId, PublicError, ReviewId};

/// What the form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewInput {
    /// `1` to `5`.
    pub stars: String,
    /// Wire name and stars of each aspect; without stars it was not rated.
    pub aspects: Vec<(String, String)>,
    /// One line.
    pub title: String,
    /// The rest.
    pub text: String,
    /// Wire name of the organization's size; may be empty.
    pub size: String,
}

/// The form, read.
struct Said {
    stars: u8,
    aspects: Vec<AspectStars>,
    title: String,
    text: String,
    size: Option<OrganizationSize>,
}

fn wrong(field: &str, detail: String) -> PublicError {
    PublicError::new(ErrorCode::Invalid, "A choice is missing", detail, "Choose it, then send the review again.")
        .at(field)
}

fn stars(text: &str, field: &str) -> Result<u8> {
    let stars = text.parse().ok().filter(|stars| (1..=5).contains(stars));
    Ok(stars.ok_or_else(|| wrong(field, "A rating is one to five stars.".to_owned()))?)
}

impl ReviewInput {
    fn read(&self) -> Result<Said> {
        let mut aspects = Vec::new();
        for aspect in Aspect::ALL {
            let given = self.aspects.iter().find(|(name, value)| name == aspect.as_str() && !value.is_empty());
            if let Some((_, value)) = given {
                aspects.push(AspectStars { aspect: *aspect, stars: stars(value, aspect.as_str())? });
            }
        }
        let size = match self.size.as_str() {
            "" => None,
            name => {
                let size = OrganizationSize::parse(name);
                Some(size.ok_or_else(|| wrong("size", format!("There is no size “{name}”.")))?)
            }
        };
        Ok(Said {
            stars: stars(&self.stars, "stars")?,
            aspects,
            title: text::title(&self.title)?,
            text: text::body(&self.text)?,
            size,
        })
    }
}

/// Writes a review, or changes the one that the person has written.
pub async fn write(services: &Services, actor: &Actor, id: &ListingId, input: &ReviewInput) -> Result<()> {
    let person = actor.require(Permission::WriteReviews)?;
    let listing = load::listing(services, id).await?;
    let footing = footing(services, actor, &listing).await?;
    let footing = footing.map_err(|standing| refusal(standing, &listing.manifest.name))?;
    let said = input.read()?;
    limit::spend(services, person, Effort::Write).await?;
    match services.reviews.review_by(id, person.user()).await? {
        None => {
            let review = new(services, person, id, said, footing);
            create(services, actor, person, Target { review, listing }).await
        }
        Some(review) => change(services, actor, person, Target { review, listing }, said, footing).await,
    }
}

fn new(services: &Services, person: &Person, listing: &ListingId, said: Said, footing: Footing) -> Review {
    let now = services.clock.now();
    Review {
        id: ReviewId(services.ids.id("rev", now)),
        listing: listing.clone(),
        author: person.user().clone(),
        author_name: person.viewer.name.clone(),
        organization: person.organization().clone(),
        release: footing.release,
        size: said.size,
        stars: said.stars,
        aspects: said.aspects,
        title: said.title,
        text: said.text,
        used_since: footing.since,
        used_until: footing.until,
        helpful: 0,
        hidden: false,
        created_at: now,
        edited_at: None,
        answer: None,
        decision: None,
        revision: 0,
    }
}

async fn create(services: &Services, actor: &Actor, person: &Person, target: Target) -> Result<()> {
    let event = target.event(services, actor, person, AuditAction::ReviewWritten).after(said(&target.review));
    let mut effects = Effects::audited(event);
    announce::written(services, &mut effects, &target).await?;
    if services.reviews.create_review(&target.review, &effects).await? {
        return Ok(());
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "You have written one already",
        "There is one review of a listing from each person, and yours was stored in this moment.",
        "Reload the page to see it; you can change it.",
    )
    .into())
}

async fn change(
    services: &Services,
    actor: &Actor,
    person: &Person,
    mut target: Target,
    new: Said,
    footing: Footing,
) -> Result<()> {
    let before = target.review.clone();
    let it = &mut target.review;
    (it.stars, it.aspects, it.title, it.text, it.size) = (new.stars, new.aspects, new.title, new.text, new.size);
    if *it == before {
        return Ok(());
    }
    // What is said now rests on what is installed now, and is said for whom the person acts for now.
    it.organization = person.organization().clone();
    (it.release, it.used_since, it.used_until) = (footing.release, footing.since, footing.until);
    it.edited_at = Some(services.clock.now());
    let earlier = EarlierReview {
        stars: before.stars,
        title: before.title.clone(),
        text: before.text.clone(),
        release: before.release.clone(),
        at: before.edited_at.unwrap_or(before.created_at),
    };
    let event = target.event(services, actor, person, AuditAction::ReviewChanged);
    let event = event.before(said(&before)).after(said(&target.review));
    target.store(services, Along::Keep(&earlier), &Effects::audited(event)).await
}
