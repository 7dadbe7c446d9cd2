//! What an integration costs, as its manifest declares it. Amounts are whole minor units by currency.

use crate::money::{Currency, Money};
pub use crate::plan::{Charge, MeterUnit, PricingModel};
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
    /// The price is for so many units; fewer cost their share of it.
    pub per: u32,
}

impl Pricing {
    /// What it costs, in a few words and a currency, which is USD where there is no price in the other one. Nothing where
    /// it costs nothing.
    pub fn summary(&self, currency: Currency) -> Option<String> {
        let sold = self.plan.iter().find_map(|plan| plan.short(currency));
        match (self.model, sold) {
            (PricingModel::Free | PricingModel::Byol, _) => None,
            (PricingModel::Contract, _) | (PricingModel::Paid, None) => Some("By agreement".to_owned()),
            (PricingModel::Freemium, _) => Some("Free plan".to_owned()),
            (PricingModel::Paid, Some((price, exact))) => {
                let exact = exact && self.plan.len() == 1;
                Some(if exact { price } else { format!("From {price}") })
            }
        }
    }
}

impl MeterUnit {
    /// More than one of it.
    pub const fn many(self) -> &'static str {
        match self {
            Self::Event => "events",
            Self::Action => "actions",
            Self::Gb => "GB",
        }
    }
}

impl MeterUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Event, Self::Action, Self::Gb];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Action => "action",
            Self::Gb => "gb",
        }
    }

    /// Reads the wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// How much of what is counted makes a unit: gigabytes are counted in bytes, here and by the processor's meters.
    pub const fn counted(self) -> i64 {
        match self {
            Self::Event | Self::Action => 1,
            Self::Gb => 1_000_000_000,
        }
    }
}

impl Plan {
    /// The currency that it is charged in where this one is wanted: every price is there in USD at least.
    pub fn currency(&self, wanted: Currency) -> Currency {
        let has = |amounts: &Amounts| amounts.contains_key(&wanted);
        let all = if self.charge == Charge::Volume {
            self.tier.iter().all(|tier| has(&tier.monthly) && has(&tier.annual))
        } else {
            has(&self.monthly)
        };
        if all { wanted } else { Currency::USD }
    }

    /// Its price of a month in a few words, and whether nobody pays another.
    fn short(&self, currency: Currency) -> Option<(String, bool)> {
        let currency = self.currency(currency);
        let month = self.month(currency).map(Money::short);
        Some(match self.charge {
            Charge::Free | Charge::Contract => return None,
            Charge::Flat => (format!("{}/mo", month?), true),
            Charge::PerSeat => (format!("{}/seat/mo", month?), true),
            Charge::Volume => {
                let least = self.tier.iter().filter_map(|tier| tier.monthly.get(&currency)).min()?;
                (format!("{}/seat/mo", Money::new(*least, currency).short()), false)
            }
            Charge::Metered => {
                let meter = self.meter.as_ref()?;
                let per = u64::from(meter.per);
                let number = if per == 1 { String::new() } else { format!("{} ", thousands(per)) };
                (format!("{}/{number}{}", month?, meter.unit.noun(per)), true)
            }
        })
    }

    /// The price of a month.
    pub fn month(&self, currency: Currency) -> Option<Money> {
        self.monthly.get(&currency).map(|minor| Money::new(*minor, currency))
    }

    /// The price of a year.
    pub fn year(&self, currency: Currency) -> Option<Money> {
        self.annual.get(&currency).map(|minor| Money::new(*minor, currency))
    }

    /// What paying for a year saves, in whole percent, rounded down: a saving is never overstated. With tiers it is what
    /// the least generous one saves.
    pub fn saving_percent(&self, currency: Currency) -> Option<u32> {
        let least = if self.charge == Charge::Volume {
            let prices =
                self.tier.iter().map(|tier| saved(*tier.monthly.get(&currency)?, *tier.annual.get(&currency)?));
            prices.collect::<Option<Vec<u32>>>()?.into_iter().min()
        } else {
            saved(self.month(currency)?.minor, self.year(currency)?.minor)
        };
        least.filter(|percent| *percent > 0)
    }
}

/// What a year saves of twelve months, in whole percent.
fn saved(month: i64, year: i64) -> Option<u32> {
    let months = month.checked_mul(12)?;
    let percent = months.checked_sub(year)?.checked_mul(100)?.checked_div(months)?;
    u32::try_from(percent).ok()
}

/// `1,000`.
fn thousands(number: u64) -> String {
    Money::new(i64::try_from(number).unwrap_or(i64::MAX), Currency::JPY).digits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

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

    #[test]
    fn a_price_is_said_in_a_few_words() {
        let said = |model: &str, plans: &[&Value], currency| {
            let pricing = json!({ "model": model, "plan": plans });
            serde_json::from_value::<Pricing>(pricing).unwrap().summary(currency)
        };
        let plan = |rest: Value| {
            let mut plan = json!({ "id": "x", "name": "X", "summary": "x" });
            plan.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            plan
        };
        let flat = plan(json!({ "monthly": { "USD": 1900, "EUR": 1750 }, "annual": { "USD": 19000, "EUR": 17500 } }));
        let seats = plan(json!({ "charge": "per_seat", "monthly": { "USD": 600 }, "annual": { "USD": 6000 } }));
        let meter = json!({ "unit": "event", "included": 10000, "per": 1000 });
        let metered = plan(json!({ "charge": "metered", "monthly": { "USD": 50 }, "meter": meter }));
        let volume = plan(json!({ "charge": "volume", "tier": [
            { "up_to": 10, "monthly": { "USD": 900 }, "annual": { "USD": 9000 } },
            { "monthly": { "USD": 750, "EUR": 700 }, "annual": { "USD": 7500, "EUR": 7000 } },
        ] }));
        let (free, agreed) = (plan(json!({ "charge": "free" })), plan(json!({ "charge": "contract" })));
        let usd = |model: &str, plans: &[&Value]| said(model, plans, Currency::USD).unwrap_or_default();
        assert_eq!((usd("free", &[]), usd("byol", &[])), (String::new(), String::new()));
        assert_eq!(usd("freemium", &[&free, &flat]), "Free plan");
        assert_eq!(usd("paid", &[&flat]), "$19/mo");
        assert_eq!(said("paid", &[&flat], Currency::EUR).unwrap(), "€17.50/mo");
        assert_eq!(said("paid", &[&flat], Currency::GBP).unwrap(), "$19/mo", "there is no price in pounds");
        assert_eq!(usd("paid", &[&seats, &flat]), "From $6/seat/mo");
        assert_eq!(usd("paid", &[&metered]), "$0.50/1,000 events");
        assert_eq!(usd("paid", &[&volume]), "From $7.50/seat/mo");
        let euros = said("paid", &[&volume], Currency::EUR).unwrap();
        assert_eq!(euros, "From $7.50/seat/mo", "one tier has no price in euros");
        assert_eq!(usd("paid", &[&agreed, &flat]), "From $19/mo");
        assert_eq!(usd("contract", &[&agreed]), "By agreement");
    }
}
