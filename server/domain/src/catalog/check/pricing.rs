//! Plans and their prices.

use super::problem::Findings;
use super::text::{is_slug, quote, repeated};
use contract::manifest::{Manifest, PricingModel};
use contract::money::Currency;
use contract::pricing::{Amounts, Charge, Plan, Pricing};

/// The processor takes eight digits at most.
const MOST: i64 = 99_999_999;
/// Longest trial.
const MOST_TRIAL_DAYS: u16 = 90;
/// Most plans that can still be told apart.
const MOST_PLANS: usize = 6;
/// Most lines of what a plan includes.
const MOST_FEATURES: usize = 12;

pub(super) fn check(manifest: &Manifest, findings: &mut Findings) {
    let pricing = &manifest.pricing;
    model(pricing, findings);
    let ids = pricing.plan.iter().map(|plan| plan.id.as_str());
    for (index, first) in repeated(ids) {
        let what = format!("Plan number {} has the same id.", first + 1);
        findings.error("BIZ-002", &format!("/pricing/plan/{index}/id"), what, "Rename one of them.");
    }
    for (index, it) in pricing.plan.iter().enumerate() {
        plan(&format!("/pricing/plan/{index}"), it, findings);
    }
}

/// The model and the plans say the same.
fn model(pricing: &Pricing, findings: &mut Findings) {
    let free = pricing.plan.iter().filter(|plan| plan.charge == Charge::Free).count();
    let (plans, sold) = (pricing.plan.len(), pricing.plan.len() - free);
    let agreed = pricing.plan.iter().all(|plan| plan.charge == Charge::Contract);
    let problem = match pricing.model {
        PricingModel::Free | PricingModel::Byol if plans > 0 => "What is free has no plans.",
        PricingModel::Freemium if free != 1 || sold == 0 => "Freemium needs one free plan and at least one other.",
        PricingModel::Paid if plans == 0 || free > 0 => "What is paid needs plans, and none of them free.",
        PricingModel::Contract if plans == 0 || !agreed => "What is sold by agreement has plans by agreement only.",
        _ if plans > MOST_PLANS => "Nobody can choose among so many plans; six at most.",
        _ => return,
    };
    let fix =
        "Choose another model, or add and remove plans: see \u{201c}Pricing\u{201d} in the manifest's documentation.";
    findings.error("BIZ-001", "/pricing", problem, fix);
}

fn plan(place: &str, plan: &Plan, findings: &mut Findings) {
    if !is_slug(&plan.id, 32) {
        let what = format!("{} is not a slug.", quote(&plan.id));
        findings.error("BIZ-002", &format!("{place}/id"), what, "Use lower-case letters, digits and hyphens.");
    }
    for (key, text) in [("name", &plan.name), ("summary", &plan.summary)] {
        if text.trim().is_empty() {
            findings.error("BIZ-003", &format!("{place}/{key}"), "It is empty.", "Say for whom the plan is.");
        }
    }
    if plan.features.len() > MOST_FEATURES || plan.features.iter().any(|line| line.trim().is_empty()) {
        let what = "A plan includes at most twelve things, none of them empty.";
        findings.error("BIZ-003", &format!("{place}/features"), what, "Keep what makes the difference.");
    }
    if plan.trial_days > MOST_TRIAL_DAYS
        || plan.trial_days > 0 && matches!(plan.charge, Charge::Free | Charge::Contract)
    {
        let what = "Trials are for plans with a price, and last 90 days at most.";
        findings.error("BIZ-004", &format!("{place}/trial_days"), what, "Use 14 or 30, or leave it out.");
    }
    charge(place, plan, findings);
}

