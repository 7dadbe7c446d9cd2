//! Selling: prices at the processor, customers, orders, and changes of what was bought.

use crate::error::Result;
use crate::ports::Effects;
use async_trait::async_trait;
use contract::billing::Interval;
use contract::money::{Currency, Money};
use contract::pricing::Plan;
use contract::{ListingId, OrganizationId, Timestamp, UserId};
use std::collections::BTreeMap;

/// How the steps of a price count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// So much for each.
    PerUnit,
    /// The step that the number falls into holds for all of them.
    Volume,
    /// Each step holds for what falls into it.
    Graduated,
}

/// A step of a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceStep {
    /// Up to so many; the last step has no end.
    pub up_to: Option<u64>,
    /// Minor units for one, as a decimal: an event may cost a fraction of a cent.
    pub unit: String,
}

/// Steps in each currency.
pub type PriceSteps = BTreeMap<Currency, Vec<PriceStep>>;

/// A price as the processor should have it. It never changes: other terms have another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedPrice {
    /// Names listing, plan, interval and terms.
    pub key: String,
    /// Id of the product.
    pub product: String,
    /// Its name on invoices.
    pub name: String,
    /// How often is paid.
    pub interval: Interval,
    /// How the steps count.
    pub scheme: Scheme,
    /// Steps by currency.
    pub steps: PriceSteps,
    /// Id of the meter, where it is for what is counted.
    pub meter: Option<String>,
}

/// A price that the processor has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPrice {
    /// Id.
    pub id: String,
    /// Key; empty for one that somebody else made.
    pub key: String,
    /// Whether it can be bought.
    pub active: bool,
    /// Steps by currency, as far as the processor tells them.
    pub steps: PriceSteps,
}

/// What is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Our id of it, which makes it one however often it is sent.
    pub id: String,
    /// The customer.
    pub customer: String,
    /// Who orders.
    pub organization: OrganizationId,
    /// The listing.
    pub listing: ListingId,
    /// The plan.
    pub plan: String,
    /// Id of the price.
    pub price: String,
    /// Currency.
    pub currency: Currency,
    /// How many; nothing for what is counted.
    pub quantity: Option<u64>,
    /// Days to try it.
    pub trial_days: Option<u16>,
    /// Id of the private offer it comes from, where it comes from one.
    pub contract: Option<String>,
    /// Where the customer comes back to when it is paid.
    pub paid_url: String,
    /// Where they come back to when they change their mind.
    pub back_url: String,
}

/// State of an order at the processor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// Id.
    pub id: String,
    /// Where it is paid, while it is open.
    pub url: Option<String>,
    /// State.
    pub state: CheckoutState,
    /// What came of it.
    pub subscription: Option<String>,
}

/// State of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutState {
    /// Waits for the customer.
    Open,
    /// Paid, or on trial.
    Complete,
    /// Too old, or replaced by another.
    Expired,
}

impl CheckoutState {
    /// The processor's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }

    /// Reads the processor's name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Complete, Self::Expired].into_iter().find(|it| it.as_str() == text)
    }
}

/// A change of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanChange {
    /// Its id.
    pub subscription: String,
    /// Id of the part that changes.
    pub item: String,
    /// Id of the new price; nothing where it stays, because nobody can choose one that is not sold any more.
    pub price: Option<String>,
    /// Slug of the new plan.
    pub plan: String,
    /// How many; nothing for what is counted.
    pub quantity: Option<u64>,
    /// The moment it is computed for.
    pub at: Timestamp,
}

/// A line of an invoice that is not made yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewedLine {
    /// What it is for.
    pub text: String,
    /// Without tax.
    pub amount: Money,
}

/// An invoice that is not made yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Lines.
    pub lines: Vec<PreviewedLine>,
    /// Tax.
    pub tax: Money,
    /// Sum.
    pub total: Money,
    /// What is to be paid.
    pub due: Money,
}

/// The shop at the processor. Every call may be repeated: what is there is found, what is the same is not done twice.
#[async_trait]
pub trait Shop: Send + Sync {
    /// Makes the product and the price unless they are there; gives the price's id.
    async fn put_price(&self, wanted: &WantedPrice) -> Result<String>;

