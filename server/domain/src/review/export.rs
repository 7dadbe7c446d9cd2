//! Reviews in the exports of an organization and of an account.

use crate::ports::Review;
use crate::{Result, Services};
use contract::{ReviewId, Timestamp};
use serde_json::{Value, json};

/// Everything that is known of these reviews but who votes for and reports them.
pub(crate) async fn exported(services: &Services, reviews: Vec<Review>) -> Result<Vec<Value>> {
    let ids: Vec<ReviewId> = reviews.iter().map(|it| it.id.clone()).collect();
    let earlier = services.reviews.earlier_reviews(&ids).await?;
    let one = |it: Review| {
        let before = earlier.iter().filter(|(id, _)| *id == it.id).map(|(_, it)| {
            json!({ "stars": it.stars, "title": it.title, "text": it.text, "release": it.release,
                "written_at": it.at.rfc3339() })
        });
        json!({
            "id": it.id, "listing": it.listing, "author": it.author, "name": it.author_name, "release": it.release,
            "size": it.size, "stars": it.stars, "aspects": it.aspects, "title": it.title, "text": it.text,
            "used_since": it.used_since.rfc3339(), "used_until": it.used_until.rfc3339(), "helpful": it.helpful,
            "hidden": it.hidden, "written_at": it.created_at.rfc3339(),
            "edited_at": it.edited_at.map(Timestamp::rfc3339), "answer": it.answer.as_ref().map(|it| &it.text),
            "decision": it.decision.as_ref().map(|it| &it.reason), "earlier": before.collect::<Vec<_>>(),
        })
    };
    Ok(reviews.into_iter().map(one).collect())
}
