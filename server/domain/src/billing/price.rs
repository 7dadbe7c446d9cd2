//! Prices: what a plan costs, as the processor has to know it.

use crate::identity::sha256_hex;
use crate::ports::{PriceStep, PriceSteps, Scheme, WantedPrice};
use contract::billing::Interval;
use contract::manifest::Manifest;
use contract::money::{Currency, Money};
use contract::pricing::{Amounts, Charge, Plan};

/// Decimals of a minor unit that the processor takes.
const DECIMALS: usize = 12;
/// Letters of the digest of the terms in a key.
const DIGEST: usize = 12;

/// Whether a plan can be bought without talking to anybody, at this interval.
pub fn for_sale(plan: &Plan, interval: Interval) -> bool {
    match plan.charge {
        Charge::Free | Charge::Contract => false,
        Charge::Metered => interval == Interval::Monthly,
        Charge::Flat | Charge::PerSeat | Charge::Volume => true,
    }
}

/// The price of a plan; nothing where it can't be bought. A metered plan needs its meter.
pub fn wanted(manifest: &Manifest, plan: &Plan, interval: Interval, meter: Option<&str>) -> Option<WantedPrice> {
    if !for_sale(plan, interval) || (plan.charge == Charge::Metered) != meter.is_some() {
        return None;
    }
    let (scheme, steps) = steps(plan, interval);
    Some(WantedPrice {
        key: key(manifest.id.as_str(), plan, interval),
        product: format!("oc_{}_{}", manifest.id, plan.id),
        name: format!("{} · {}", manifest.name, plan.name),
        interval,
        scheme,
        steps,
        meter: meter.map(str::to_owned),
    })
}

/// Names listing, plan, interval, and what is paid: other terms have another key.
pub fn key(listing: &str, plan: &Plan, interval: Interval) -> String {
    let (scheme, steps) = steps(plan, interval);
    let digest = sha256_hex(&terms(scheme, &steps));
    let digest = digest.get(..DIGEST).unwrap_or(&digest);
    format!("{listing}.{}.{}.{digest}", plan.id, interval.as_str())
}

fn terms(scheme: Scheme, steps: &PriceSteps) -> String {
    let mut text = match scheme {
        Scheme::PerUnit => "per_unit",
        Scheme::Volume => "volume",
        Scheme::Graduated => "graduated",
    }
    .to_owned();
    for (currency, steps) in steps {
        for step in steps {
            let up_to = step.up_to.map_or_else(|| "inf".to_owned(), |up_to| up_to.to_string());
            text = format!("{text} {currency} {up_to} {}", step.unit);
        }
    }
    text
}

fn steps(plan: &Plan, interval: Interval) -> (Scheme, PriceSteps) {
    let of = |monthly: &Amounts, annual: &Amounts| match interval {
        Interval::Monthly => monthly.clone(),
        Interval::Annual => annual.clone(),
    };
    let mut steps = PriceSteps::new();
    let mut add = |currency: Currency, up_to: Option<u64>, unit: String| {
        steps.entry(currency).or_default().push(PriceStep { up_to, unit });
    };
    let scheme = match (plan.charge, &plan.meter) {
        (Charge::Volume, _) => {
            for tier in &plan.tier {
                for (currency, minor) in of(&tier.monthly, &tier.annual) {
                    add(currency, tier.up_to.map(u64::from), minor.to_string());
                }
            }
            Scheme::Volume
        }
        (Charge::Metered, Some(meter)) => {
            // Gigabytes are counted in bytes.
            let counted = u64::try_from(meter.unit.counted()).unwrap_or(1);
            for (currency, minor) in &plan.monthly {
                if meter.included > 0 {
                    add(*currency, Some(meter.included.saturating_mul(counted)), "0".to_owned());
                }
                add(*currency, None, fraction(*minor, u64::from(meter.per.max(1)).saturating_mul(counted)));
            }
            Scheme::Graduated
        }
        _ => {
            for (currency, minor) in of(&plan.monthly, &plan.annual) {
                add(currency, None, minor.to_string());
            }
            Scheme::PerUnit
        }
    };
    (scheme, steps)
}

/// `minor / per` as a decimal, cut after twelve places: nobody pays more than is declared.
fn fraction(minor: i64, per: u64) -> String {
    let (minor, per) = (minor.unsigned_abs(), per.max(1));
    let mut text = (minor / per).to_string();
    let mut rest = minor % per;
    if rest > 0 {
        text.push('.');
    }
    for _ in 0..DECIMALS {
        if rest == 0 {
            break;
        }
        rest *= 10;
        text.push_str(&(rest / per).to_string());
        rest %= per;
    }
    text
}

/// One of two tables' amount in a currency.
fn amount(monthly: &Amounts, annual: &Amounts, interval: Interval, currency: Currency) -> Option<Money> {
    let amounts = if interval == Interval::Monthly { monthly } else { annual };
    amounts.get(&currency).map(|minor| Money::new(*minor, currency))
}

/// What a period costs, before tax, for so many seats. Nothing for what is counted.
pub fn period_price(plan: &Plan, interval: Interval, currency: Currency, seats: u64) -> Option<Money> {
    let seats = i64::try_from(seats.max(1)).ok()?;
    let of_plan = || amount(&plan.monthly, &plan.annual, interval, currency);
    match plan.charge {
        Charge::Flat => of_plan(),
        Charge::PerSeat => of_plan()?.times(seats),
        Charge::Volume => {
            let tier = plan.tier.iter().find(|tier| tier.up_to.is_none_or(|up_to| seats <= i64::from(up_to)))?;
            amount(&tier.monthly, &tier.annual, interval, currency)?.times(seats)
        }
        Charge::Free | Charge::Metered | Charge::Contract => None,
    }
}

