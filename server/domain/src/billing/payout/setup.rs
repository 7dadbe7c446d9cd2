//! Setting payouts up: the processor asks the partner what it needs to know, on its own pages.

use crate::audit::{Subject, system_entry};
use crate::permission::Permission;
use crate::ports::{Effects, PartnerAccount, Selling};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, PublicError};
use serde_json::json;

/// Where the partner goes to fill in what the processor needs. Makes their account first, if there is none.
pub async fn set_up(services: &Services, actor: &Actor) -> Result<String> {
    let person = actor.require(Permission::ManageRevenue)?;
    let partner = person.viewer.partner.clone();
    let partner = partner.ok_or_else(|| PublicError::forbidden(Permission::ManageRevenue.what()))?;
    if services.payments.selling() == Selling::Off {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "Payments are not configured",
            "This marketplace takes no payments, so there is nothing to pay out.",
            "Ask whoever runs the marketplace.",
        )
        .into());
    }
    let known = services.catalogue.partner(&partner).await?.ok_or_else(|| PublicError::not_found("partner"))?;
    let account = if let Some(account) = services.partner_accounts.account_of(&partner).await? {
        account
    } else {
        let asked = services.clock.now();
        let state = services.payouts.create_account(&partner, &known.name).await?;
        let subject = Subject::new("partner", &partner, &known.name);
        let event = system_entry(services, actor, AuditAction::PayoutsSetUp, subject);
        let effects = Effects::audited(event.after(json!({ "account": state.id })));
        services.partner_accounts.add_account(&PartnerAccount { partner, state }, asked, &effects).await?
    };
    let page = format!("{}/partner/revenue", services.settings.public_url);
    let (back, again) = (format!("{page}?payouts=back"), format!("{page}?payouts=again"));
    services.payouts.account_link(&account.state.id, &back, &again).await
}
