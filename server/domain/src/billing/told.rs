//! Telling whoever looks after money, and what is told once only.

use crate::notice::{Message, tell};
use crate::ports::Effects;
use crate::{Result, Services};
use contract::OrganizationId;
use contract::account::OrganizationRole;
use contract::notice::NoticeKind;

/// Page of the bill.
pub(super) const BILLING: &str = "/billing";

/// A message about money.
pub(super) fn message(kind: NoticeKind, title: String, body: String) -> Message {
    Message { kind, title, body, link: BILLING.to_owned(), mail_only: String::new() }
}

/// Adds notices and mail for billing admins and admins.
pub(super) async fn announce(
    services: &Services,
    effects: &mut Effects,
    organization: &OrganizationId,
    message: &Message,
) -> Result<()> {
    let roles = [OrganizationRole::BillingAdmin.as_str(), OrganizationRole::Admin.as_str()];
    let people = services.notices.recipients(organization, &roles).await?;
    tell(services, effects, organization, &people, message).await
}

/// Tells them, unless something with this key was told before. Gives whether it was told now.
pub(super) async fn once(
    services: &Services,
    key: &str,
    organization: &OrganizationId,
    message: &Message,
) -> Result<bool> {
    if services.spending.told_once(key).await? {
        return Ok(false);
    }
    let mut effects = Effects::default();
    announce(services, &mut effects, organization, message).await?;
    services.spending.tell_once(key, organization, &effects, services.clock.now()).await
}

/// Of thresholds in percent that were reached, the highest is told, each once: whoever is at 100 % need not hear of 80 any
/// more. `key` names what the thresholds are of; `message` says what to tell of one.
pub(super) async fn threshold(
    services: &Services,
    key: &str,
    organization: &OrganizationId,
    reached: &[u32],
    message: &(dyn Fn(u32) -> Message + Sync),
) -> Result<bool> {
    let Some((highest, below)) = reached.split_last() else { return Ok(false) };
    let told = once(services, &format!("{key}:{highest}"), organization, &message(*highest)).await?;
    if told {
        let now = services.clock.now();
        for percent in below {
            let key = format!("{key}:{percent}");
            services.spending.tell_once(&key, organization, &Effects::default(), now).await?;
        }
    }
    Ok(told)
}

/// Which of these percents of a whole are reached.
pub(super) fn reached(part: i64, whole: i64, percents: &[u32]) -> Vec<u32> {
    let is_reached = |percent: &&u32| whole > 0 && i128::from(part) * 100 >= i128::from(whole) * i128::from(**percent);
    percents.iter().filter(is_reached).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_reached_exactly() {
        assert_eq!(reached(79, 100, &[80, 100]), Vec::<u32>::new());
        assert_eq!(reached(80, 100, &[80, 100]), [80]);
        assert_eq!(reached(i64::MAX, i64::MAX, &[50, 80, 100]), [50, 80, 100]);
        assert_eq!(reached(5, 0, &[80]), Vec::<u32>::new());
    }
}
