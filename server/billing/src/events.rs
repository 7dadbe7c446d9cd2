//! Events: told in notices, and asked for where notices never came.

use crate::failure::failed;
use contract::Timestamp;
use domain::Result;
use domain::ports::PaymentNotice;
use miniserde::Deserialize;
use serde::Serialize;
use stripe::Client;
use stripe_client_core::{RequestBuilder, StripeMethod};

/// Events asked for at once: the most there can be.
const STEP: i64 = 100;

// Of an event only this is read: the rest may be old, and kinds nobody here knows do no harm.

#[derive(Deserialize)]
struct Events {
    data: Vec<Event>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    created: i64,
    account: Option<String>,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: EventObject,
}

#[derive(Deserialize)]
struct EventObject {
    id: Option<String>,
}

impl From<Event> for PaymentNotice {
    fn from(it: Event) -> Self {
        Self {
            id: it.id,
            kind: it.kind,
            object: it.data.object.id.unwrap_or_default(),
            at: Timestamp(it.created.saturating_mul(1000)),
            account: it.account,
        }
    }
}

/// The event that a notice holds.
pub fn read(body: &[u8]) -> Option<PaymentNotice> {
    let event: Event = miniserde::json::from_str(std::str::from_utf8(body).ok()?).ok()?;
    Some(event.into())
}

#[derive(Serialize)]
struct Wanted<'a> {
    limit: i64,
    created: NotBefore,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_after: Option<&'a str>,
}

#[derive(Serialize)]
struct NotBefore {
    gte: i64,
}

/// All events since then, the newest first.
pub async fn since(client: &Client, since: Timestamp) -> Result<Vec<PaymentNotice>> {
    let mut notices: Vec<PaymentNotice> = Vec::new();
    loop {
        let starting_after = notices.last().map(|it| it.id.as_str());
        let wanted = Wanted { limit: STEP, created: NotBefore { gte: since.0.div_euclid(1000) }, starting_after };
        let request = RequestBuilder::new(StripeMethod::Get, "/events").query(&wanted);
        let page: Events = request.customize().send(client).await.map_err(failed)?;
        let end = !page.has_more || page.data.is_empty();
        notices.extend(page.data.into_iter().map(PaymentNotice::from));
        if end {
            return Ok(notices);
        }
    }
}
