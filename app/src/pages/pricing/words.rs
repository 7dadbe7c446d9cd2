//! Prices in words.

use crate::components::number;
use contract::money::Currency;
use contract::plan::{Charge, Interval, MeterView, PlanView, TierView};

/// The number that is read first, and what it is for.
pub fn price(plan: &PlanView, interval: Interval) -> (String, String) {
    let amount = plan.price(interval).map(contract::money::Money::short).unwrap_or_default();
    let time = match interval {
        Interval::Monthly => "a month",
        Interval::Annual => "a year",
    };
    match plan.charge {
        Charge::Free => ("Free".to_owned(), "for as long as you like".to_owned()),
        Charge::Contract => ("By agreement".to_owned(), "you get an offer of your own".to_owned()),
        Charge::Flat => (amount, time.to_owned()),
        Charge::PerSeat => (amount, join(&["for each seat, ", time])),
        Charge::Volume => (join(&["From ", &amount]), join(&["for each seat, ", time])),
        Charge::Metered => (amount, plan.meter.as_ref().map(unit).unwrap_or_default()),
    }
}

/// `for each 1,000 events`.
fn unit(meter: &MeterView) -> String {
    let per = u64::from(meter.per);
    let number = if per == 1 { String::new() } else { number(per) + " " };
    join(&["for each ", &number, meter.unit.noun(per)])
}

/// What costs nothing of what is counted.
pub(super) fn included(meter: &MeterView) -> String {
    if meter.included == 0 {
        return join(&["Every ", meter.unit.noun(1), " counts"]);
    }
    join(&[&number(meter.included), " ", meter.unit.noun(meter.included), " a month are free"])
}

/// Below the price: how it is paid where somebody could think otherwise, and how long it can be tried.
pub(super) fn note(plan: &PlanView, wanted: Interval) -> String {
    let mut parts = Vec::new();
    if plan.trial_days > 0 {
        parts.push(join(&[&number(u64::from(plan.trial_days)), " days free to try"]));
    }
    match plan.charge {
        Charge::Metered => parts.push("paid at the end of each month".to_owned()),
        Charge::Flat | Charge::PerSeat if plan.paid(wanted) != wanted => parts.push("paid by the month".to_owned()),
        _ => {}
    }
    let mut text = parts.join(", ");
    // A sentence begins with a capital; digits stay as they are.
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// `Save 16 %`.
pub(super) fn saving(before: &str, percent: u32) -> String {
    join(&[before, &percent.to_string(), " %"])
}

/// `1–10`, `51 and more`.
pub(super) fn seats(tier: &TierView) -> String {
    let from = number(u64::from(tier.from));
    match tier.up_to {
        Some(up_to) if up_to == tier.from => from,
        Some(up_to) => join(&[&from, "–", &number(u64::from(up_to))]),
        None => from + " and more",
    }
}

/// Which currencies the prices are in, where they could be taken for others.
pub(super) fn currencies(wanted: Currency, plans: &[PlanView]) -> String {
    let of = |plan: &PlanView| plan.price(Interval::Monthly).map(|money| money.currency);
    let others = plans.iter().filter_map(of).any(|it| it != wanted);
    let wanted = if others {
        join(&[wanted.code(), ", or in USD where there is no price in it"])
    } else {
        wanted.code().to_owned()
    };
    join(&["Prices are in ", &wanted, ", without tax. A price that rises later is for new customers: you keep yours."])
}

fn join(parts: &[&str]) -> String {
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::money::Money;
    use contract::plan::MeterUnit;

    fn plan(charge: Charge) -> PlanView {
        let usd = |minor| Some(Money::new(minor, Currency::USD));
        PlanView {
            id: "team".to_owned(),
            name: "Team".to_owned(),
            summary: String::new(),
            features: Vec::new(),
            charge,
            monthly: usd(1_900),
            annual: if charge == Charge::Metered { None } else { usd(19_000) },
            saving_percent: Some(16),
            trial_days: 14,
            tiers: Vec::new(),
            meter: (charge == Charge::Metered).then_some(MeterView {
                unit: MeterUnit::Event,
                included: 10_000,
                per: 1_000,
            }),
        }
    }

    #[test]
    fn a_price_says_what_it_is_for() {
        let said = |charge, interval| {
            let (amount, what) = price(&plan(charge), interval);
            format!("{amount} {what}")
        };
        assert_eq!(said(Charge::Flat, Interval::Monthly), "$19 a month");
        assert_eq!(said(Charge::PerSeat, Interval::Annual), "$190 for each seat, a year");
        assert_eq!(said(Charge::Metered, Interval::Monthly), "$19 for each 1,000 events");
    }

    #[test]
    fn the_note_says_how_it_is_paid_where_that_is_not_what_was_asked_for() {
        assert_eq!(note(&plan(Charge::Flat), Interval::Annual), "14 days free to try");
        assert_eq!(
            note(&plan(Charge::Metered), Interval::Annual),
            "14 days free to try, paid at the end of each month"
        );
        let untried = PlanView { trial_days: 0, annual: None, ..plan(Charge::Flat) };
        assert_eq!(note(&untried, Interval::Annual), "Paid by the month");
        assert_eq!(note(&untried, Interval::Monthly), "");
    }

    #[test]
    fn tiers_and_what_is_included_are_said() {
        let usd = Money::new(900, Currency::USD);
        let tier = |from, up_to| TierView { from, up_to, monthly: usd, annual: usd };
        assert_eq!(seats(&tier(1, Some(1))), "1");
        assert_eq!(seats(&tier(11, Some(50))), "11–50");
        assert_eq!(seats(&tier(1_001, None)), "1,001 and more");
        assert_eq!(included(plan(Charge::Metered).meter.as_ref().unwrap()), "10,000 events a month are free");
    }

    #[test]
    fn another_currency_is_not_hidden() {
        let plans = [plan(Charge::Flat)];
        assert!(currencies(Currency::USD, &plans).starts_with("Prices are in USD, without tax."));
        assert!(currencies(Currency::EUR, &plans).starts_with("Prices are in EUR, or in USD where"));
    }
}
