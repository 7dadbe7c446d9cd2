//! The payment processor, and what we keep of it.

use crate::billing::entitlement::Status;
use crate::billing::ledger::Posting;
use crate::error::Result;
use crate::ports::Effects;
use async_trait::async_trait;
use contract::money::{Currency, Money};
use contract::{ListingId, OrganizationId, Timestamp};

/// That something changed at the processor. What it is now is asked for: notices come late, twice and in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentNotice {
    /// Id of the event at the processor.
    pub id: String,
    /// What happened, such as `invoice.paid`.
    pub kind: String,
    /// Id of what it happened to.
    pub object: String,
    /// When, by the processor.
    pub at: Timestamp,
    /// The partner's account it happened in; nothing for our own.
    pub account: Option<String>,
}

/// Why a notice is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeRefusal {
    /// The operator has not set payments up.
    NotConfigured,
    /// The processor did not sign it.
    NotSigned,
    /// It was signed too long ago, or in the future.
    Stale,
    /// It is signed, and no notice.
    NotUnderstood,
}

/// Whose subscription it is and of what, which we wrote beside it when it was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// Who pays.
    pub organization: OrganizationId,
    /// The listing.
    pub listing: ListingId,
    /// The plan.
    pub plan: String,
    /// Id of the private offer it comes from, where it comes from one.
    pub contract: Option<String>,
}

/// A subscription as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorSubscription {
    /// Id.
    pub id: String,
    /// Id of the customer.
    pub customer: String,
    /// What was bought; nothing where it was made by somebody else.
    pub bought: Option<Bought>,
    /// State.
    pub status: Status,
    /// Begin of the current period.
    pub period_start: Timestamp,
    /// End of the current period.
    pub period_end: Timestamp,
    /// Whether it ends with the period.
    pub cancel_at_period_end: bool,
    /// Seats.
    pub seats: u64,
    /// Id of the part that a change is about.
    pub item: String,
    /// Id of the price it was bought at.
    pub price: String,
    /// Currency, where it is one of ours.
    pub currency: Option<Currency>,
}

/// State of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceStatus {
    /// Not sent yet; its lines may change.
    Draft,
    /// Sent, and not paid.
    Open,
    /// Paid.
    Paid,
    /// Never to be paid: a mistake.
    Void,
    /// Given up.
    Uncollectible,
}

impl InvoiceStatus {
    /// The processor's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Void => "void",
            Self::Uncollectible => "uncollectible",
        }
    }

    /// Reads the processor's name.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Draft, Self::Open, Self::Paid, Self::Void, Self::Uncollectible];
        all.into_iter().find(|it| it.as_str() == text)
    }
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLine {
    /// Id.
    pub id: String,
    /// The subscription it is for.
    pub subscription: Option<String>,
    /// Without tax, after discounts.
    pub net: Money,
    /// Tax.
    pub tax: Money,
}

/// An invoice as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorInvoice {
    /// Id.
    pub id: String,
    /// Number for people; a draft has none.
    pub number: String,
    /// Id of the customer.
    pub customer: String,
    /// State.
    pub status: InvoiceStatus,
    /// Currency.
    pub currency: Currency,
    /// What is to be paid.
    pub total: Money,
    /// What was paid.
    pub paid: Money,
    /// When it was made.
    pub created: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Where it can be seen and paid.
    pub url: String,
    /// Lines.
    pub lines: Vec<InvoiceLine>,
}

/// Whether anything is sold here, and for which money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selling {
    /// No processor is configured: nothing is sold.
    Off,
    /// Everything can be tried, and no money moves.
    Test,
    /// For money.
    Live,
}

/// The processor.
#[async_trait]
pub trait Payments: Send + Sync {
    /// Whether anything is sold.
    fn selling(&self) -> Selling;

    /// Reads a notice, if the processor sent it, and sent it now.
    fn notice(&self, body: &[u8], signature: &str, now: Timestamp)
    -> std::result::Result<PaymentNotice, NoticeRefusal>;

    /// Everything it would have told since then, in any order.
    async fn notices_since(&self, since: Timestamp) -> Result<Vec<PaymentNotice>>;

    /// A subscription as it is now.
    async fn subscription(&self, id: &str) -> Result<Option<ProcessorSubscription>>;

    /// An invoice as it is now, with all its lines.
    async fn invoice(&self, id: &str) -> Result<Option<ProcessorInvoice>>;
}

/// A subscription as we keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSubscription {
    /// What the processor says.
    pub state: ProcessorSubscription,
    /// What was bought.
    pub bought: Bought,
    /// Since when a payment is missing.
    pub past_due_since: Option<Timestamp>,
}

/// What we keep of the processor.
#[async_trait]
pub trait Billing: Send + Sync {
    /// Keeps a notice with what follows from it, once. Gives whether it is new.
    async fn take_notice(&self, notice: &PaymentNotice, effects: &Effects, now: Timestamp) -> Result<bool>;

    /// A notice was followed up.
    async fn followed(&self, id: &str, now: Timestamp) -> Result<()>;

    /// Notices that came before then and were not followed up, the oldest first, at most so many.
    async fn waiting_notices(&self, before: Timestamp, limit: u64) -> Result<Vec<PaymentNotice>>;

    /// Keeps a subscription as it was when asked at `asked`; what was asked later stays.
    async fn keep_subscription(&self, it: &ProcessorSubscription, bought: &Bought, asked: Timestamp) -> Result<()>;

    /// A subscription.
    async fn kept_subscription(&self, id: &str) -> Result<Option<KeptSubscription>>;

    /// Subscriptions of an organization, the newest first.
    async fn subscriptions_of(&self, organization: &OrganizationId) -> Result<Vec<KeptSubscription>>;

    /// Keeps an invoice as it was when asked at `asked`, together with its postings: both or neither.
    async fn keep_invoice(
        &self,
        it: &ProcessorInvoice,
        organization: &OrganizationId,
        postings: &[Posting],
        asked: Timestamp,
    ) -> Result<()>;

    /// Paid invoices after this one, in the order of their ids, at most so many.
    async fn paid_invoices(&self, after: &str, limit: u64) -> Result<Vec<String>>;

    /// Invoices of an organization, the newest first. Their lines are not kept.
    async fn invoices_of(&self, organization: &OrganizationId) -> Result<Vec<ProcessorInvoice>>;
}