    /// All prices that have a key.
    async fn prices(&self) -> Result<Vec<ListedPrice>>;

    /// Nobody can buy at this price any more; who did keeps it.
    async fn retire_price(&self, id: &str) -> Result<()>;

    /// Makes the customer, once for each organization and currency.
    async fn create_customer(
        &self,
        organization: &OrganizationId,
        currency: Currency,
        name: &str,
        email: &str,
    ) -> Result<String>;

    /// Begins an order.
    async fn begin_checkout(&self, order: &Order) -> Result<Checkout>;

    /// An order as it is now.
    async fn checkout(&self, id: &str) -> Result<Option<Checkout>>;

    /// An open order can't be paid any more. Gives how it is now: it may have been paid meanwhile.
    async fn expire_checkout(&self, id: &str) -> Result<Option<Checkout>>;

    /// A page of the processor on which the customer changes how they pay and sees all invoices.
    async fn portal(&self, customer: &str, return_url: &str) -> Result<String>;

    /// The invoice that a change would make.
    async fn preview(&self, change: &PlanChange) -> Result<Preview>;

    /// Changes a subscription; `key` makes it once.
    async fn change(&self, change: &PlanChange, key: &str) -> Result<()>;

    /// Ends a subscription so many months after it began.
    async fn end_after(&self, subscription: &str, months: u32) -> Result<()>;

    /// Ends a subscription with its period, or not any more.
    async fn end_with_period(&self, subscription: &str, ends: bool) -> Result<()>;

    /// Pauses a subscription, or not any more.
    async fn pause(&self, subscription: &str, paused: bool) -> Result<()>;
}

/// A price we made at the processor, with the terms it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPrice {
    /// Id at the processor.
    pub id: String,
    /// Key.
    pub key: String,
    /// The listing.
    pub listing: ListingId,
    /// The plan as it was declared.
    pub plan: Plan,
    /// How often is paid.
    pub interval: Interval,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Somebody's way to a plan: written down before the processor is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Id, also the key that makes the order one.
    pub id: String,
    /// Who orders.
    pub organization: OrganizationId,
    /// The person.
    pub person: UserId,
    /// The listing.
    pub listing: ListingId,
    /// The plan.
    pub plan: String,
    /// How often is paid.
    pub interval: Interval,
    /// Seats.
    pub seats: u64,
    /// Id of the private offer it comes from, where it comes from one.
    pub offer: Option<String>,
    /// Id of the order at the processor, once it is there.
    pub session: Option<String>,
    /// Where it is paid.
    pub url: Option<String>,
    /// State.
    pub state: CheckoutState,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// What we keep of selling.
#[async_trait]
pub trait Purchases: Send + Sync {
    /// The customers that an organization is, one for each currency it pays in, the oldest first.
    async fn customers_of(&self, organization: &OrganizationId) -> Result<Vec<(Currency, String)>>;

    /// Keeps the customer of an organization; the first one of a currency stays.
    async fn keep_customer(
        &self,
        organization: &OrganizationId,
        currency: Currency,
        customer: &str,
        now: Timestamp,
    ) -> Result<()>;

    /// Keeps a price; one that is there stays.
    async fn keep_price(&self, price: &KeptPrice) -> Result<()>;

    /// A price by its id at the processor.
    async fn kept_price(&self, id: &str) -> Result<Option<KeptPrice>>;

    /// All prices of a listing.
    async fn kept_prices(&self, listing: &ListingId) -> Result<Vec<KeptPrice>>;

    /// Writes an order down.
    async fn begin_purchase(&self, it: &Purchase, effects: &Effects) -> Result<()>;

    /// Open orders of an organization for a listing, the newest first.
    async fn open_purchases(&self, organization: &OrganizationId, listing: &ListingId) -> Result<Vec<Purchase>>;

    /// The order with this id at the processor.
    async fn purchase_by_session(&self, session: &str) -> Result<Option<Purchase>>;

    /// The processor has the order.
    async fn purchase_sent(&self, id: &str, session: &str, url: Option<&str>) -> Result<()>;

    /// The order is at its end.
    async fn purchase_ended(&self, id: &str, state: CheckoutState) -> Result<()>;
}
