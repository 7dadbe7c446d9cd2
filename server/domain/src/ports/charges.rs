//! Charges, refunds and disputes at the payment processor, and the books of one invoice.

use super::Posted;
use crate::billing::ledger::Posting;
use crate::error::Result;
use async_trait::async_trait;
use contract::Timestamp;
use contract::money::Money;

/// What something moved in our balance at the processor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Id of the movement.
    pub id: String,
    /// What came, before fees, in the currency the processor keeps for us; negative for what left.
    pub amount: Money,
    /// What the processor kept of it; negative where it gave a fee back.
    pub fee: Money,
    /// When.
    pub at: Timestamp,
}

/// A payment as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorCharge {
    /// Id.
    pub id: String,
    /// The invoice it paid, if it paid one.
    pub invoice: Option<String>,
    /// What the customer paid.
    pub amount: Money,
    /// What of it went back.
    pub refunded: Money,
    /// What came of it; nothing yet where it failed or is on its way.
    pub movement: Option<Movement>,
}

/// State of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// The customer has to do something first; no money left.
    RequiresAction,
    /// On its way.
    Pending,
    /// Arrived.
    Succeeded,
    /// It could not be delivered and came back.
    Failed,
    /// Stopped.
    Canceled,
}

impl RefundStatus {
    /// Reads the processor's name.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "requires_action" => Self::RequiresAction,
            "pending" => Self::Pending,
            "succeeded" => Self::Succeeded,
            "failed" => Self::Failed,
            "canceled" => Self::Canceled,
            _ => return None,
        })
    }

    /// Whether the money left us.
    pub const fn stands(self) -> bool {
        matches!(self, Self::Pending | Self::Succeeded)
    }
}

/// A refund as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorRefund {
    /// Id.
    pub id: String,
    /// The payment it is of.
    pub charge: String,
    /// What goes back.
    pub amount: Money,
    /// State.
    pub status: RefundStatus,
    /// When it was made.
    pub created: Timestamp,
    /// What left of our balance.
    pub movement: Option<Movement>,
}

/// State of a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeStatus {
    /// Not decided.
    Open,
    /// Decided for us.
    Won,
    /// Decided against us.
    Lost,
}

/// A dispute as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorDispute {
    /// Id.
    pub id: String,
    /// The payment it is about.
    pub charge: String,
    /// What is disputed.
    pub amount: Money,
    /// State.
    pub status: DisputeStatus,
    /// When it was opened.
    pub created: Timestamp,
    /// What it moved in our balance: the money left, and came back. A mere question moves nothing.
    pub movements: Vec<Movement>,
}

impl ProcessorDispute {
    /// When the bank took the money.
    pub fn withdrawn(&self) -> Option<Timestamp> {
        self.movements.iter().find(|it| it.amount.minor < 0).map(|it| it.at)
    }

    /// When it gave it back.
    pub fn reinstated(&self) -> Option<Timestamp> {
        self.movements.iter().find(|it| it.amount.minor > 0).map(|it| it.at)
    }
}

/// What customers paid, and what went back, by the processor.
#[async_trait]
pub trait Charges: Send + Sync {
    /// A payment as it is now.
    async fn charge(&self, id: &str) -> Result<Option<ProcessorCharge>>;

    /// All payments of an invoice.
    async fn charges_of(&self, invoice: &str) -> Result<Vec<ProcessorCharge>>;

    /// A refund as it is now.
    async fn refund(&self, id: &str) -> Result<Option<ProcessorRefund>>;

    /// All refunds of a payment, in any order.
    async fn refunds_of(&self, charge: &str) -> Result<Vec<ProcessorRefund>>;

    /// A dispute as it is now.
    async fn dispute(&self, id: &str) -> Result<Option<ProcessorDispute>>;

    /// All disputes of a payment.
    async fn disputes_of(&self, charge: &str) -> Result<Vec<ProcessorDispute>>;
}

/// The books by invoice: what goes back of one depends on what was posted of it before.
#[async_trait]
pub trait InvoiceBooks: Send + Sync {
    /// Postings of an invoice, the oldest first.
    async fn posted_of(&self, invoice: &str) -> Result<Vec<Posted>>;

    /// The posting with this key.
    async fn posted_as(&self, key: &str) -> Result<Option<Posting>>;

    /// Adds postings, all or none, unless something of this invoice was posted after `seen`; gives whether they are there.
    async fn post_of(&self, invoice: &str, seen: i64, postings: &[Posting]) -> Result<bool>;
}
