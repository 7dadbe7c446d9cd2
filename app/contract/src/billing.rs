//! Buying, changing and cancelling what costs something.

use crate::budget::BudgetView;
use crate::json::FromJson;
use crate::money::{Currency, Money};
use crate::offer::OfferView;
pub use crate::plan::Interval;
use crate::plan::PricingView;
use crate::usage::UsageView;
use crate::{ListingId, Timestamp};
use serde::{Deserialize, Serialize};

/// What stands between a person and a plan they want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[allow(clippy::struct_excessive_bools, reason = "each may be without the others")]
pub struct PlanStep {
    /// What there is to choose from.
    pub pricing: PricingView,
    /// The plan that works now, by its name.
    pub plan: Option<String>,
    /// What is to be said of it: tried until, ends at, a payment is missing; empty when there is nothing.
    pub note: String,
    /// Whether it works, so that the wizard can go on.
    pub works: bool,
    /// Whether there is a subscription, whether or not it works: it is changed on the bill and not bought again.
    pub subscribed: bool,
    /// Whether the viewer may pay.
    pub may_buy: bool,
    /// Whether something was paid that the processor has not confirmed yet.
    pub waiting: bool,
    /// Whether a trial is still open to them.
    pub trial: bool,
    /// People in the organization: as many seats are proposed.
    pub members: u32,
}

/// State of a subscription, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Being tried.
    Trial,
    /// Paid.
    Active,
    /// It works until the end of its period.
    Ending,
    /// A payment failed; it works for a while.
    Grace,
    /// Paused by the customer.
    Paused,
    /// A payment is missing for too long.
    Unpaid,
    /// Over, or it never began.
    Ended,
}

impl SubscriptionState {
    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Trial => "Trial",
            Self::Active => "Active",
            Self::Ending => "Ends soon",
            Self::Grace => "Payment failed",
            Self::Paused => "Paused",
            Self::Unpaid => "Stopped: not paid",
            Self::Ended => "Ended",
        }
    }

    /// Whether anything of it works.
    pub const fn works(self) -> bool {
        matches!(self, Self::Trial | Self::Active | Self::Ending | Self::Grace)
    }
}

/// A subscription on the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct SubscriptionView {
    /// Id.
    pub id: String,
    /// The listing.
    pub listing: ListingId,
    /// Its name.
    pub listing_name: String,
    /// Its icon.
    pub icon: Option<String>,
    /// Slug of the plan.
    pub plan: String,
    /// Its name.
    pub plan_name: String,
    /// How often is paid.
    pub interval: Interval,
    /// In which currency.
    pub currency: Currency,
    /// Seats, where the plan has them.
    pub seats: Option<u32>,
    /// State.
    pub state: SubscriptionState,
    /// When the period, the trial or the grace ends.
    pub until: Timestamp,
    /// What a period costs before tax; for what is counted, nothing is known before.
    pub price: Option<Money>,
    /// The same for a month, to compare.
    pub monthly: Option<Money>,
    /// What the plan costs whoever buys it today, where that differs.
    pub price_today: Option<Money>,
    /// Whether it can be changed now.
    pub changeable: bool,
    /// Whether it comes from a private offer: then it lasts for its term, and ends by itself.
    pub contract: bool,
}

/// An invoice on the bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct InvoiceView {
    /// Number; the id of a draft.
    pub number: String,
    /// When it was made.
    pub at: Timestamp,
    /// `draft`, `open`, `paid`, `void`, `uncollectible`.
    pub status: String,
    /// What is to be paid, with tax.
    pub total: Money,
    /// Where it can be seen, paid and printed; empty for drafts.
    pub url: String,
}

/// What an integration costs in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CostLine {
    /// The listing.
    pub name: String,
    /// A month.
    pub monthly: Money,
}

/// Everything on one bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[allow(clippy::struct_excessive_bools, reason = "each may be without the others")]
pub struct BillView {
    /// Whether anything is sold here.
    pub sold_here: bool,
    /// Whether no money moves.
    pub test_mode: bool,
    /// Whether the viewer may change anything.
    pub may_manage: bool,
    /// In which currencies something was bought: each has a payment method.
    pub pays_in: Vec<Currency>,
    /// Subscriptions, those that work first.
    pub subscriptions: Vec<SubscriptionView>,
    /// What each costs in a month, the dearest first.
    pub costs: Vec<CostLine>,
    /// Their sums, one for each currency.
    pub monthly: Vec<Money>,
    /// What is used of metered plans.
    pub usage: Vec<UsageView>,
    /// The budget of the month.
    pub budget: BudgetView,
    /// Offers that wait for an answer, the newest first.
    pub offers: Vec<OfferView>,
    /// Invoices, the newest first.
    pub invoices: Vec<InvoiceView>,
    /// Now.
    pub now: Timestamp,
}

/// A line of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PreviewLine {
    /// What it is for.
    pub text: String,
    /// Without tax.
    pub amount: Money,
}

/// What a change would cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PreviewView {
    /// Lines of the invoice that the change makes.
    pub lines: Vec<PreviewLine>,
    /// Tax on them.
    pub tax: Money,
    /// Their sum.
    pub total: Money,
    /// What is paid now; less than the total where there is credit, and nothing where the change gives something back.
    pub due: Money,
    /// What a period costs from then on, before tax.
    pub then: Option<Money>,
    /// The moment it was computed for: the change is made for the same one.
    pub at: Timestamp,
}

/// A plan that a subscription can change to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PlanChoice {
    /// Slug.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it costs, in words.
    pub price: String,
    /// How often is paid.
    pub interval: Interval,
    /// Whether it has seats.
    pub seats: bool,
    /// Whether it is what there is.
    pub current: bool,
}

/// The page of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ChangeView {
    /// What there is.
    pub subscription: SubscriptionView,
    /// What it can change to.
    pub choices: Vec<PlanChoice>,
    /// What the chosen change costs; nothing before one was chosen.
    pub preview: Option<PreviewView>,
}