/// A period's price for a month, rounded up to a whole minor unit.
pub fn monthly_share(price: Money, interval: Interval) -> Money {
    match interval {
        Interval::Monthly => price,
        Interval::Annual => Money { minor: price.minor.div_euclid(12) + i64::from(price.minor % 12 != 0), ..price },
    }
}

/// Whether a plan has seats.
pub const fn has_seats(plan: &Plan) -> bool {
    matches!(plan.charge, Charge::PerSeat | Charge::Volume)
}

/// A plan's price in a few words.
pub fn price_words(plan: &Plan, interval: Interval, currency: Currency) -> String {
    let every = interval.unit();
    let Some(price) = period_price(plan, interval, currency, 1) else {
        let price = plan.monthly.get(&currency).map(|minor| Money::new(*minor, currency).short());
        let meter = plan.meter.as_ref().map(|meter| format!("{} {}", meter.per, meter.unit.noun(u64::from(meter.per))));
        return price.zip(meter).map_or_else(String::new, |(price, units)| format!("{price} for {units}"));
    };
    match plan.charge {
        Charge::PerSeat => format!("{} a seat and {every}", price.short()),
        Charge::Volume => {
            let of = plan.tier.iter().filter_map(|it| amount(&it.monthly, &it.annual, interval, currency));
            let lowest = of.min_by_key(|it| it.minor).unwrap_or(price);
            format!("from {} a seat and {every}", lowest.short())
        }
        _ => format!("{} a {every}", price.short()),
    }
}

/// The quantity of an order: seats, one, or nothing where it is counted.
pub fn quantity(plan: &Plan, seats: u64) -> Option<u64> {
    match plan.charge {
        Charge::Metered => None,
        Charge::PerSeat | Charge::Volume => Some(seats.max(1)),
        Charge::Free | Charge::Flat | Charge::Contract => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Plan {
        toml::from_str(&format!("id = \"team\"\nname = \"Team\"\nsummary = \"x\"\n{text}")).unwrap()
    }

    const METERED: &str = "charge = \"metered\"\nmonthly = { USD = 25, JPY = 30 }\n\
                           meter = { unit = \"event\", included = 10000, per = 1000 }";
    const VOLUME: &str = "charge = \"volume\"\n[[tier]]\nup_to = 10\nmonthly = { USD = 900 }\nannual = { USD = 9000 }\n\
                          [[tier]]\nmonthly = { USD = 700 }\nannual = { USD = 7000 }";

    #[test]
    fn other_terms_have_another_key_and_the_same_have_the_same() {
        let key = |text: &str, interval| key("monitor", &plan(text), interval);
        let flat = |usd: i64| format!("monthly = {{ USD = {usd} }}\nannual = {{ USD = 49000 }}");
        let before = key(&flat(4_900), Interval::Monthly);
        assert!(before.starts_with("monitor.team.monthly."), "{before}");
        assert_eq!(key(&flat(4_900), Interval::Monthly), before);
        assert_ne!(key(&flat(5_900), Interval::Monthly), before);
        assert_eq!(key(&flat(4_900), Interval::Annual), key(&flat(5_900), Interval::Annual));
        let more = flat(4_900) + "\nfeatures = [\"More\"]";
        assert_eq!(key(&more, Interval::Monthly), before, "what it includes is not what it costs");
    }

    #[test]
    fn what_is_counted_costs_fractions_and_nothing_at_first() {
        let (scheme, steps) = steps(&plan(METERED), Interval::Monthly);
        assert_eq!(scheme, Scheme::Graduated);
        let step = |up_to, unit: &str| PriceStep { up_to, unit: unit.to_owned() };
        assert_eq!(steps[&Currency::USD], [step(Some(10_000), "0"), step(None, "0.025")]);
        assert_eq!(fraction(1, 3), "0.333333333333");
        assert_eq!(fraction(200, 100), "2");
        assert_eq!(fraction(25, 1_000_000_000), "0.000000025");
    }

    #[test]
    fn a_volume_price_holds_for_all_seats() {
        let price = |seats, interval| period_price(&plan(VOLUME), interval, Currency::USD, seats).unwrap().minor;
        assert_eq!([price(1, Interval::Monthly), price(10, Interval::Monthly)], [900, 9_000]);
        assert_eq!([price(11, Interval::Monthly), price(11, Interval::Annual)], [7_700, 77_000]);
        assert_eq!(price_words(&plan(VOLUME), Interval::Monthly, Currency::USD), "from $7 a seat and month");
        assert_eq!(quantity(&plan(VOLUME), 0), Some(1));
        assert_eq!(quantity(&plan(METERED), 5), None);
        assert_eq!(period_price(&plan(METERED), Interval::Monthly, Currency::USD, 1), None);
    }

    #[test]
    fn a_year_is_compared_by_the_month() {
        let usd = |minor| Money::new(minor, Currency::USD);
        assert_eq!(monthly_share(usd(49_000), Interval::Annual), usd(4_084));
        assert_eq!(monthly_share(usd(48_000), Interval::Annual), usd(4_000));
    }
}
