//! Telling people about reviews: the partner's team of a new one, its author of an answer or a decision, whoever reported it
//! of what became of that.

use super::load::Target;
use crate::notice::{Message, tell};
use crate::ports::{Effects, Recipient};
use crate::{Result, Services};
use contract::notice::NoticeKind;
use contract::{ListingId, OrganizationId, UserId};

/// Where the reviews of a listing are.
pub(super) fn reviews_of(listing: &ListingId) -> String {
    format!("/integrations/{listing}?tab=reviews")
}

fn message(title: String, body: String, link: String) -> Message {
    Message { kind: NoticeKind::Reviews, title, body, link, mail_only: String::new() }
}

/// Somebody and the organization in whose name they are told: the one they acted for, or, when they left it, another one
/// of theirs. Nobody, where they belong to none any more.
async fn reachable(
    services: &Services,
    person: &UserId,
    acted_for: &OrganizationId,
) -> Result<Option<(Recipient, OrganizationId)>> {
    let Some(recipient) = services.notices.recipient(person).await? else { return Ok(None) };
    let theirs = services.organizations.organizations_of(person).await?;
    let ids = || theirs.iter().map(|it| it.organization.id.clone());
    let organization = ids().find(|id| id == acted_for).or_else(|| ids().next());
    Ok(organization.map(|organization| (recipient, organization)))
}

/// Adds a notice for somebody, if they can be reached.
pub(super) async fn tell_person(
    services: &Services,
    effects: &mut Effects,
    (person, acted_for): (&UserId, &OrganizationId),
    (title, body, link): (String, String, String),
) -> Result<()> {
    let Some((recipient, organization)) = reachable(services, person, acted_for).await? else { return Ok(()) };
    tell(services, effects, &organization, &[recipient], &message(title, body, link)).await
}

/// Adds notices of a new review for the team of the partner.
pub(super) async fn written(services: &Services, effects: &mut Effects, target: &Target) -> Result<()> {
    let review = &target.review;
    let title = format!("{} is reviewed: {} of 5 stars", target.name(), review.stars);
    let body = format!("“{}” by {}. You can answer it, once and publicly.", review.title, review.author_name);
    let message = message(title, body, reviews_of(&target.listing.id));
    for (recipient, organization) in services.reviews.partner_team(&target.listing.partner.id).await? {
        tell(services, effects, &organization, &[recipient], &message).await?;
    }
    Ok(())
}

/// Adds a notice of the partner's answer for the author.
pub(super) async fn answered(services: &Services, effects: &mut Effects, target: &Target, text: &str) -> Result<()> {
    let review = &target.review;
    let title = format!("{} answered your review of {}", target.listing.partner.name, target.name());
    let told = (title, text.to_owned(), reviews_of(&target.listing.id));
    tell_person(services, effects, (&review.author, &review.organization), told).await
}