/// What each way to charge needs, and what has no effect with it.
fn charge(place: &str, plan: &Plan, findings: &mut Findings) {
    let yearly = matches!(plan.charge, Charge::Flat | Charge::PerSeat);
    if yearly || plan.charge == Charge::Metered {
        prices(place, &plan.monthly, &plan.annual, yearly, findings);
    } else {
        unused(&format!("{place}/monthly"), !plan.monthly.is_empty(), "monthly", findings);
    }
    unused(&format!("{place}/annual"), !yearly && !plan.annual.is_empty(), "annual", findings);
    match (&plan.meter, plan.charge) {
        (Some(meter), Charge::Metered) if meter.per == 0 => {
            findings.error(
                "BIZ-006",
                &format!("{place}/meter/per"),
                "A price is for one unit or more.",
                "Use 1 or 1000.",
            );
        }
        (None, Charge::Metered) => {
            let fix = "Add `meter = { unit = \"event\", included = 10000, per = 1000 }`.";
            findings.error("BIZ-006", &format!("{place}/meter"), "A metered plan says what it counts.", fix);
        }
        (meter, _) => {
            let useless = meter.is_some() && plan.charge != Charge::Metered;
            unused(&format!("{place}/meter"), useless, "meter", findings);
        }
    }
    if plan.charge == Charge::Volume {
        tiers(place, plan, findings);
    } else {
        unused(&format!("{place}/tier"), !plan.tier.is_empty(), "tier", findings);
    }
}

fn unused(place: &str, set: bool, key: &str, findings: &mut Findings) {
    if set {
        let what = format!("`{key}` has no effect with this way to charge.");
        findings.error("BIZ-006", place, what, "Remove it, or choose another `charge`.");
    }
}

/// Tiers rise, and the last one has no end.
fn tiers(place: &str, plan: &Plan, findings: &mut Findings) {
    let bounds: Vec<u64> = plan.tier.iter().map(|tier| tier.up_to.map_or(u64::MAX, u64::from)).collect();
    let rising = bounds.windows(2).all(|pair| pair[0] < pair[1]) && bounds.first() != Some(&0);
    if plan.tier.len() < 2 || !rising || bounds.last() != Some(&u64::MAX) {
        let what = "Volume needs two tiers or more that rise, the last one without `up_to`.";
        findings.error("BIZ-006", &format!("{place}/tier"), what, "For example up to 10, up to 50, and the rest.");
    }
    for (index, tier) in plan.tier.iter().enumerate() {
        prices(&format!("{place}/tier/{index}"), &tier.monthly, &tier.annual, true, findings);
    }
}

