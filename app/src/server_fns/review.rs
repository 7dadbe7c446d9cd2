//! Reviews: reading, writing, answering, judging.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::review::{ModerationQueue, ReviewForm, ReviewPage, ReviewQuery};
use contract::{ListingId, ReviewId};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;
use std::collections::HashMap;

/// Where the reviews of a listing are.
#[cfg(feature = "ssr")]
fn tab(id: &ListingId) -> String {
    format!("/integrations/{id}?tab=reviews")
}

/// Reviews of a listing; the arguments are those of the address.
#[server(prefix = "/api/fn", endpoint = "reviews", input = GetUrl, output = Text)]
pub async fn reviews(
    id: ListingId,
    #[server(default)] stars: String,
    #[server(default)] release: String,
    #[server(default)] size: String,
    #[server(default)] order: String,
    #[server(default)] page: String,
) -> Result<ReviewPage, Problem> {
    use crate::context::{actor, answer, services};
    let of = |name: &str| match name {
        "stars" => stars.clone(),
        "release" => release.clone(),
        "size" => size.clone(),
        "order" => order.clone(),
        _ => page.clone(),
    };
    answer(domain::review::page(&services(), &actor(), &id, &ReviewQuery::read(of)).await)
}

/// What the page shows on which a review is written; nothing where there is no such listing.
#[server(name = FetchReviewForm, prefix = "/api/fn", endpoint = "review_form", input = GetUrl, output = Text)]
pub async fn review_form(id: ListingId) -> Result<Option<ReviewForm>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::review::form(&services(), &actor(), &id).await)
}

/// Writes a review, or changes one's own, and goes on to the reviews.
#[server(prefix = "/api/fn", endpoint = "write_review", output = Text)]
pub async fn write_review(
    listing: ListingId,
    #[server(default)] stars: String,
    #[server(default)] aspects: HashMap<String, String>,
    #[server(default)] title: String,
    #[server(default)] text: String,
    #[server(default)] size: String,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let aspects = aspects.into_iter().collect();
    let input = domain::review::ReviewInput { stars, aspects, title, text, size };
    answer(domain::review::write(&services(), &actor(), &listing, &input).await)?;
    leptos_axum::redirect(&tab(&listing));
    Ok(())
}

/// Deletes one's own review.
#[server(prefix = "/api/fn", endpoint = "delete_review", output = Text)]
pub async fn delete_review(listing: ListingId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::review::remove(&services(), &actor(), &listing).await)?;
    leptos_axum::redirect(&tab(&listing));
    Ok(())
}

/// Finds a review helpful, or no longer.
#[server(prefix = "/api/fn", endpoint = "vote_review", output = Text)]
pub async fn vote_review(id: ReviewId, #[server(default)] helpful: bool) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let listing = answer(domain::review::vote(&services(), &actor(), &id, helpful).await)?;
    back(&tab(&listing), &id);
    Ok(())
}

/// Reports a review to the moderators.
#[server(prefix = "/api/fn", endpoint = "report_review", output = Text)]
pub async fn report_review(
    id: ReviewId,
    #[server(default)] reason: String,
    #[server(default)] note: String,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let listing = answer(domain::review::report(&services(), &actor(), &id, &reason, &note).await)?;
    back(&tab(&listing), &id);
    Ok(())
}

/// Answers a review for the partner, or edits the answer.
#[server(prefix = "/api/fn", endpoint = "answer_review", output = Text)]
pub async fn answer_review(id: ReviewId, #[server(default)] text: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let listing = answer(domain::review::answer(&services(), &actor(), &id, &text).await)?;
    back(&tab(&listing), &id);
    Ok(())
}

/// What waits for the moderators.
#[server(prefix = "/api/fn", endpoint = "moderation", input = GetUrl, output = Text)]
pub async fn moderation() -> Result<ModerationQueue, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::review::queue(&services(), &actor()).await)
}

/// Decides about a review: `keep` or `hide`, with a reason.
#[server(prefix = "/api/fn", endpoint = "decide_review", output = Text)]
pub async fn decide_review(
    id: ReviewId,
    #[server(default)] decision: String,
    #[server(default)] reason: String,
) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::review::decide(&services(), &actor(), &id, &decision, &reason).await)?;
    leptos_axum::redirect("/staff/moderation");
    Ok(())
}

/// Leads a plain form back to the review. Where a page is alive it stays as it is, with its filters, and asks again.
#[cfg(feature = "ssr")]
fn back(tab: &str, id: &ReviewId) {
    if crate::context::is_plain_form() {
        leptos_axum::redirect(&format!("{tab}#{id}"));
    }
}

/// Values of [`ReviewQuery::NAMES`] as they stand in an address; the server makes sense of them.
pub type Parameters = [String; ReviewQuery::NAMES.len()];

/// Asks for reviews of a listing.
pub fn ask_reviews(id: ListingId, values: Parameters) -> Ask {
    let mut pairs = vec![("id", id.as_str())];
    let own = ReviewQuery::NAMES.into_iter().zip(values.iter().map(String::as_str));
    pairs.extend(own.filter(|(_, value)| !value.is_empty()));
    let address = address("reviews", &pairs);
    #[allow(unused_variables, reason = "the browser asks by address")]
    let [stars, release, size, order, page] = values;
    read!(address, reviews(id, stars, release, size, order, page))
}

/// Asks for what the page shows on which a review is written.
pub fn ask_review_form(id: ListingId) -> Ask {
    read!(address("review_form", &[("id", id.as_str())]), review_form(id))
}

/// Asks for what waits for the moderators.
pub fn ask_moderation() -> Ask {
    read!("moderation".to_owned(), moderation())
}
