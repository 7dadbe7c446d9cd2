//! What a billing period comes to, and what that costs. Whole numbers only.

use contract::Timestamp;
use contract::money::{Currency, Money};
use contract::pricing::{Meter, Plan};

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;
/// So many of the last full days say how it goes on.
const LOOKED_AT: usize = 7;

/// The day (UTC) that an instant belongs to.
pub fn day_of(at: Timestamp) -> Timestamp {
    Timestamp(at.0.saturating_sub(at.0.rem_euclid(DAY_MS)))
}

/// Quantities hour by hour as days: each day of the period from its begin to `now`, the ones without use too.
pub fn by_day(hours: &[(Timestamp, i64)], from: Timestamp, now: Timestamp) -> Vec<(Timestamp, i64)> {
    let mut days = Vec::new();
    let mut day = day_of(from);
    // A period is a month or a trial; whatever the clock says, the list has an end.
    while day <= now && days.len() < 400 {
        let next = day.plus_ms(DAY_MS);
        let of_day = hours.iter().filter(|(hour, _)| *hour >= day && *hour < next);
        days.push((day, of_day.fold(0_i64, |sum, (_, quantity)| sum.saturating_add(*quantity))));
        day = next;
    }
    days
}

/// What a period comes to: `used + ⌈s × r / t⌉`. Of the last full days of the period, seven at most, `s` is what was used and
/// `t` how long they took; `r` is the time that is left. Before there is a full day, the time since the begin stands for them,
/// an hour at least. Never less than what is used.
pub fn forecast(days: &[(Timestamp, i64)], from: Timestamp, until: Timestamp, now: Timestamp) -> i64 {
    let used = days.iter().fold(0_i64, |sum, (_, quantity)| sum.saturating_add((*quantity).max(0)));
    let full = |(day, _): &&(Timestamp, i64)| *day >= from && day.plus_ms(DAY_MS) <= now;
    let last: Vec<i64> =
        days.iter().filter(full).rev().take(LOOKED_AT).map(|(_, quantity)| (*quantity).max(0)).collect();
    let (sum, time) = if last.is_empty() {
        (i128::from(used), i128::from(now.since(from).max(HOUR_MS)))
    } else {
        let sum: i128 = last.iter().map(|quantity| i128::from(*quantity)).sum();
        (sum, i128::try_from(last.len()).unwrap_or(1) * i128::from(DAY_MS))
    };
    let left = i128::from(until.since(now).max(0));
    let more = sum.saturating_mul(left).saturating_add(time - 1) / time;
    i64::try_from(i128::from(used) + more).unwrap_or(i64::MAX)
}

