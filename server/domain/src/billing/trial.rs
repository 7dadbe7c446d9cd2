//! Telling people that a trial is nearly over, in time to cancel.

use super::changes::name_of;
use super::currency::currency_of;
use super::plan::terms_of;
use super::price::period_price;
use super::told::{message, once};
use super::usage::unit;
use crate::ports::KeptSubscription;
use crate::{Result, Services};
use contract::billing::Interval;
use contract::money::Currency;
use contract::notice::NoticeKind;
use contract::pricing::{Charge, Plan};

/// Kind of the job that tells. Key: `daily`.
pub const TRIAL_JOB: &str = "trial_notices";

/// People are told so long before.
const BEFORE_MS: i64 = 4 * 86_400_000;

/// What a plan costs, in words.
fn price(plan: &Plan, interval: Interval, seats: u64, currency: Currency) -> Option<String> {
    let currency = plan.currency(currency);
    if let (Charge::Metered, Some(meter)) = (plan.charge, &plan.meter) {
        let unit = unit(meter.unit);
        let per = unit.amount(i64::from(meter.per).saturating_mul(unit.counted()));
        return Some(format!("{} for each begun {per}", plan.month(currency)?));
    }
    Some(format!("{} a {}", period_price(plan, interval, currency, seats)?, interval.unit()))
}

async fn tell(services: &Services, it: &KeptSubscription) -> Result<bool> {
    let bought = &it.bought;
    let name = name_of(services, bought).await?;
    let currency = match it.state.currency {
        Some(currency) => currency,
        None => currency_of(services, &bought.organization).await?,
    };
    let terms = terms_of(services, it).await?;
    let price = terms.and_then(|(plan, interval)| price(&plan, interval, it.state.seats, currency));
    let cost = price.map_or_else(
        || "From then on the plan is charged.".to_owned(),
        |it| format!("From then on it costs {it}, without tax."),
    );
    let body = format!(
        "It ends on {}. {cost} If you do not want that, cancel before then under Billing: choose the plan, then Cancel. Nothing \
         is charged, and nothing is deleted.",
        it.state.period_end.date()
    );
    let message = message(NoticeKind::Payments, format!("The trial of {name} is nearly over"), body);
    let key = format!("trial:{}:{}", it.state.id, it.state.period_end.0);
    once(services, &key, &bought.organization, &message).await
}

/// Tells of each trial that ends in four days or sooner, once. Who has cancelled knows. Gives how many were told.
pub async fn trial_notices(services: &Services) -> Result<u32> {
    let now = services.clock.now();
    let mut told = 0;
    for it in services.spending.trials_until(now.plus_ms(BEFORE_MS)).await? {
        if it.state.period_end > now && !it.state.cancel_at_period_end {
            told += u32::from(tell(services, &it).await?);
        }
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_said_in_words() {
        let plan = |text: &str| -> Plan {
            toml::from_str(&format!("id = \"a\"\nname = \"A\"\nsummary = \"x\"\n{text}")).unwrap()
        };
        let said = |plan: &Plan, interval, currency| price(plan, interval, 3, currency).unwrap();
        let flat = plan("monthly = { USD = 4900, EUR = 4500 }\nannual = { USD = 49000, EUR = 45000 }");
        assert_eq!(said(&flat, Interval::Monthly, Currency::EUR), "EUR 45.00 a month");
        assert_eq!(said(&flat, Interval::Annual, Currency::JPY), "USD 490.00 a year", "there is no price in yen");
        let seats = plan("charge = \"per_seat\"\nmonthly = { USD = 500 }");
        assert_eq!(said(&seats, Interval::Monthly, Currency::USD), "USD 15.00 a month");
        let metered = plan("charge = \"metered\"\nmonthly = { USD = 25 }\nmeter = { unit = \"event\", per = 1000 }");
        assert_eq!(said(&metered, Interval::Monthly, Currency::USD), "USD 0.25 for each begun 1,000 events");
    }
}
