//! What is used of a metered plan in a billing period, and how much may be used.
//!
//! Quantities are what is counted: events, actions, or bytes where a plan charges for gigabytes.

use crate::json::FromJson;
use crate::money::Money;
use crate::{ListingId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a plan charges for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum UsageUnit {
    /// Events that arrive.
    Event,
    /// Actions that are carried out.
    Action,
    /// Gigabytes (10⁹ bytes) that arrive.
    Gb,
}

/// A number with separators of thousands.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl UsageUnit {
    /// How much of what is counted makes a unit.
    pub const fn counted(self) -> i64 {
        match self {
            Self::Event | Self::Action => 1,
            Self::Gb => 1_000_000_000,
        }
    }

    /// Several of them, for people.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Event => "events",
            Self::Action => "actions",
            Self::Gb => "GB",
        }
    }

    /// A quantity without its unit: `1,234`, and gigabytes with three decimals, rounded down: `1.234`.
    pub fn number(self, quantity: i64) -> String {
        match self {
            Self::Event | Self::Action => grouped(quantity),
            Self::Gb => {
                let (whole, rest) = (quantity / self.counted(), quantity % self.counted());
                format!("{}.{:03}", grouped(whole), rest.unsigned_abs() / 1_000_000)
            }
        }
    }

    /// A quantity for people: `1 event`, `1,234 events`, `0.120 GB`.
    pub fn amount(self, quantity: i64) -> String {
        let unit = match self {
            Self::Event if quantity == 1 => "event",
            Self::Action if quantity == 1 => "action",
            other => other.plural(),
        };
        format!("{} {unit}", self.number(quantity))
    }
}

/// What happens at a cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum AtCap {
    /// What arrives is refused until the next billing period.
    Stop,
    /// People are told, and everything goes on.
    Warn,
}

impl AtCap {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Stop, Self::Warn];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Warn => "warn",
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stop => "Refuse what arrives until the next billing period",
            Self::Warn => "Only tell us",
        }
    }

    /// Reads the wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// How much may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct CapView {
    /// So much in a billing period.
    pub cap: i64,
    /// What happens then.
    pub at: AtCap,
}

/// What a subscription to a metered plan used in its present billing period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct UsageView {
    /// Id of the subscription.
    pub subscription: String,
    /// The listing.
    pub listing: ListingId,
    /// Its name.
    pub name: String,
    /// Name of the plan.
    pub plan: String,
    /// What is charged for.
    pub unit: UsageUnit,
    /// How much of a period costs nothing.
    pub included: i64,
    /// The price of so many: see `per`.
    pub price: Money,
    /// The price is for so many; fewer cost their share of it.
    pub per: i64,
    /// Used so far.
    pub used: i64,
    /// How much may be used.
    pub cap: Option<CapView>,
    /// Whether the cap is reached.
    pub at_cap: bool,
    /// What the period comes to if it goes on like this; never less than what is used.
    pub forecast: i64,
    /// Days (UTC) of the period until today with what was used.
    pub days: Vec<(Timestamp, i64)>,
    /// What the use so far costs; nothing while it is tried.
    pub cost_so_far: Money,
    /// What the forecast costs.
    pub forecast_cost: Money,
    /// Begin of the billing period.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// Now.
    pub now: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_written_in_their_unit() {
        assert_eq!(UsageUnit::Event.amount(1), "1 event");
        assert_eq!(UsageUnit::Event.amount(1_234_567), "1,234,567 events");
        assert_eq!(UsageUnit::Action.amount(0), "0 actions");
        assert_eq!(UsageUnit::Gb.amount(1_234_999_999), "1.234 GB");
        assert_eq!(UsageUnit::Gb.amount(1_500_000_000_000), "1,500.000 GB");
        assert_eq!(UsageUnit::Gb.amount(i64::MAX), "9,223,372,036.854 GB");
    }
}
