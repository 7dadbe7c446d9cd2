//! Everything an organization pays for, on one bill.

use super::access::entitlement_of;
use super::budget::budget;
use super::entitlement::{Entitlement, Reason, Status};
use super::offer::open_offers;
use super::plan::terms_of;
use super::price::{has_seats, key, monthly_share, period_price};
use super::usage::usage;
use crate::permission::Permission;
use crate::ports::{KeptSubscription, Listing, ProcessorInvoice, Selling};
use crate::{Actor, Result, Services};
use contract::Timestamp;
use contract::billing::{BillView, CostLine, Interval, InvoiceView, SubscriptionState, SubscriptionView};
use contract::money::{Currency, Money};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Invoices shown.
const INVOICES: usize = 60;

/// The state of a subscription in words, and until when it holds.
pub(super) fn state_of(it: &KeptSubscription, now: Timestamp) -> (SubscriptionState, Timestamp) {
    let end = it.state.period_end;
    match entitlement_of(it, now) {
        Entitlement::Full if it.state.status == Status::Trialing => (SubscriptionState::Trial, end),
        Entitlement::Full => (SubscriptionState::Active, end),
        Entitlement::Ending(at) => (SubscriptionState::Ending, at),
        Entitlement::Grace(at) => (SubscriptionState::Grace, at),
        Entitlement::Stopped(Reason::Paused) => (SubscriptionState::Paused, end),
        Entitlement::Stopped(Reason::NotPaid) => (SubscriptionState::Unpaid, end),
        Entitlement::Stopped(Reason::NotSubscribed | Reason::Ended) => (SubscriptionState::Ended, end),
    }
}

/// A subscription as people see it.
pub(super) async fn subscription_view(
    services: &Services,
    it: &KeptSubscription,
    listing: &Listing,
) -> Result<SubscriptionView> {
    let (state, until) = state_of(it, services.clock.now());
    let terms = terms_of(services, it).await?;
    let currency = it.state.currency.unwrap_or(Currency::USD);
    let interval = terms.as_ref().map_or(Interval::Monthly, |(_, interval)| *interval);
    let price = terms.as_ref().and_then(|(plan, every)| period_price(plan, *every, currency, it.state.seats));
    let today = listing.manifest.pricing.plan.iter().find(|plan| plan.id == it.bought.plan);
    let id = listing.id.as_str();
    let contract = it.bought.contract.is_some();
    let price_today = today
        .filter(|_| !contract)
        .filter(|today| terms.as_ref().is_some_and(|(plan, every)| key(id, today, *every) != key(id, plan, *every)));
    let plan = terms.as_ref().map(|(plan, _)| plan).or(today);
    let card = listing.card();
    Ok(SubscriptionView {
        id: it.state.id.clone(),
        listing: listing.id.clone(),
        listing_name: card.name,
        icon: card.icon,
        plan: it.bought.plan.clone(),
        plan_name: plan.map_or_else(|| it.bought.plan.clone(), |plan| plan.name.clone()),
        interval,
        currency,
        seats: plan.filter(|plan| has_seats(plan)).map(|_| u32::try_from(it.state.seats).unwrap_or(u32::MAX)),
        state,
        until,
        monthly: price.map(|price| monthly_share(price, interval)),
        price_today: price_today.and_then(|plan| period_price(plan, interval, currency, it.state.seats)),
        price,
        changeable: it.state.status.is_changeable() && !contract,
        contract,
    })
}

fn invoice_view(it: ProcessorInvoice) -> InvoiceView {
    InvoiceView {
        number: if it.number.is_empty() { it.id } else { it.number },
        at: it.created,
        status: it.status.as_str().to_owned(),
        total: it.total,
        url: it.url,
    }
}

/// The bill of the organization that the actor acts for.
pub async fn bill(services: &Services, actor: &Actor) -> Result<BillView> {
    let person = actor.require(Permission::SeeBilling)?;
    let organization = person.organization();
    let (mut subscriptions, mut used) = (Vec::new(), Vec::new());
    for it in services.billing.subscriptions_of(organization).await? {
        if it.state.status.is_live() {
            used.extend(usage(services, &it).await?);
        }
        if let Some(listing) = services.catalogue.listing(&it.bought.listing).await? {
            subscriptions.push(subscription_view(services, &it, &listing).await?);
        }
    }
    // The order of those that work, and of those that do not, stays: the newest first.
    subscriptions.sort_by_key(|it| !it.state.works());
    let (costs, monthly) = costs(&subscriptions);
    let invoices = services.billing.invoices_of(organization).await?;
    let offers = open_offers(services, organization).await?;
    Ok(BillView {
        sold_here: services.payments.selling() != Selling::Off,
        test_mode: services.payments.selling() == Selling::Test,
        may_manage: person.may(Permission::ManageBilling),
        pays_in: services.purchases.customers_of(organization).await?.into_iter().map(|(it, _)| it).collect(),
        subscriptions,
        costs,
        monthly,
        usage: used,
        budget: budget(services, actor).await?,
        offers,
        invoices: invoices.into_iter().take(INVOICES).map(invoice_view).collect(),
        now: services.clock.now(),
    })
}

/// What each listing costs in a month, the dearest first, and the sums by currency. What is tried costs nothing yet.
fn costs(subscriptions: &[SubscriptionView]) -> (Vec<CostLine>, Vec<Money>) {
    let pays = |it: &&SubscriptionView| it.state.works() && it.state != SubscriptionState::Trial;
    let mut lines: Vec<CostLine> = subscriptions
        .iter()
        .filter(pays)
        .filter_map(|it| Some(CostLine { name: it.listing_name.clone(), monthly: it.monthly? }))
        .collect();
    lines.sort_by_key(|line| (line.monthly.currency, Reverse(line.monthly.minor), line.name.clone()));
    let mut sums = BTreeMap::<Currency, i64>::new();
    for line in &lines {
        let sum = sums.entry(line.monthly.currency).or_default();
        *sum = sum.saturating_add(line.monthly.minor);
    }
    let monthly = sums.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect();
    (lines, monthly)
}
