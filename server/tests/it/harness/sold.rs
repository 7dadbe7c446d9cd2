//! Listings that are sold, and subscriptions to them.

use super::app::App;
use super::listings::{MONITOR, publish};
use super::people::NORTHWIND;
use contract::Timestamp;
use domain::billing::entitlement::Status;
use domain::ports::{Bought, ProcessorSubscription};

/// A plan `basic` that costs nothing.
pub const BASIC: &str = r#"{ id = "basic", name = "Basic", summary = "To begin with.", charge = "free" }"#;
/// A plan `team` for 49 dollars a month.
pub const TEAM: &str =
    r#"{ id = "team", name = "Team", summary = "For one team.", monthly = { USD = 4900 }, annual = { USD = 49000 } }"#;
/// A plan `usage`: 1,000 events are free, each begun thousand more costs a dollar.
pub const USAGE: &str = r#"{ id = "usage", name = "Usage", summary = "For what is used.", charge = "metered", monthly = { USD = 100 }, meter = { unit = "event", included = 1000, per = 1000 } }"#;

/// From now on `monitor` is sold with these plans, and its release that is installed too.
pub async fn sell(app: &App, model: &str, plans: &[&str]) {
    let plans = plans.join(", ");
    let pricing = format!("pricing = {{ model = \"{model}\", plan = [{plans}] }}");
    publish(&app.services, &MONITOR.replace("pricing = { model = \"free\" }", &pricing)).await;
}

/// A subscription of Northwind to a plan of `monitor`, with 30 days to go.
pub fn subscription(app: &App, id: &str, plan: &str, status: Status) -> ProcessorSubscription {
    ProcessorSubscription {
        id: id.to_owned(),
        customer: "cus_northwind".to_owned(),
        bought: Some(Bought {
            organization: NORTHWIND.into(),
            listing: "monitor".into(),
            plan: plan.to_owned(),
            contract: None,
        }),
        status,
        period_start: app.services.clock.now(),
        period_end: app.services.clock.now().plus_ms(30 * 86_400_000),
        cancel_at_period_end: false,
        seats: 1,
        item: String::new(),
        price: String::new(),
        currency: None,
    }
}

/// Keeps a subscription as the processor has it now.
pub async fn keep(app: &App, it: &ProcessorSubscription) {
    let now: Timestamp = app.services.clock.now();
    app.services.billing.keep_subscription(it, it.bought.as_ref().unwrap(), now).await.unwrap();
}
