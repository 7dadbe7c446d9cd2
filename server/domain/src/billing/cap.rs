//! How much of a metered plan a customer lets be used in a billing period, and what happens at it.

use super::metering::{Running, metered_plan};
use super::told::{message, reached, threshold};
use super::usage::unit;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Cap, Effects};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use contract::usage::AtCap;
use contract::{ErrorCode, PublicError};
use serde_json::{Value, json};

/// Percent of a cap at which people are told.
const ALERTS: [u32; 2] = [80, 100];

fn invalid(field: &str, title: &str, detail: &str, next: &str) -> PublicError {
    PublicError::new(ErrorCode::Invalid, title, detail, next).at(field)
}

/// The cap as a form sends it, in whole units; nothing where the field is empty.
fn read(text: &str, counted: i64) -> Result<Option<i64>> {
    let digits: String = text.chars().filter(|it| !it.is_whitespace() && *it != ',').collect();
    if digits.is_empty() {
        return Ok(None);
    }
    let cap = digits.parse::<i64>().ok().filter(|it| *it > 0).and_then(|it| it.checked_mul(counted));
    let wrong = || {
        invalid(
            "cap",
            "This is no cap",
            "A cap is a whole number above zero.",
            "Write digits only, or nothing for no cap.",
        )
    };
    Ok(Some(cap.ok_or_else(wrong)?))
}

/// The metered plan of a subscription that is the organization's own.
async fn owned(services: &Services, actor: &Actor, subscription: &str) -> Result<Running> {
    let person = actor.require(Permission::ManageBilling)?;
    let kept = services.billing.kept_subscription(subscription).await?;
    let kept = kept.filter(|it| it.bought.organization == *person.organization());
    let kept = kept.ok_or_else(|| PublicError::not_found("subscription"))?;
    let metered = metered_plan(services, kept).await?;
    let refused = || {
        let detail = "This plan does not charge for what is used, so there is nothing to cap.";
        PublicError::new(ErrorCode::Conflict, "Nothing to cap", detail, "Reload the page to see the present plan.")
    };
    Ok(metered.ok_or_else(refused)?)
}

fn picture(cap: Option<&Cap>) -> Value {
    cap.map_or(Value::Null, |it| json!({ "cap": it.cap, "at": it.at }))
}

/// Sets the cap of a subscription in whole units a billing period; an empty text takes it away.
pub async fn set_cap(services: &Services, actor: &Actor, subscription: &str, cap: &str, at: &str) -> Result<()> {
    let it = owned(services, actor, subscription).await?;
    let organization = &it.subscription.bought.organization;
    let quantity = read(cap, it.meter.unit.counted())?;
    let at = AtCap::parse(at).ok_or_else(|| {
        invalid("at", "Unknown choice", "There is no such thing to happen at a cap.", "Reload the page and try again.")
    })?;
    let new =
        quantity.map(|cap| Cap { subscription: subscription.to_owned(), organization: organization.clone(), cap, at });
    let old = services.spending.cap(subscription).await?;
    if old == new {
        return Ok(());
    }
    let name = &it.subscription.bought.listing;
    let event =
        entry(services, actor, organization, AuditAction::CapSet, Subject::new("subscription", subscription, name));
    let effects = Effects::audited(event.before(picture(old.as_ref())).after(picture(new.as_ref())));
    services.spending.set_cap(subscription, new.as_ref(), &effects, services.clock.now()).await?;
    watch_cap(services, &it).await
}

/// Why nothing more is taken: the cap is reached, and the customer wants it to stop there. What arrives while less is used is
/// taken whole, so a cap is overrun by one arrival at most, or by those that come at the same time.
pub async fn capped(services: &Services, it: &Running) -> Result<Option<PublicError>> {
    let Some(cap) = services.spending.cap(&it.subscription.state.id).await? else { return Ok(None) };
    if cap.at != AtCap::Stop || used(services, it).await? < cap.cap {
        return Ok(None);
    }
    let until = it.period(services.clock.now()).1.date();
    let amount = unit(it.meter.unit).amount(cap.cap);
    Ok(Some(PublicError::new(
        ErrorCode::RateLimited,
        "The cap is reached",
        format!("The organization has set a cap of {amount} in a billing period, which ends on {until}."),
        "Raise the cap under Billing, or send it again in the next period; what is refused is counted and not stored.",
    )))
}

async fn used(services: &Services, it: &Running) -> Result<i64> {
    let (from, until) = it.period(services.clock.now());
    services.metering.used(&it.subscription.state.id, it.meter.unit, from, until).await
}

/// Tells people when 80 % or all of a cap is used, once each in a billing period.
pub async fn watch_cap(services: &Services, it: &Running) -> Result<()> {
    let id = &it.subscription.state.id;
    let Some(cap) = services.spending.cap(id).await? else { return Ok(()) };
    let used = used(services, it).await?;
    let reached = reached(used, cap.cap, &ALERTS);
    if reached.is_empty() {
        return Ok(());
    }
    let bought = &it.subscription.bought;
    let name = services.catalogue.listing(&bought.listing).await?.map(|it| it.manifest.name.clone());
    let name = name.unwrap_or_else(|| bought.listing.to_string());
    let (from, until) = it.period(services.clock.now());
    let unit = unit(it.meter.unit);
    let tell = |percent: u32| {
        let amounts = format!("{} of {} are used", unit.number(used), unit.amount(cap.cap));
        let (title, what) = match (percent, cap.at) {
            (100, AtCap::Stop) => (
                format!("{name}: the cap is reached"),
                "What arrives is refused until then. Raise the cap to let it through.",
            ),
            (100, AtCap::Warn) => {
                (format!("{name}: the cap is reached"), "Everything goes on, and costs what it costs.")
            }
            (_, AtCap::Stop) => {
                (format!("{name}: {percent} % of the cap is used"), "At the cap, what arrives is refused until then.")
            }
            (_, AtCap::Warn) => (format!("{name}: {percent} % of the cap is used"), "At the cap, everything goes on."),
        };
        let body = format!("{amounts} in the billing period that ends on {}. {what}", until.date());
        message(NoticeKind::Spending, title, body)
    };
    let key = format!("cap:{id}:{}:{}", from.0, cap.cap);
    threshold(services, &key, &bought.organization, &reached, &tell).await.map(|_| ())
}

/// Looks at all caps: whatever was not told when it should have been is told now.
pub async fn watch_caps(services: &Services) -> Result<()> {
    for cap in services.spending.caps().await? {
        let Some(kept) = services.billing.kept_subscription(&cap.subscription).await? else { continue };
        if let Some(running) = metered_plan(services, kept).await? {
            watch_cap(services, &running).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_is_a_whole_number_or_nothing() {
        assert_eq!(read("", 1).unwrap(), None);
        assert_eq!(read(" 10,000 ", 1).unwrap(), Some(10_000));
        assert_eq!(read("2", 1_000_000_000).unwrap(), Some(2_000_000_000));
        for wrong in ["0", "-1", "1.5", "many", "99999999999999999999", "9999999999999999"] {
            assert!(read(wrong, 1_000_000_000).is_err(), "{wrong}");
        }
    }
}
