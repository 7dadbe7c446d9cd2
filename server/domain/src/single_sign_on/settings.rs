//! What the page of the organization's sign-in shows.

use super::domains::record;
use crate::permission::Permission;
use crate::ports::{StoredDomain, StoredIssuer};
use crate::{Actor, Result, Services};
use contract::single_sign_on::{DomainView, FILE_PATH, GroupRole, IssuerView, RECORD_LABEL, SignInSettings};
use contract::{OrganizationId, PublicError};

/// Where the issuer sends people back to.
fn callback(services: &Services, organization: &OrganizationId) -> String {
    format!("{}/auth/{organization}/callback", services.settings.public_url)
}

fn issuer(it: StoredIssuer) -> IssuerView {
    let group = |(group, role): (String, contract::account::OrganizationRole)| GroupRole {
        group,
        role: role.as_str().to_owned(),
    };
    IssuerView {
        issuer: it.issuer,
        client_id: it.client_id,
        has_secret: it.client_secret.is_some(),
        groups_claim: it.mapping.claim,
        roles: it.mapping.groups.into_iter().map(group).collect(),
        otherwise: it.mapping.otherwise,
        proven_at: it.proven_at,
    }
}

fn domain(it: StoredDomain) -> DomainView {
    DomainView {
        record_name: format!("{RECORD_LABEL}.{}", it.domain),
        record_value: record(&it.token),
        file: format!("https://{}{FILE_PATH}", it.domain),
        domain: it.domain,
        verified_at: it.verified_at,
    }
}

/// The organization's sign-in.
pub async fn settings(services: &Services, actor: &Actor) -> Result<SignInSettings> {
    let person = actor.require(Permission::ManageOrganization)?;
    let id = person.organization();
    let organization = services.organizations.organization(id).await?;
    let organization = organization.ok_or_else(|| PublicError::not_found("organization"))?;
    Ok(SignInSettings {
        organization: organization.name,
        key: id.0.clone(),
        callback: callback(services, id),
        issuer: services.single_sign_on.issuer_of(id).await?.map(issuer),
        domains: services.single_sign_on.domains(id).await?.into_iter().map(domain).collect(),
        required: organization.sign_in_required,
        bound: person.bound,
    })
}
