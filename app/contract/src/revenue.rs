//! What a partner sees of their money.

use crate::json::FromJson;
use crate::money::{Currency, Money};
use crate::{Month, Timestamp};
use serde::{Deserialize, Serialize};

/// How far the set-up of payouts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum PayoutSetup {
    /// Nothing is sold here, so nothing is paid out.
    Off,
    /// There is no account yet.
    NotSetUp,
    /// The processor needs more information.
    Incomplete,
    /// Money can be sent.
    Ready,
}

/// The next payout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct NextPayout {
    /// When.
    pub at: Timestamp,
    /// How much, as things are now.
    pub amount: Money,
    /// Why it waits, or goes over to the next month; empty where it does neither.
    pub note: String,
}

/// What was earned in one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct MonthSum {
    /// The month.
    pub month: Month,
    /// Earned by sales.
    pub sales: Money,
    /// Gone back, as a negative amount.
    pub refunds: Money,
    /// Both together.
    pub earned: Money,
}

/// What was earned by something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct NamedSum {
    /// Address of it, where it has a page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What is below the name; may be empty.
    pub note: String,
    /// Earned with it.
    pub earned: Money,
    /// Lines of invoices.
    pub sales: u32,
}

/// A closed month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct StatementSum {
    /// The month.
    pub month: Month,
    /// Left over from before.
    pub carried: Money,
    /// Lines of the month.
    pub earned: Money,
    /// Both together: what is transferred, unless it goes over to the next month.
    pub total: Money,
    /// What became of it.
    pub state: RunState,
    /// Why it waits; empty where it does not.
    pub waits: String,
}

/// What became of a statement's total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Goes over to the next month.
    Carried,
    /// To be transferred.
    Planned,
    /// Being transferred.
    Sent,
    /// Transferred.
    Posted,
    /// Transferred, and taken back.
    Reversed,
}

impl RunState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Carried, Self::Planned, Self::Sent, Self::Posted, Self::Reversed];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::Planned => "planned",
            Self::Sent => "sent",
            Self::Posted => "posted",
            Self::Reversed => "reversed",
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Carried => "Carried over",
            Self::Planned => "Waiting",
            Self::Sent => "Being sent",
            Self::Posted => "Sent",
            Self::Reversed => "Taken back",
        }
    }
}

/// Everything in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CurrencyRevenue {
    /// The currency.
    pub currency: Currency,
    /// Earned, less what went back.
    pub earned: Money,
    /// Of it, sold so recently that it may go back.
    pub pending: Money,
    /// Of it, owed and not on its way.
    pub owed: Money,
    /// Transferred, and not at the bank yet.
    pub on_its_way: Money,
    /// At the bank.
    pub paid: Money,
    /// The next payout.
    pub next: Option<NextPayout>,
    /// The last twelve months, the oldest first.
    pub months: Vec<MonthSum>,
    /// By listing, the largest first.
    pub listings: Vec<NamedSum>,
    /// By plan, the largest first.
    pub plans: Vec<NamedSum>,
    /// Closed months, the newest first.
    pub statements: Vec<StatementSum>,
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct RevenueLine {
    /// When.
    pub at: Timestamp,
    /// What happened: a sale, a refund, a payout.
    pub what: String,
    /// The listing's name; empty for payouts.
    pub listing: String,
    /// The plan; empty for payouts.
    pub plan: String,
    /// The invoice; empty for payouts.
    pub invoice: String,
    /// Which rule and which share, in words.
    pub why: String,
    /// What is owed more, or less.
    pub amount: Money,
}

/// A partner's revenue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct RevenueView {
    /// The partner's name.
    pub partner_name: String,
    /// Whether whoever asks may set payouts up.
    pub manages: bool,
    /// How far that is.
    pub setup: PayoutSetup,
    /// By currency.
    pub currencies: Vec<CurrencyRevenue>,
    /// Months that have a statement, the newest first.
    pub months: Vec<Month>,
    /// The month whose statement is shown; without it what is not closed yet.
    pub month: Option<Month>,
    /// Lines, the newest first.
    pub lines: Vec<RevenueLine>,
    /// Whether there are more than these.
    pub more: bool,
    /// Days in which a sale may go back before it is paid out.
    pub hold_days: u32,
    /// The smallest amount that is paid out, in major units.
    pub threshold: u32,
}
