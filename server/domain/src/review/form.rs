//! The page on which a review is written.

use super::standing::footing;
use crate::{Actor, Result, Services};
use contract::ListingId;
use contract::review::{ReviewForm, ReviewStanding, used};

/// Whether the viewer may write a review of a listing, and the one that they have written; nothing where there is no such
/// listing. Anybody may ask.
pub async fn form(services: &Services, actor: &Actor, id: &ListingId) -> Result<Option<ReviewForm>> {
    let Some(listing) = services.catalogue.listing(id).await? else { return Ok(None) };
    let own = match actor.viewer() {
        Some(viewer) => services.reviews.review_by(id, &viewer.user_id).await?,
        None => None,
    };
    let mut form = ReviewForm {
        listing: listing.card(),
        standing: ReviewStanding::MayWrite,
        written: own.is_some(),
        used: String::new(),
        release: String::new(),
        stars: 0,
        aspects: Vec::new(),
        title: String::new(),
        text: String::new(),
        size: None,
        hidden: None,
    };
    match footing(services, actor, &listing).await? {
        Ok(footing) => {
            form.used = used(footing.until.since(footing.since));
            form.release = footing.release;
            if own.is_some() {
                form.standing = ReviewStanding::MayChange;
            }
        }
        Err(standing) => form.standing = standing,
    }
    if let Some(it) = own {
        form.hidden = it.hidden.then(|| it.decision.map(|it| it.reason).unwrap_or_default());
        (form.stars, form.aspects, form.title, form.text, form.size) =
            (it.stars, it.aspects, it.title, it.text, it.size);
    }
    Ok(Some(form))
}
