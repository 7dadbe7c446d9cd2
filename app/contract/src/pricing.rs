//! What an integration costs, as its manifest declares it. Amounts are whole minor units by currency.

use crate::money::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The table `[pricing]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Pricing {
    /// Model.
    #[serde(default)]
    pub model: PricingModel,
    /// Plans, the smallest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plan: Vec<Plan>,
}

/// Pricing model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum PricingModel {
    /// Costs nothing, and neither does the product behind it.
    #[default]
    Free,
    /// Bring your own licence: the integration is free, the vendor's account is the customer's.
    Byol,
    /// A free plan, and others that cost something.
    Freemium,
    /// Every plan costs something.
    Paid,
    /// Sold by agreement only.
    Contract,
}

impl PricingModel {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Byol => "byol",
            Self::Freemium => "freemium",
            Self::Paid => "paid",
            Self::Contract => "contract",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Byol => "Free with your own account",
            Self::Freemium => "Free plan and paid plans",
            Self::Paid => "Paid",
            Self::Contract => "By agreement",
        }
    }

    /// Whether anything of it is sold.
    pub const fn sells(self) -> bool {
        matches!(self, Self::Freemium | Self::Paid | Self::Contract)
    }
}

/// How a plan is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum Charge {
    /// Nothing.
    Free,
    /// The same for everybody.
    #[default]
    Flat,
    /// For each seat.
    PerSeat,
    /// For each seat, less with more of them: see [`Plan::tier`].
    Volume,
    /// For what is used, in arrears: see [`Plan::meter`].
    Metered,
    /// By agreement.
    Contract,
}

/// Amounts in minor units by currency, such as `{ USD = 4900, EUR = 4500 }`.
pub type Amounts = BTreeMap<Currency, i64>;

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Slug, unique in the listing. Its price may change; who has it keeps the old one until they choose.
    pub id: String,
    /// Display name.
    pub name: String,
    /// For whom it is, in one sentence.
    pub summary: String,
    /// What it includes, one short line each.
    #[serde(default)]
    pub features: Vec<String>,
    /// How it is charged.
    #[serde(default)]
    pub charge: Charge,
    /// Price of a month.
    #[serde(default)]
    pub monthly: Amounts,
    /// Price of a year.
    #[serde(default)]
    pub annual: Amounts,
    /// Days to try it, once for each organization.
    #[serde(default)]
    pub trial_days: u16,
    /// Prices of seats by their number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tier: Vec<Tier>,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meter: Option<Meter>,
}

/// The price of a seat for organizations with so many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Up to so many seats; the last tier has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u32>,
    /// Price of a seat for a month.
    pub monthly: Amounts,
    /// Price of a seat for a year.
    pub annual: Amounts,
}

/// What a metered plan counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// What is counted.
    pub unit: MeterUnit,
    /// Units of a month that cost nothing.
    #[serde(default)]
    pub included: u64,
    /// The price is for so many units, begun ones counted whole.
    pub per: u32,
}

/// Units of a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MeterUnit {
    /// Events that arrive.
    Event,
    /// Actions that are carried out.
    Action,
    /// Gigabytes (10⁹ bytes) that arrive.
    Gb,
}

impl Plan {
    /// The price of a month.
    pub fn month(&self, currency: Currency) -> Option<Money> {
        self.monthly.get(&currency).map(|minor| Money::new(*minor, currency))
    }

    /// The price of a year.
    pub fn year(&self, currency: Currency) -> Option<Money> {
        self.annual.get(&currency).map(|minor| Money::new(*minor, currency))
    }

    /// What paying for a year saves, in whole percent, rounded down: a saving is never overstated.
    pub fn saving_percent(&self, currency: Currency) -> Option<u32> {
        let (month, year) = (self.month(currency)?, self.year(currency)?);
        let months = month.times(12)?.minor;
        let saved = months.checked_sub(year.minor)?.checked_mul(100)?.checked_div(months)?;
        u32::try_from(saved).ok().filter(|percent| *percent > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(monthly: i64, annual: i64) -> Plan {
        let text = format!(
            r#"{{"id": "team", "name": "Team", "summary": "x", "monthly": {{"USD": {monthly}}}, "annual": {{"usd": {annual}}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_saving_is_never_overstated() {
        let saving = |monthly, annual| plan(monthly, annual).saving_percent(Currency::USD);
        assert_eq!(saving(4_900, 49_000), Some(16));
        assert_eq!(saving(1_000, 12_000), None);
        assert_eq!(saving(1_000, 13_000), None);
        assert_eq!(plan(1_000, 10_000).saving_percent(Currency::EUR), None);
    }

    #[test]
    fn a_plan_is_flat_unless_it_says_otherwise() {
        let plan = plan(4_900, 49_000);
        assert_eq!((plan.charge, plan.trial_days), (Charge::Flat, 0));
        assert_eq!(plan.month(Currency::USD).unwrap().to_string(), "USD 49.00");
    }
}
