//! Requests for approval.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::approval::{ApprovalDetail, ApprovalList};
use contract::{ApprovalId, ListingId, UserId};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Address of a request.
#[cfg(feature = "ssr")]
fn page(id: &ApprovalId) -> String {
    format!("/approvals/{id}")
}

/// The requests that the viewer may see; open ones first.
#[server(prefix = "/api/fn", endpoint = "approvals", input = GetUrl, output = Text)]
pub async fn approvals() -> Result<ApprovalList, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::approval::list(&services(), &actor()).await)
}

/// One request.
#[server(prefix = "/api/fn", endpoint = "approval", input = GetUrl, output = Text)]
pub async fn approval(id: ApprovalId) -> Result<ApprovalDetail, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::approval::detail(&services(), &actor(), &id).await)
}

/// Asks for approval of a listing's current release, and goes on to the request.
#[server(prefix = "/api/fn", endpoint = "request_approval", output = Text)]
pub async fn request_approval(listing: ListingId, #[server(default)] reason: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let id = answer(domain::approval::request(&services(), &actor(), &listing, &reason).await)?;
    leptos_axum::redirect(&page(&id));
    Ok(())
}

/// Comments on a request.
#[server(prefix = "/api/fn", endpoint = "comment_approval", output = Text)]
pub async fn comment_approval(id: ApprovalId, #[server(default)] text: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::approval::comment(&services(), &actor(), &id, &text).await)?;
    leptos_axum::redirect(&page(&id));
    Ok(())
}

/// Answers a request: `approve` or `deny`, with some words.
#[server(prefix = "/api/fn", endpoint = "answer_approval", output = Text)]
pub async fn answer_approval(id: ApprovalId, answer: String, #[server(default)] text: String) -> Result<(), Problem> {
    use crate::context::{actor, answer as told, services};
    told(domain::approval::answer(&services(), &actor(), &id, &answer, &text).await)?;
    leptos_axum::redirect(&page(&id));
    Ok(())
}

/// Answers a request as a link from mail says: `answer`, `recipient` and `sig` are the link's `answer`, `for` and `sig`.
#[server(prefix = "/api/fn", endpoint = "answer_approval_by_link", output = Text)]
pub async fn answer_approval_by_link(
    id: ApprovalId,
    answer: String,
    recipient: UserId,
    sig: String,
) -> Result<(), Problem> {
    use crate::context::{actor, answer as told, services};
    told(domain::approval::answer_by_link(&services(), &actor(), &id, &answer, &recipient, &sig).await)?;
    leptos_axum::redirect(&page(&id));
    Ok(())
}

/// Takes one's own request back.
#[server(prefix = "/api/fn", endpoint = "withdraw_approval", output = Text)]
pub async fn withdraw_approval(id: ApprovalId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::approval::withdraw(&services(), &actor(), &id).await)?;
    leptos_axum::redirect(&page(&id));
    Ok(())
}

/// Asks for the requests that the viewer may see.
pub fn ask_approvals() -> Ask {
    read!("approvals".to_owned(), approvals())
}

/// Asks for one request.
pub fn ask_approval(id: ApprovalId) -> Ask {
    read!(address("approval", &[("id", id.as_str())]), approval(id))
}
