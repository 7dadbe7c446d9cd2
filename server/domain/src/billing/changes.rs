//! What people are told when a subscription changes: compared are what we had and what it is.

use super::access::entitlement_of;
use super::entitlement::{Entitlement, GRACE_DAYS, Status};
use super::told::{announce, message, once};
use crate::ports::{Bought, Effects, KeptSubscription, ProcessorSubscription};
use crate::{Result, Services};
use contract::Timestamp;
use contract::money::Money;
use contract::notice::NoticeKind;

const DAY_MS: i64 = 86_400_000;

/// What changed for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// A payment failed; everything stops then.
    Failed(Timestamp),
    /// It is paid again.
    Recovered,
    /// It stopped, because it was not paid.
    Stopped,
    /// It is paused.
    Paused,
    /// It is over.
    Ended,
}

/// The step from what it was to what it is; nothing where nobody has to hear of it. Whoever never paid is not told that it is
/// over: for them it never began.
fn step(before: Option<&KeptSubscription>, now: Status, asked: Timestamp) -> Option<Step> {
    let was = before.map(|it| it.state.status);
    let began = !matches!(was, None | Some(Status::Incomplete | Status::IncompleteExpired));
    let missing = matches!(was, Some(Status::PastDue | Status::Unpaid));
    match now {
        _ if was == Some(now) => None,
        Status::PastDue => Some(Step::Failed(asked.plus_ms(GRACE_DAYS * DAY_MS))),
        Status::Active if missing || was == Some(Status::Paused) => Some(Step::Recovered),
        Status::Unpaid => Some(Step::Stopped),
        Status::Paused if began => Some(Step::Paused),
        Status::Canceled if began => Some(Step::Ended),
        _ => None,
    }
}

fn words(step: Step, name: &str) -> (String, String) {
    let (title, body) = match step {
        Step::Failed(until) => (
            format!("A payment for {name} failed"),
            format!(
                "It is tried again in the next days. Without a payment, {name} stops on {}; nothing is deleted. \
                 Check the way to pay, or pay the open invoice.",
                until.date()
            ),
        ),
        Step::Recovered => (format!("{name} is paid"), "Everything works on; nothing has to be done.".to_owned()),
        Step::Stopped => (
            format!("{name} has stopped"),
            "The payment is missing. Nothing is deleted, and everything works again as soon as the open invoice is paid."
                .to_owned(),
        ),
        Step::Paused => (
            format!("{name} is paused"),
            "The trial ended without a way to pay, or the plan was paused. Nothing is deleted; add a way to pay to go on."
                .to_owned(),
        ),
        Step::Ended => (
            format!("The plan of {name} has ended"),
            "Nothing is deleted. Choose a plan again to go on where you stopped.".to_owned(),
        ),
    };
    (title, body)
}

/// Name of a listing, for people.
pub(super) async fn name_of(services: &Services, bought: &Bought) -> Result<String> {
    let listing = services.catalogue.listing(&bought.listing).await?;
    Ok(listing.map_or_else(|| bought.listing.to_string(), |it| it.manifest.name.clone()))
}

/// Notices and mail that the change of a subscription brings with it.
pub(super) async fn told(
    services: &Services,
    before: Option<&KeptSubscription>,
    now: &ProcessorSubscription,
    bought: &Bought,
    asked: Timestamp,
) -> Result<Effects> {
    let mut effects = Effects::default();
    let Some(mut step) = step(before, now.status, asked) else { return Ok(effects) };
    // The date that counts is the one everything stops on.
    if let (Step::Failed(_), Some(before)) = (step, before)
        && let Entitlement::Grace(until) =
            entitlement_of(&KeptSubscription { state: now.clone(), ..before.clone() }, asked)
        && before.past_due_since.is_some()
    {
        step = Step::Failed(until);
    }
    let (title, body) = words(step, &name_of(services, bought).await?);
    announce(services, &mut effects, &bought.organization, &message(NoticeKind::Payments, title, body)).await?;
    Ok(effects)
}

/// Tells, once, that a subscription costs something else from a time on. Gives whether it was told now.
pub async fn announce_price_change(
    services: &Services,
    subscription: &KeptSubscription,
    old: Money,
    new: Money,
    at: Timestamp,
) -> Result<bool> {
    let bought = &subscription.bought;
    let name = name_of(services, bought).await?;
    let body = format!(
        "It costs {new} instead of {old} from {} on, when it is renewed. If that is not for you, cancel before then under \
         Billing: it works until the period ends.",
        at.date()
    );
    let message = message(NoticeKind::Payments, format!("The price of {name} changes"), body);
    let key = format!("price:{}:{}:{}:{}", subscription.state.id, at.0, new.minor, new.currency);
    once(services, &key, &bought.organization, &message).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(status: Status) -> KeptSubscription {
        let bought =
            Bought { organization: "org_1".into(), listing: "monitor".into(), plan: "team".to_owned(), contract: None };
        let state = ProcessorSubscription {
            id: "sub_1".to_owned(),
            customer: "cus_1".to_owned(),
            bought: Some(bought.clone()),
            status,
            period_start: Timestamp(0),
            period_end: Timestamp(0),
            cancel_at_period_end: false,
            seats: 1,
            item: String::new(),
            price: String::new(),
            currency: None,
        };
        KeptSubscription { state, bought, past_due_since: None }
    }

    #[test]
    fn people_hear_of_what_changes_for_them() {
        use Status::{Active, Canceled, Incomplete, IncompleteExpired, PastDue, Paused, Trialing, Unpaid};
        let failed = Step::Failed(Timestamp(GRACE_DAYS * DAY_MS));
        for (was, now, expected) in [
            (None, Active, None),
            (None, Canceled, None),
            (None, PastDue, Some(failed)),
            (Some(Incomplete), Active, None),
            (Some(Incomplete), IncompleteExpired, None),
            (Some(Trialing), Active, None),
            (Some(Active), PastDue, Some(failed)),
            (Some(PastDue), PastDue, None),
            (Some(PastDue), Active, Some(Step::Recovered)),
            (Some(PastDue), Unpaid, Some(Step::Stopped)),
            (Some(Unpaid), Active, Some(Step::Recovered)),
            (Some(PastDue), Canceled, Some(Step::Ended)),
            (Some(Trialing), Paused, Some(Step::Paused)),
            (Some(Paused), Active, Some(Step::Recovered)),
            (Some(Active), Canceled, Some(Step::Ended)),
            (Some(Canceled), Canceled, None),
        ] {
            let before = was.map(kept);
            assert_eq!(step(before.as_ref(), now, Timestamp(0)), expected, "{was:?} to {now:?}");
        }
    }
}