/// What a quantity costs: what is included is free, and the rest costs its share of the plan's price, rounded half up to a
/// minor unit, as the processor does it.
pub fn cost(plan: &Plan, meter: &Meter, quantity: i64, currency: Currency) -> Money {
    let unit = i128::from(meter.unit.counted());
    let charged = (i128::from(quantity) - i128::from(meter.included) * unit).max(0);
    let block = i128::from(meter.per.max(1)) * unit;
    let price = i128::from(plan.month(currency).map_or(0, |it| it.minor));
    let rounded = (charged * price * 2 + block) / (block * 2);
    Money::new(i64::try_from(rounded).unwrap_or(i64::MAX), currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::pricing::MeterUnit;
    use proptest::prelude::*;

    const BEGIN: Timestamp = Timestamp(20_000 * DAY_MS);

    fn day(number: i64) -> Timestamp {
        BEGIN.plus_ms(number * DAY_MS)
    }

    fn metered(unit: &str, included: u64, per: u32) -> (Plan, Meter) {
        let plan: Plan = serde_json::from_value(serde_json::json!({
            "id": "usage", "name": "Usage", "summary": "x", "charge": "metered", "monthly": { "USD": 25 },
            "meter": { "unit": unit, "included": included, "per": per },
        }))
        .unwrap();
        let meter = plan.meter.clone().unwrap();
        (plan, meter)
    }

    #[test]
    fn it_goes_on_as_in_the_last_full_days() {
        let days: Vec<_> =
            [0, 0, 100, 100, 100, 100, 100, 100, 100, 30].into_iter().zip(0..).map(|(n, d)| (day(d), n)).collect();
        // Ten days are over but for half a day; 20.5 are left of 30 at 100 a day.
        let now = day(9).plus_ms(DAY_MS / 2);
        assert_eq!(forecast(&days, BEGIN, day(30), now), 730 + 2_050);
        // Today does not count yet, neither does a day that was begun before the period.
        let from = day(8).plus_ms(DAY_MS / 2);
        assert_eq!(forecast(&days[8..], from, day(30), now), 130 + 130 * 41 / 2);
    }

    #[test]
    fn in_the_first_hours_it_goes_on_as_it_began() {
        let at = |hours: i64| BEGIN.plus_ms(hours * HOUR_MS);
        assert_eq!(forecast(&[(BEGIN, 10)], BEGIN, day(2), at(12)), 10 + 30);
        assert_eq!(forecast(&[(BEGIN, 10)], BEGIN, at(3), BEGIN), 10 + 30, "the first minute is taken for an hour");
        assert_eq!(forecast(&[(BEGIN, 10)], BEGIN, day(2), day(3)), 10, "what is over does not grow");
    }

    #[test]
    fn days_without_use_are_days_too() {
        let hours = [(day(0), 1), (day(0).plus_ms(HOUR_MS), 2), (day(2), 4)];
        let days = by_day(&hours, day(0).plus_ms(5), day(3).plus_ms(1));
        assert_eq!(days, [(day(0), 3), (day(1), 0), (day(2), 4), (day(3), 0)]);
    }

    #[test]
    fn what_is_begun_costs_its_share() {
        let (plan, meter) = metered("event", 10_000, 1_000);
        let usd = |quantity| cost(&plan, &meter, quantity, Currency::USD).minor;
        assert_eq!([usd(0), usd(10_000), usd(10_001), usd(10_020), usd(11_000), usd(13_000)], [0, 0, 0, 1, 25, 75]);
        let (plan, meter) = metered("gb", 1, 1);
        let usd = |quantity| cost(&plan, &meter, quantity, Currency::USD).minor;
        assert_eq!([usd(1_000_000_000), usd(1_500_000_000), usd(3_000_000_000)], [0, 13, 50]);
    }

    proptest! {
        #[test]
        fn a_forecast_never_fails_and_is_never_less_than_what_is_used(
            quantities in proptest::collection::vec(any::<i64>(), 0..40),
            from in any::<i64>(), until in any::<i64>(), now in any::<i64>(), first in any::<i64>(),
        ) {
            let days: Vec<_> = quantities
                .iter()
                .zip(0_i64..)
                .map(|(quantity, number)| (Timestamp(first.saturating_add(number * DAY_MS)), *quantity))
                .collect();
            let used = quantities.iter().fold(0_i64, |sum, it| sum.saturating_add((*it).max(0)));
            prop_assert!(forecast(&days, Timestamp(from), Timestamp(until), Timestamp(now)) >= used);
        }

        #[test]
        fn more_never_costs_less(
            quantity in any::<i64>(), more in 0..i64::MAX, included in any::<u64>(), per in any::<u32>(), gb in any::<bool>(),
        ) {
            let (plan, meter) = metered(if gb { "gb" } else { "event" }, included, per);
            let at = |quantity| cost(&plan, &meter, quantity, Currency::USD).minor;
            prop_assert!(at(quantity) >= 0);
            prop_assert!(at(quantity.saturating_add(more)) >= at(quantity));
            prop_assert_eq!(meter.unit == MeterUnit::Gb, gb);
        }
    }
}
