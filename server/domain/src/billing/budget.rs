//! How much an organization means to spend in a calendar month, and telling people in time.

use super::cap::watch_caps;
use super::currency::currency_of;
use super::told::{message, reached, threshold};
use super::usage::usage;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{Budget, Effects, InvoiceStatus};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::budget::{ALERTS, BudgetView};
use contract::money::{Currency, Money};
use contract::notice::NoticeKind;
use contract::{ErrorCode, OrganizationId, PublicError};
use serde_json::{Value, json};

/// Kind of the job that looks at budgets and caps. Key: `daily`.
pub const SPEND_JOB: &str = "spend";

/// What the processor takes at most.
const MOST: i64 = 99_999_999_999;

/// What was spent in this month, with the budget there is.
async fn view(services: &Services, organization: &OrganizationId) -> Result<BudgetView> {
    let budget = services.spending.budget(organization).await?;
    let currency = match &budget {
        Some(budget) => budget.amount.currency,
        None => currency_of(services, organization).await?,
    };
    let month = services.clock.now().month_start();
    let mut invoiced = Money::new(0, currency);
    for it in services.billing.invoices_of(organization).await? {
        let counts = matches!(it.status, InvoiceStatus::Open | InvoiceStatus::Paid) && it.created >= month;
        invoiced = counts.then(|| invoiced.plus(it.total)).flatten().unwrap_or(invoiced);
    }
    let mut used = Money::new(0, currency);
    for it in services.billing.subscriptions_of(organization).await? {
        let live = super::entitlement_of(&it, services.clock.now()).works();
        if let Some(usage) = if live { usage(services, &it).await? } else { None } {
            used = used.plus(usage.cost_so_far).unwrap_or(used);
        }
    }
    Ok(BudgetView {
        amount: budget.as_ref().map(|it| it.amount),
        alerts: budget.map_or_else(|| ALERTS.to_vec(), |it| it.alerts),
        spent: invoiced.plus(used).unwrap_or(invoiced),
        invoiced,
        used,
        month,
    })
}

/// The budget, for whoever sees the bill.
pub async fn budget(services: &Services, actor: &Actor) -> Result<BudgetView> {
    view(services, actor.require(Permission::SeeBilling)?.organization()).await
}

/// An amount as people write it: `1,200` or `1200.50`; nothing where the field is empty.
fn read(text: &str, currency: Currency) -> Result<Option<Money>> {
    let text: String = text.chars().filter(|it| !it.is_whitespace() && *it != ',').collect();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = currency.digits() as usize;
    let plain = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    let written =
        (plain(whole) && plain(fraction) && fraction.len() <= digits).then(|| format!("{whole}{fraction:0<digits$}"));
    let minor = written.and_then(|it| it.parse::<i64>().ok()).filter(|it| (1..=MOST).contains(it));
    let wrong = || {
        let detail = format!("A budget is an amount above zero in {currency}, with {digits} decimals at most.");
        PublicError::new(
            ErrorCode::Invalid,
            "This is no amount",
            detail,
            "Write it like 1200.50, or nothing for no budget.",
        )
        .at("amount")
    };
    Ok(Some(Money::new(minor.ok_or_else(wrong)?, currency)))
}

fn picture(budget: Option<&Budget>) -> Value {
    budget.map_or(Value::Null, |it| json!({ "amount": it.amount, "alerts": it.alerts }))
}

/// Sets the budget of a month, in the organization's currency; an empty amount takes it away. `alerts` are percents at which
/// people are told: 50, 80, 100.
pub async fn set_budget(services: &Services, actor: &Actor, amount: &str, alerts: &[u32]) -> Result<()> {
    let organization = actor.require(Permission::ManageBilling)?.organization();
    let old = services.spending.budget(organization).await?;
    let amount = read(amount, currency_of(services, organization).await?)?;
    let alerts: Vec<u32> = ALERTS.into_iter().filter(|it| alerts.contains(it)).collect();
    let new = amount.map(|amount| Budget { organization: organization.clone(), amount, alerts });
    if old == new {
        return Ok(());
    }
    let subject = Subject::new("organization", organization, "Budget");
    let event = entry(services, actor, organization, AuditAction::BudgetSet, subject);
    let effects = Effects::audited(event.before(picture(old.as_ref())).after(picture(new.as_ref())));
    services.spending.set_budget(organization, new.as_ref(), &effects, services.clock.now()).await?;
    watch_budget(services, organization).await
}

/// Tells people when a part of the budget is spent, once for each part and month.
pub(super) async fn watch_budget(services: &Services, organization: &OrganizationId) -> Result<()> {
    let Some(budget) = services.spending.budget(organization).await? else { return Ok(()) };
    let now = view(services, organization).await?;
    let reached = reached(now.spent.minor, budget.amount.minor, &budget.alerts);
    let tell = |percent: u32| {
        let title = match percent {
            100 => format!("The budget of {} is spent", now.month.month()),
            _ => format!("{percent} % of the budget of {} is spent", now.month.month()),
        };
        let body = format!(
            "{} of {} are spent: {} on invoices, {} used and not billed yet. A budget stops nothing; a cap of a plan does.",
            now.spent, budget.amount, now.invoiced, now.used
        );
        message(NoticeKind::Spending, title, body)
    };
    let key = format!("budget:{organization}:{}:{}", now.month.0, budget.amount.minor);
    threshold(services, &key, organization, &reached, &tell).await.map(|_| ())
}

/// Looks at all budgets and caps.
pub async fn watch_spending(services: &Services) -> Result<()> {
    for budget in services.spending.budgets().await? {
        watch_budget(services, &budget.organization).await?;
    }
    watch_caps(services).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let minor = |text: &str, currency| read(text, currency).ok().map(|it| it.map_or(0, |it| it.minor));
        assert_eq!(minor("1,200", Currency::USD), Some(120_000));
        assert_eq!(minor(" 1200.5 ", Currency::USD), Some(120_050));
        assert_eq!(minor("0.01", Currency::USD), Some(1));
        assert_eq!(minor("1200", Currency::JPY), Some(1_200));
        assert_eq!(minor("1.234", Currency::KWD), Some(1_234));
        assert_eq!(minor("", Currency::USD), Some(0));
        for wrong in ["0", "-1", "1.005", "1e5", "1.2.3", "$5", "99999999999999999999", ".", "½"] {
            assert_eq!(minor(wrong, Currency::USD), None, "{wrong}");
        }
        assert_eq!(minor("1.5", Currency::JPY), None);
    }
}
