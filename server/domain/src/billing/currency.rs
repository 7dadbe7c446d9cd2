//! The currency an organization sees prices and pays in.

use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::Effects;
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::money::Currency;
use contract::{ErrorCode, OrganizationId, PublicError};
use serde_json::json;

/// The currency that somebody's organization pays in.
pub async fn currency(services: &Services, person: &Person) -> Result<Currency> {
    currency_of(services, person.organization()).await
}

/// The currency that an organization pays in.
pub(crate) async fn currency_of(services: &Services, organization: &OrganizationId) -> Result<Currency> {
    let found = services.organizations.organization(organization).await?;
    Ok(found.map_or(Currency::USD, |it| it.currency))
}

/// Whether it can't be chosen any more: the processor never changes the currency of a customer who has subscribed.
pub async fn currency_is_fixed(services: &Services, organization: &OrganizationId) -> Result<bool> {
    Ok(!services.billing.subscriptions_of(organization).await?.is_empty())
}

/// Chooses the currency, by its code.
pub async fn set_currency(services: &Services, actor: &Actor, code: &str) -> Result<()> {
    let person = actor.require(Permission::ManageBilling)?;
    let chosen = Currency::parse(code).ok_or_else(unknown)?;
    let old = currency(services, person).await?;
    if chosen == old {
        return Ok(());
    }
    if currency_is_fixed(services, person.organization()).await? {
        return Err(fixed(old).into());
    }
    let subject = Subject::new("organization", person.organization(), &person.viewer.organization_name);
    let event = entry(services, actor, person.organization(), AuditAction::OrganizationCurrency, subject);
    let event = event.before(json!({ "currency": old })).after(json!({ "currency": chosen }));
    let effects = Effects::audited(event);
    if services.organizations.set_currency(person.organization(), (old, chosen), &effects).await? {
        return Ok(());
    }
    let fixed_by_now = currency_is_fixed(services, person.organization()).await?;
    Err(if fixed_by_now { fixed(old) } else { stale() }.into())
}

fn stale() -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "Somebody else chose another currency just now",
        "Yours was not stored.",
        "Look at what is chosen now, and choose again if it is not what you want.",
    )
    .at("currency")
}

fn unknown() -> PublicError {
    PublicError::new(
        ErrorCode::Invalid,
        "This currency is not known",
        "Nothing is charged in it here.",
        "Choose one from the list.",
    )
    .at("currency")
}

fn fixed(old: Currency) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "The currency can't be changed any more",
        format!(
            "The organization has subscribed in {old}, and whoever subscribed once always pays in the same currency."
        ),
        "Create another organization for what is to be paid in another currency.",
    )
    .at("currency")
}
