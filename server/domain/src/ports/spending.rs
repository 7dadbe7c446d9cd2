//! Caps and budgets, and what people are told once.

use super::{Bought, Effects, KeptSubscription, ProcessorSubscription};
use crate::error::Result;
use async_trait::async_trait;
use contract::money::Money;
use contract::usage::AtCap;
use contract::{OrganizationId, Timestamp};

/// How much of a metered plan may be used in a billing period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The subscription.
    pub subscription: String,
    /// Whose it is.
    pub organization: OrganizationId,
    /// So much: events, actions or bytes.
    pub cap: i64,
    /// What happens then.
    pub at: AtCap,
}

/// How much an organization means to spend in a calendar month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Whose it is.
    pub organization: OrganizationId,
    /// So much.
    pub amount: Money,
    /// Percent at which people are told, rising.
    pub alerts: Vec<u32>,
}

/// What became of a subscription that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, with what follows from it.
    Now,
    /// What was asked later is there already, and stays.
    Later,
    /// It is not what it was compared with any more: compare again.
    Changed,
}

/// Repository of caps, budgets, and of what was told.
#[async_trait]
pub trait Spending: Send + Sync {
    /// Keeps a subscription as it was when asked at `asked`, with what follows from its difference from `before`.
    async fn keep_told(
        &self,
        before: Option<&KeptSubscription>,
        it: &ProcessorSubscription,
        bought: &Bought,
        asked: Timestamp,
        effects: &Effects,
    ) -> Result<Kept>;

    /// Subscriptions that are tried until then at the latest.
    async fn trials_until(&self, until: Timestamp) -> Result<Vec<KeptSubscription>>;

    /// The cap of a subscription.
    async fn cap(&self, subscription: &str) -> Result<Option<Cap>>;

    /// All caps.
    async fn caps(&self) -> Result<Vec<Cap>>;

    /// Sets the cap of a subscription, or that there is none.
    async fn set_cap(&self, subscription: &str, cap: Option<&Cap>, effects: &Effects, now: Timestamp) -> Result<()>;

    /// The budget of an organization.
    async fn budget(&self, organization: &OrganizationId) -> Result<Option<Budget>>;

    /// All budgets.
    async fn budgets(&self) -> Result<Vec<Budget>>;

    /// Sets the budget of an organization, or that there is none.
    async fn set_budget(
        &self,
        organization: &OrganizationId,
        budget: Option<&Budget>,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<()>;

    /// Whether it was told.
    async fn told_once(&self, key: &str) -> Result<bool>;

    /// Stores effects that tell people something, unless it was told; gives whether it is new.
    async fn tell_once(
        &self,
        key: &str,
        organization: &OrganizationId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;
}
