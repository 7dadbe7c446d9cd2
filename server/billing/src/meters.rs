//! Meters: one for each listing and unit, found by the name of its events.
//! <https://docs.stripe.com/api/billing/meter>, <https://docs.stripe.com/api/billing/meter-event>

use crate::failure::failed;
use crate::{Nobody, Stripe};
use async_trait::async_trait;
use contract::pricing::MeterUnit;
use contract::{ListingId, Timestamp};
use domain::ports::{MeterReport, Meters};
use domain::{Error, Result};
use miniserde::Deserialize;
use serde::Serialize;
use stripe::{Client, StripeError};
use stripe_client_core::{RequestBuilder, StripeMethod};

/// Meters asked for at once: the most there can be.
const STEP: i64 = 100;

/// Name of the events of a meter: `marketplace_event_monitor`. A unit has no underscore, so no two meters share a name.
fn event_name(listing: &ListingId, unit: MeterUnit) -> String {
    format!("marketplace_{}_{listing}", unit.as_str())
}

// Of answers only this is read.

#[derive(Deserialize)]
struct Page<T> {
    data: Vec<T>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Meter {
    id: String,
    event_name: String,
}

#[derive(Deserialize)]
struct Event {
    #[allow(dead_code, reason = "it says that the event was taken")]
    identifier: String,
}

#[derive(Deserialize)]
struct Summary {
    aggregated_value: f64,
}

#[derive(Serialize)]
struct Listed<'a> {
    limit: i64,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_after: Option<&'a str>,
}

#[derive(Serialize)]
struct NewMeter<'a> {
    display_name: &'a str,
    event_name: &'a str,
    default_aggregation: Aggregation,
}

#[derive(Serialize)]
struct Aggregation {
    formula: &'static str,
}

#[derive(Serialize)]
struct NewEvent<'a> {
    event_name: &'a str,
    identifier: &'a str,
    timestamp: i64,
    payload: Payload<'a>,
}

#[derive(Serialize)]
struct Payload<'a> {
    stripe_customer_id: &'a str,
    value: String,
}

#[derive(Serialize)]
struct Span<'a> {
    customer: &'a str,
    start_time: i64,
    end_time: i64,
}

fn get(path: &str) -> RequestBuilder {
    RequestBuilder::new(StripeMethod::Get, path)
}

fn post(path: &str) -> RequestBuilder {
    RequestBuilder::new(StripeMethod::Post, path)
}

/// The meter that takes events of a name.
async fn find(client: &Client, name: &str) -> Result<Option<String>> {
    let mut after: Option<String> = None;
    loop {
        let wanted = Listed { limit: STEP, status: "active", starting_after: after.as_deref() };
        let page: Page<Meter> = get("/billing/meters").query(&wanted).customize().send(client).await.map_err(failed)?;
        let end = !page.has_more;
        after = page.data.last().map(|it| it.id.clone());
        if let Some(meter) = page.data.into_iter().find(|it| it.event_name == name) {
            return Ok(Some(meter.id));
        }
        if end || after.is_none() {
            return Ok(None);
        }
    }
}

/// Whether a refusal says that something is there already.
fn is_there(error: &StripeError, words: &str) -> bool {
    match error {
        StripeError::Stripe(error, 400) => error.message.as_ref().is_some_and(|it| it.contains(words)),
        _ => false,
    }
}

#[async_trait]
impl Meters for Stripe {
    async fn ensure(&self, listing: &ListingId, unit: MeterUnit) -> Result<String> {
        let name = event_name(listing, unit);
        if let Some(id) = find(self.client(), &name).await? {
            return Ok(id);
        }
        let display_name = format!("{listing}: {}", unit.as_str());
        let meter = NewMeter {
            display_name: &display_name,
            event_name: &name,
            default_aggregation: Aggregation { formula: "sum" },
        };
        let made = post("/billing/meters").form(&meter).customize::<Meter>().send(self.client()).await;
        match made {
            Ok(meter) => Ok(meter.id),
            // Somebody else made it in this moment.
            Err(error) if is_there(&error, "already an active meter") => {
                let found = find(self.client(), &name).await?;
                found.ok_or_else(|| Error::Payments(format!("the meter {name} is there and can't be found")))
            }
            Err(error) => Err(failed(error)),
        }
    }

    async fn report(&self, report: &MeterReport) -> Result<()> {
        let name = event_name(&report.listing, report.unit);
        let event = NewEvent {
            event_name: &name,
            identifier: &report.identifier,
            timestamp: report.at.0.div_euclid(1000),
            payload: Payload { stripe_customer_id: &report.customer, value: report.value.to_string() },
        };
        match post("/billing/meter_events").form(&event).customize::<Event>().send(self.client()).await {
            Ok(_) => Ok(()),
            Err(error) if is_there(&error, "An event already exists with identifier") => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    async fn added_up(
        &self,
        listing: &ListingId,
        unit: MeterUnit,
        customer: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<i64> {
        let name = event_name(listing, unit);
        let Some(meter) = find(self.client(), &name).await? else { return Ok(0) };
        let span = Span { customer, start_time: from.0.div_euclid(1000), end_time: until.0.div_euclid(1000) };
        let path = format!("/billing/meters/{meter}/event_summaries");
        let page: Page<Summary> = get(&path).query(&span).customize().send(self.client()).await.map_err(failed)?;
        let sum: f64 = page.data.iter().map(|it| it.aggregated_value).sum();
        // Whole numbers are reported, and what an hour adds up to is far below 2⁵³.
        #[allow(clippy::cast_possible_truncation, reason = "see above")]
        Ok(sum.round() as i64)
    }
}

fn not_configured() -> Error {
    Error::Payments("payments are not configured".to_owned())
}

#[async_trait]
impl Meters for Nobody {
    async fn ensure(&self, _: &ListingId, _: MeterUnit) -> Result<String> {
        Err(not_configured())
    }

    async fn report(&self, _: &MeterReport) -> Result<()> {
        Err(not_configured())
    }

    async fn added_up(&self, _: &ListingId, _: MeterUnit, _: &str, _: Timestamp, _: Timestamp) -> Result<i64> {
        Err(not_configured())
    }
}