/// A price for a month and, where a year can be bought, one for it in the same currencies.
fn prices(place: &str, monthly: &Amounts, annual: &Amounts, yearly: bool, findings: &mut Findings) {
    if !monthly.contains_key(&Currency::USD) {
        let fix = "Add `monthly = { USD = 4900 }`: whole minor units, so this is 49 dollars.";
        findings.error("BIZ-005", &format!("{place}/monthly"), "There is no price in USD.", fix);
    }
    if yearly && !monthly.keys().eq(annual.keys()) {
        let what = "Months and years have prices in the same currencies.";
        findings.error(
            "BIZ-005",
            &format!("{place}/annual"),
            what,
            "Add the missing ones, or remove what is too much.",
        );
    }
    for (key, amounts) in [("monthly", monthly), ("annual", annual)] {
        for (currency, minor) in amounts {
            let place = format!("{place}/{key}/{currency}");
            if !(1..=MOST).contains(minor) {
                let what = format!("{minor} is no price.");
                findings.error("BIZ-005", &place, what, "Use whole minor units from 1 to 99,999,999.");
            } else if currency.digits() == 3 && minor % 10 != 0 {
                let what = format!("{currency} is charged in steps of ten minor units.");
                findings.error("BIZ-005", &place, what, "Let the last digit be 0.");
            }
        }
    }
    let dearer = |(currency, year): (&Currency, &i64)| {
        monthly.get(currency).is_some_and(|month| *year > month.saturating_mul(12))
    };
    if yearly && annual.iter().any(dearer) {
        let what = "A year costs more than twelve months.";
        findings.error("BIZ-005", &format!("{place}/annual"), what, "Lower it; people expect to save.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: &str = "[[plan]]\nid = \"team\"\nname = \"Team\"\nsummary = \"For one team.\"\n";
    const PRICES: &str = "monthly = { USD = 4900, KWD = 15000 }\nannual = { USD = 49000, KWD = 150000 }\n";

    /// Rule and place of each problem.
    fn found(text: &str) -> Vec<(String, String)> {
        let good = include_str!("../../../tests/check/good.toml");
        let mut manifest: Manifest = toml::from_str(good).unwrap();
        manifest.pricing = toml::from_str(text).unwrap();
        let mut findings = Findings::default();
        check(&manifest, &mut findings);
        findings.finish().into_iter().map(|it| (it.rule.to_owned(), it.pointer)).collect()
    }

    #[test]
    fn every_kind_of_plan_can_be_written() {
        let free = "[[plan]]\nid = \"free\"\nname = \"Free\"\nsummary = \"To begin with.\"\ncharge = \"free\"\n";
        for pricing in [
            "model = \"free\"".to_owned(),
            "model = \"byol\"".to_owned(),
            format!("model = \"paid\"\n{TEAM}{PRICES}trial_days = 14\nfeatures = [\"All of it\"]"),
            format!("model = \"freemium\"\n{free}{TEAM}charge = \"per_seat\"\n{PRICES}"),
            format!(
                "model = \"paid\"\n{TEAM}charge = \"metered\"\nmonthly = {{ USD = 25 }}\n\
                 meter = {{ unit = \"event\", included = 10000, per = 1000 }}"
            ),
            format!(
                "model = \"paid\"\n{TEAM}charge = \"volume\"\n\
                 [[plan.tier]]\nup_to = 10\n{PRICES}[[plan.tier]]\n{PRICES}"
            ),
            format!("model = \"contract\"\n{TEAM}charge = \"contract\""),
        ] {
            assert_eq!(found(&pricing), [], "{pricing}");
        }
    }

    #[test]
    fn single_mistakes_are_named() {
        let paid = |rest: &str| format!("model = \"paid\"\n{TEAM}{rest}");
        for (text, rule, place) in [
            (format!("model = \"free\"\n{TEAM}{PRICES}"), "BIZ-001", "/pricing"),
            ("model = \"paid\"".to_owned(), "BIZ-001", "/pricing"),
            (format!("model = \"freemium\"\n{TEAM}{PRICES}"), "BIZ-001", "/pricing"),
            (format!("model = \"contract\"\n{TEAM}{PRICES}"), "BIZ-001", "/pricing"),
            (paid(PRICES) + TEAM + PRICES, "BIZ-002", "/pricing/plan/1/id"),
            (paid(PRICES).replace("\"team\"", "\"The Team\""), "BIZ-002", "/pricing/plan/0/id"),
            (paid(PRICES).replace("For one team.", " "), "BIZ-003", "/pricing/plan/0/summary"),
            (paid(PRICES) + "features = [\"\"]", "BIZ-003", "/pricing/plan/0/features"),
            (paid(PRICES) + "trial_days = 91", "BIZ-004", "/pricing/plan/0/trial_days"),
            (paid("monthly = { EUR = 1 }\nannual = { EUR = 1 }"), "BIZ-005", "/pricing/plan/0/monthly"),
            (paid("monthly = { USD = 1 }"), "BIZ-005", "/pricing/plan/0/annual"),
            (paid("monthly = { USD = 1 }\nannual = { USD = 13 }"), "BIZ-005", "/pricing/plan/0/annual"),
            (paid(PRICES).replace("4900,", "0,").replace("49000,", "0,"), "BIZ-005", "/pricing/plan/0/monthly/USD"),
            (paid(PRICES).replace("15000 }", "15001 }"), "BIZ-005", "/pricing/plan/0/monthly/KWD"),
            (paid(PRICES) + "meter = { unit = \"gb\", per = 1 }", "BIZ-006", "/pricing/plan/0/meter"),
            (paid("charge = \"metered\"\nmonthly = { USD = 1 }"), "BIZ-006", "/pricing/plan/0/meter"),
            (paid("charge = \"volume\"\n[[plan.tier]]\n") + PRICES, "BIZ-006", "/pricing/plan/0/tier"),
        ] {
            let found = found(&text);
            assert!(found.contains(&(rule.to_owned(), place.to_owned())), "{text}: {found:?}");
        }
    }
}
