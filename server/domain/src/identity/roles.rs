//! Roles beyond an organization: among the marketplace's staff, in a partner's team. Whoever runs the marketplace gives
//! them, to people whom an issuer vouches for.

use crate::audit::{Subject, system_entry};
use crate::ports::{Effects, Holder};
use crate::{Actor, Result, Services};
use contract::account::{PartnerRole, StaffRole};
use contract::audit::AuditAction;
use contract::{ErrorCode, PartnerId, PublicError};
use serde_json::{Value, json};

/// What somebody is beside a member of organizations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Their role among the staff.
    pub staff: Option<StaffRole>,
    /// The partner they publish for, and their role in its team.
    pub partner: Option<(PartnerId, PartnerRole)>,
}

fn shown(roles: &Roles) -> Value {
    let partner = roles.partner.as_ref().map(|(id, role)| json!({ "id": id, "role": role }));
    json!({ "staff": roles.staff, "partner": partner })
}

/// The one person with this verified address.
async fn holder(services: &Services, email: &str) -> Result<Holder> {
    let mut found = services.identities.holders(email).await?;
    let problem = |title: &str, detail: String, next: &str| PublicError::new(ErrorCode::NotFound, title, detail, next);
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(problem(
            "Nobody has this address",
            format!("No sign-in service vouches for {email}, or nobody has signed in with it yet."),
            "Let them sign in once, then give them the role.",
        )
        .into()),
        (Some(_), false) => Err(problem(
            "Several people have this address",
            format!("More than one account has the verified address {email}."),
            "Let them delete the accounts they don't use, then give the role.",
        )
        .into()),
    }
}

/// Changes the roles of whoever has a verified address; gives their name and what they are now. `change` gets what they
/// were.
pub async fn assign(
    services: &Services,
    actor: &Actor,
    email: &str,
    change: impl FnOnce(Roles) -> Roles + Send,
) -> Result<(String, Roles)> {
    if *actor != Actor::System {
        return Err(PublicError::forbidden("give roles").into());
    }
    let holder = holder(services, email.trim()).await?;
    let roles = change(holder.roles.clone());
    if let Some((partner, _)) = &roles.partner
        && services.catalogue.partner(partner).await?.is_none()
    {
        return Err(PublicError::not_found("partner of this id").into());
    }
    if roles != holder.roles {
        let subject = Subject::new("person", &holder.person, &holder.name);
        let event = system_entry(services, actor, AuditAction::RolesChanged, subject);
        let event = event.before(shown(&holder.roles)).after(shown(&roles));
        services.identities.set_roles(&holder.person, &roles, &Effects::audited(event)).await?;
    }
    Ok((holder.name, roles))
}
