//! Plans and prices as people see them.

use crate::json::FromJson;
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// Pricing model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Default)]
#[cfg_attr(feature = "manifest", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Default)]
#[cfg_attr(feature = "manifest", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Charge {
    /// Nothing.
    Free,
    /// The same for everybody.
    #[default]
    Flat,
    /// For each seat.
    PerSeat,
    /// For each seat, less with more of them: see [`PlanView::tiers`].
    Volume,
    /// For what is used, in arrears: see [`PlanView::meter`].
    Metered,
    /// By agreement.
    Contract,
}

/// Units of a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "manifest", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeterUnit {
    /// Events that arrive.
    Event,
    /// Actions that are carried out.
    Action,
    /// Gigabytes (10⁹ bytes) that arrive.
    Gb,
}

impl MeterUnit {
    /// So many of it, without the number.
    pub const fn noun(self, number: u64) -> &'static str {
        match (self, number) {
            (Self::Event, 1) => "event",
            (Self::Event, _) => "events",
            (Self::Action, 1) => "action",
            (Self::Action, _) => "actions",
            (Self::Gb, _) => "GB",
        }
    }
}

/// What a price is for, and how often it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson, Default)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// Every month.
    #[default]
    Monthly,
    /// Every year.
    Annual,
}

impl Interval {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Monthly, Self::Annual];

    /// What an amount is for.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Monthly => "month",
            Self::Annual => "year",
        }
    }

    /// Wire name, also the value of `?interval=`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Annual => "annual",
        }
    }

    /// Reads the wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What a listing costs, in the currency of whoever looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PricingView {
    /// Model.
    pub model: PricingModel,
    /// The model in words.
    pub model_label: String,
    /// In a few words: `From $19/mo`.
    pub summary: String,
    /// Whether buying can be tried and no money moves.
    pub test_mode: bool,
    /// Whether its plans can be chosen here.
    pub sold_here: bool,
    /// The currency that prices are shown in, where they are set in it.
    pub currency: Currency,
    /// Plans, the smallest first.
    pub plans: Vec<PlanView>,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct PlanView {
    /// Slug.
    pub id: String,
    /// Display name.
    pub name: String,
    /// For whom it is.
    pub summary: String,
    /// What it includes.
    pub features: Vec<String>,
    /// How it is charged.
    pub charge: Charge,
    /// Price of a month: of all, of a seat, or of so many units as [`MeterView::per`] says. A plan with tiers has none.
    pub monthly: Option<Money>,
    /// Price of a year.
    pub annual: Option<Money>,
    /// What paying for a year saves, in whole percent; with tiers, what it saves at least.
    pub saving_percent: Option<u32>,
    /// Days to try it.
    pub trial_days: u16,
    /// Prices of seats by their number.
    pub tiers: Vec<TierView>,
    /// What is counted.
    pub meter: Option<MeterView>,
}

/// The price of a seat for organizations with so many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct TierView {
    /// The fewest seats it is for.
    pub from: u32,
    /// Up to so many; the last tier has no end.
    pub up_to: Option<u32>,
    /// Price of a seat for a month.
    pub monthly: Money,
    /// Price of a seat for a year.
    pub annual: Money,
}

/// What a metered plan counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct MeterView {
    /// What is counted.
    pub unit: MeterUnit,
    /// Units of a month that cost nothing.
    pub included: u64,
    /// The price is for so many units.
    pub per: u32,
}

impl PlanView {
    /// Whether a year of it can be bought.
    pub fn yearly(&self) -> bool {
        self.annual.is_some() || !self.tiers.is_empty()
    }

    /// How it is paid by whoever would rather pay this way: what has no price for a year is paid by the month.
    pub fn paid(&self, wanted: Interval) -> Interval {
        if self.yearly() { wanted } else { Interval::Monthly }
    }

    /// Its price; with tiers, the lowest of a seat.
    pub fn price(&self, interval: Interval) -> Option<Money> {
        let flat = match interval {
            Interval::Monthly => self.monthly,
            Interval::Annual => self.annual,
        };
        flat.or_else(|| self.tiers.iter().map(|tier| tier.price(interval)).min_by_key(|money| money.minor))
    }
}

impl TierView {
    /// Price of a seat.
    pub const fn price(&self, interval: Interval) -> Money {
        match interval {
            Interval::Monthly => self.monthly,
            Interval::Annual => self.annual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(annual: Option<i64>, tiers: &[i64]) -> PlanView {
        let usd = |minor| Money::new(minor, Currency::USD);
        PlanView {
            id: "team".to_owned(),
            name: "Team".to_owned(),
            summary: String::new(),
            features: Vec::new(),
            charge: Charge::Flat,
            monthly: tiers.is_empty().then(|| usd(1_900)),
            annual: annual.map(usd),
            saving_percent: None,
            trial_days: 0,
            tiers: tiers
                .iter()
                .map(|minor| TierView { from: 1, up_to: None, monthly: usd(*minor), annual: usd(minor * 10) })
                .collect(),
            meter: None,
        }
    }

    #[test]
    fn what_has_no_year_is_paid_by_the_month() {
        assert_eq!(plan(None, &[]).paid(Interval::Annual), Interval::Monthly);
        assert_eq!(plan(Some(19_000), &[]).paid(Interval::Annual), Interval::Annual);
        assert_eq!(plan(None, &[900, 700]).paid(Interval::Annual), Interval::Annual);
    }

    #[test]
    fn tiers_begin_at_their_lowest_price() {
        let plan = plan(None, &[900, 700]);
        assert_eq!(plan.price(Interval::Monthly).unwrap().minor, 700);
        assert_eq!(plan.price(Interval::Annual).unwrap().minor, 7_000);
    }

    #[test]
    fn what_the_server_writes_is_read() {
        let text = serde_json::to_string(&plan(Some(19_000), &[])).unwrap();
        assert_eq!(crate::json::read::<PlanView>(&text), Some(plan(Some(19_000), &[])));
        for model in
            [PricingModel::Free, PricingModel::Byol, PricingModel::Freemium, PricingModel::Paid, PricingModel::Contract]
        {
            assert_eq!(serde_json::to_value(model).unwrap(), model.as_str());
        }
        assert_eq!(serde_json::to_value(Charge::PerSeat).unwrap(), "per_seat");
        assert_eq!(Interval::parse("annual"), Some(Interval::Annual));
    }
}
