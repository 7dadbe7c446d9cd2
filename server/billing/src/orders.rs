//! Customers, orders, and the page on which customers look after how they pay.

use crate::call::{Form, get, post};
use crate::failure::{failed, found};
use contract::OrganizationId;
use contract::money::Currency;
use domain::ports::{Checkout, CheckoutState, Order};
use domain::{Error, Result};
use miniserde::Deserialize;
use stripe::{Client, StripeError};
use stripe_shared::ApiErrorsType;

#[derive(Deserialize)]
struct Made {
    id: String,
}

#[derive(Deserialize)]
struct Portal {
    url: String,
}

#[derive(Deserialize)]
struct Session {
    id: String,
    url: Option<String>,
    status: Option<String>,
    subscription: Option<String>,
}

fn read(it: Session) -> Result<Checkout> {
    let status = it.status.unwrap_or_default();
    let state = CheckoutState::parse(&status)
        .ok_or_else(|| Error::Payments(format!("unknown status {status:?} of {}", it.id)))?;
    Ok(Checkout { id: it.id, url: it.url, state, subscription: it.subscription })
}

/// Makes the customer of an organization for a currency: Stripe takes one currency of a customer. What the key stands for depends on nothing else, so that whoever goes on where it
/// broke finds the same one; name and address are told afterwards.
pub async fn customer(
    client: &Client,
    organization: &OrganizationId,
    currency: Currency,
    (name, email): (&str, &str),
) -> Result<String> {
    let form = Form::default().set("metadata[organization]", organization).set("metadata[currency]", currency);
    let key = format!("customer:{organization}:{currency}");
    let made: Made = post(client, "/customers", &form, Some(&key)).await.map_err(failed)?;
    let form = Form::default().set("name", name).maybe("email", (!email.is_empty()).then_some(email));
    post::<Made>(client, &format!("/customers/{}", made.id), &form, None).await.map_err(failed)?;
    Ok(made.id)
}

/// Begins an order.
pub async fn begin(client: &Client, order: &Order, automatic_tax: bool) -> Result<Checkout> {
    let mut form = Form::default()
        .set("mode", "subscription")
        .set("customer", &order.customer)
        .set("currency", order.currency.code().to_lowercase())
        .set("client_reference_id", &order.id)
        .set("success_url", &order.paid_url)
        .set("cancel_url", &order.back_url)
        .set("allow_promotion_codes", true)
        .set("payment_method_collection", "always")
        .set("tax_id_collection[enabled]", true)
        .set("customer_update[name]", "auto")
        .set("customer_update[address]", "auto")
        .set("billing_address_collection", "required")
        .set("line_items[0][price]", &order.price)
        .maybe("line_items[0][quantity]", order.quantity)
        .maybe("subscription_data[trial_period_days]", order.trial_days)
        .set("subscription_data[metadata][organization]", &order.organization)
        .set("subscription_data[metadata][listing]", &order.listing)
        .set("subscription_data[metadata][plan]", &order.plan)
        .maybe("subscription_data[metadata][contract]", order.contract.as_ref());
    if automatic_tax {
        form = form.set("automatic_tax[enabled]", true);
    }
    match post(client, "/checkout/sessions", &form, Some(&order.id)).await {
        Ok(it) => read(it),
        // It was sent before with other terms: its price or customer has changed since, and nobody was led to it.
        Err(StripeError::Stripe(said, 400)) if said.type_ == ApiErrorsType::IdempotencyError => {
            Ok(Checkout { id: String::new(), url: None, state: CheckoutState::Expired, subscription: None })
        }
        Err(error) => Err(failed(error)),
    }
}

/// An order as it is now.
pub async fn now(client: &Client, id: &str) -> Result<Option<Checkout>> {
    let it = found(get(client, &format!("/checkout/sessions/{id}"), &Form::default()).await)?;
    it.map(read).transpose()
}

/// An open order can't be paid any more.
pub async fn expire(client: &Client, id: &str) -> Result<Option<Checkout>> {
    let path = format!("/checkout/sessions/{id}/expire");
    match post::<Session>(client, &path, &Form::default(), None).await {
        Ok(it) => read(it).map(Some),
        // It is not open any more, or not there.
        Err(StripeError::Stripe(_, 400 | 404)) => now(client, id).await,
        Err(error) => Err(failed(error)),
    }
}

/// The processor's page for a customer.
pub async fn portal(client: &Client, customer: &str, return_url: &str) -> Result<String> {
    let form = Form::default().set("customer", customer).set("return_url", return_url);
    let portal: Portal = post(client, "/billing_portal/sessions", &form, None).await.map_err(failed)?;
    Ok(portal.url)
}
