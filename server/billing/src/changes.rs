//! Changes of a subscription, and what they would cost.

use crate::call::{Form, get, post};
use crate::failure::{failed, refused};
use contract::Timestamp;
use contract::money::{Currency, Money};
use domain::ports::{PlanChange, Preview, PreviewedLine};
use domain::{Error, Result};
use miniserde::Deserialize;
use stripe::Client;

#[derive(Deserialize)]
struct Made {
    #[allow(dead_code, reason = "says that the answer is an object")]
    id: String,
}

#[derive(Deserialize)]
struct Invoice {
    currency: String,
    total: i64,
    amount_due: i64,
    total_taxes: Option<Vec<Tax>>,
    lines: Lines,
}

#[derive(Deserialize)]
struct Lines {
    data: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    description: Option<String>,
    amount: i64,
    discount_amounts: Option<Vec<Tax>>,
}

#[derive(Deserialize)]
struct Tax {
    amount: i64,
}

fn sum(amounts: Option<&Vec<Tax>>) -> i64 {
    amounts.into_iter().flatten().map(|it| it.amount).sum()
}

/// The part of a change that preview and change share, so that they can't differ.
fn part(change: &PlanChange, before: &str) -> Form {
    let place = |name: &str| match before {
        "" => name.to_owned(),
        before => name
            .split_once('[')
            .map_or_else(|| format!("{before}[{name}]"), |(first, rest)| format!("{before}[{first}][{rest}")),
    };
    Form::default()
        .set(place("items[0][id]"), &change.item)
        .maybe(&place("items[0][price]"), change.price.as_ref())
        .maybe(&place("items[0][quantity]"), change.quantity)
        .set(place("proration_behavior"), "always_invoice")
        .set(place("proration_date"), change.at.0.div_euclid(1000))
}

/// The invoice that a change would make.
pub async fn preview(client: &Client, change: &PlanChange) -> Result<Preview> {
    let form = part(change, "subscription_details").set("subscription", &change.subscription);
    let it: Invoice = post(client, "/invoices/create_preview", &form, None).await.map_err(failed)?;
    let currency = Currency::parse(&it.currency)
        .ok_or_else(|| Error::Payments(format!("unknown currency {:?} of a preview", it.currency)))?;
    let line = |line: Line| PreviewedLine {
        amount: Money::new(line.amount - sum(line.discount_amounts.as_ref()), currency),
        text: line.description.unwrap_or_default(),
    };
    Ok(Preview {
        tax: Money::new(sum(it.total_taxes.as_ref()), currency),
        total: Money::new(it.total, currency),
        due: Money::new(it.amount_due, currency),
        lines: it.lines.data.into_iter().map(line).collect(),
    })
}

async fn update(client: &Client, subscription: &str, form: &Form) -> Result<()> {
    let path = format!("/subscriptions/{subscription}");
    post::<Made>(client, &path, form, None).await.map(|_| ()).map_err(failed)
}

/// Changes plan or seats; what it costs is charged at once, and a change that can't be paid is not made.
pub async fn change(client: &Client, change: &PlanChange, key: &str) -> Result<()> {
    let form = part(change, "").set("payment_behavior", "error_if_incomplete").set("metadata[plan]", &change.plan);
    let path = format!("/subscriptions/{}", change.subscription);
    post::<Made>(client, &path, &form, Some(key)).await.map(|_| ()).map_err(refused)
}

#[derive(Deserialize)]
struct Begun {
    start_date: i64,
}

/// Ends so many months after it began; doing it again is the same.
pub async fn end_after(client: &Client, subscription: &str, months: u32) -> Result<()> {
    let path = format!("/subscriptions/{subscription}");
    let begun: Begun = get(client, &path, &Form::default()).await.map_err(failed)?;
    let end = Timestamp(begun.start_date.saturating_mul(1000)).plus_months(months);
    let form = Form::default().set("cancel_at", end.0.div_euclid(1000)).set("proration_behavior", "none");
    update(client, subscription, &form).await
}

/// Ends with its period, or not any more.
pub async fn end_with_period(client: &Client, subscription: &str, ends: bool) -> Result<()> {
    update(client, subscription, &Form::default().set("cancel_at_period_end", ends)).await
}

/// Invoices are not collected while it is paused; an empty value takes the pause away.
pub async fn pause(client: &Client, subscription: &str, paused: bool) -> Result<()> {
    let form = if paused {
        Form::default().set("pause_collection[behavior]", "void")
    } else {
        Form::default().set("pause_collection", "")
    };
    update(client, subscription, &form).await
}
