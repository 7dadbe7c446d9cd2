//! Somebody comes in whom the organization's issuer vouches for.

use super::roles;
use crate::audit::{Subject, entry};
use crate::identity::{Begin, arrival, begin_session};
use crate::ports::{Effects, Entrant, ExternalIdentity, Member, MemberChange};
use crate::{Origin, Services};
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::{OrganizationId, SessionId, UserId};
use serde_json::{Value, json};

/// What the issuer says.
#[derive(Clone, Debug)]
pub struct Vouched {
    /// Who it is there.
    pub identity: ExternalIdentity,
    /// The claim that names their groups.
    pub groups: Option<Value>,
}

/// Why somebody can't come in.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The issuer does not vouch for the address.
    #[error("the issuer does not say that the address is verified")]
    Unverified,
    /// The address is in no domain that the organization has verified.
    #[error("the address is in no verified domain of the organization")]
    Domain,
    /// No role is meant for them.
    #[error("none of their groups has a role")]
    Role,
    /// The organization or its issuer went in this moment.
    #[error("the organization's sign-in changed in this moment")]
    Gone,
    /// Something failed.
    #[error(transparent)]
    Failed(#[from] crate::Error),
}

/// Whether the organization may vouch for this address.
async fn in_its_domains(services: &Services, organization: &OrganizationId, address: &str) -> crate::Result<bool> {
    let Some((_, domain)) = address.rsplit_once('@') else { return Ok(false) };
    let owner = services.single_sign_on.organization_of_domain(&domain.to_ascii_lowercase()).await?;
    Ok(owner.as_ref() == Some(organization))
}

/// Who they are here: whom this identity belongs to already; else the member with this very address, which is theirs
/// because the organization owns its domain; else somebody new.
async fn who(services: &Services, members: &[Member], identity: &ExternalIdentity) -> crate::Result<UserId> {
    if let Some(known) = services.identities.known_person(identity).await? {
        return Ok(known);
    }
    let same = |it: &&Member| it.email_verified && it.email.eq_ignore_ascii_case(&identity.email);
    let mut found = members.iter().filter(same);
    Ok(match (found.next(), found.next()) {
        (Some(one), None) => one.person.clone(),
        _ => UserId(services.ids.id("usr", services.clock.now())),
    })
}

/// Signs them in for this organization and no other; the first time they become a member. Gives the token of the session.
pub async fn arrive(
    services: &Services,
    organization: &OrganizationId,
    vouched: &Vouched,
    origin: &Origin,
    previous: Option<&str>,
) -> Result<String, Refused> {
    let identity = &vouched.identity;
    if !identity.email_verified {
        return Err(Refused::Unverified);
    }
    if !in_its_domains(services, organization, &identity.email).await? {
        return Err(Refused::Domain);
    }
    let stored = services.single_sign_on.issuer_of(organization).await?.ok_or(Refused::Gone)?;
    if stored.issuer != identity.issuer {
        return Err(Refused::Gone);
    }
    let now = services.clock.now();
    let session = SessionId(services.ids.id("ses", now));
    let members = services.organizations.members(organization).await?;
    let person = who(services, &members, identity).await?;
    let was = members.iter().find(|it| it.person == person).map(|it| it.role);
    let groups = roles::groups(vouched.groups.as_ref());
    let mut is = roles::role(&stored.mapping, &groups, was).ok_or(Refused::Role)?;
    let other_admin = members.iter().any(|it| it.role == OrganizationRole::Admin && it.person != person);
    if was == Some(OrganizationRole::Admin) && !other_admin {
        // An organization keeps an admin, whatever the groups say.
        is = OrganizationRole::Admin;
    }
    let entrant = Entrant {
        organization: organization.clone(),
        identity: identity.clone(),
        person: person.clone(),
        was,
        is,
        at: now,
    };
    let by = (&person, identity, &session);
    let mut effects = Effects::default();
    match was {
        None => {
            let event = arrival(services, by, organization, AuditAction::MemberJoined, origin);
            effects.audit.push(event.after(json!({ "role": is, "issuer": identity.issuer })));
        }
        Some(was) if was != is => {
            let subject = Subject::new("person", &person, &identity.name);
            let event = entry(services, &crate::Actor::System, organization, AuditAction::MemberRoleChanged, subject);
            let event = event.before(json!({ "role": was }));
            effects.audit.push(event.after(json!({ "role": is, "issuer": identity.issuer, "groups": groups })));
        }
        Some(_) => {}
    }
    if services.single_sign_on.arrive(&entrant, &effects).await? != MemberChange::Done {
        return Err(Refused::Gone);
    }
    let begin = Begin { id: session, user: person, organization: organization.clone(), bound: true };
    Ok(begin_session(services, begin, identity, origin, previous).await?)
}
