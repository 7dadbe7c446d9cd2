//! Connecting, changing and removing the issuer.

use super::roles;
use crate::audit::{Subject, entry};
use crate::notice::{Message, tell};
use crate::permission::Permission;
use crate::ports::{AuditEntry, Effects, OutboundRequest, RoleMapping, StoredIssuer};
use crate::{Actor, Person, Result, Services};
use contract::account::OrganizationRole;
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use contract::single_sign_on::GroupRole;
use contract::{ErrorCode, OrganizationId, PublicError};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// Purpose of the sealed client secret.
const SEALED: &str = "organization_issuer.client_secret";
/// Longest address, id and secret.
const MAX: usize = 2000;
/// Where the page is.
const PAGE: &str = "/settings/sign-in";

/// What the form says.
#[derive(Clone, Debug)]
pub struct NewIssuer {
    /// Its identifier.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Our secret there; empty keeps the one that is stored for this issuer and id.
    pub client_secret: Zeroizing<String>,
}

fn invalid(field: &str, title: &str, detail: String, next: &str) -> crate::Error {
    PublicError::new(ErrorCode::Invalid, title, detail, next).at(field).into()
}

fn event(services: &Services, actor: &Actor, person: &Person, action: AuditAction, issuer: &str) -> AuditEntry {
    entry(services, actor, person.organization(), action, Subject::new("issuer", issuer, issuer))
}

fn shown(mapping: &RoleMapping) -> Value {
    let groups: serde_json::Map<String, Value> =
        mapping.groups.iter().map(|(group, role)| (group.clone(), json!(role))).collect();
    json!({ "claim": mapping.claim, "groups": groups, "otherwise": mapping.otherwise })
}

/// The identifier as it is compared: OpenID Connect compares character by character, so only what surrounds it goes.
fn identifier(text: &str) -> Result<String> {
    let text = text.trim();
    let wrong = |detail: &str| {
        let next = "Enter the issuer as your identity provider shows it, such as https://login.example.com.";
        invalid("issuer", "This is not an issuer", detail.to_owned(), next)
    };
    let url = url::Url::parse(text).map_err(|_| wrong("It is not an address."))?;
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none() || text.len() > MAX {
        return Err(wrong("An issuer is an https address."));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("The address of an issuer has neither a query nor a user name."));
    }
    Ok(text.to_owned())
}

/// Reads the issuer's discovery document (OpenID Connect Discovery 1.0, section 4), to find mistakes before members do.
async fn discover(services: &Services, organization: &OrganizationId, issuer: &str) -> Result<()> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let failed = |detail: String| {
        invalid("issuer", "The issuer does not answer as one", detail, "Correct the address, or look after the issuer.")
    };
    let request = OutboundRequest::get(&address);
    let reply = services.outbound.send(organization, request).await.map_err(|cause| failed(cause.to_string()))?;
    if reply.status != 200 {
        return Err(failed(format!("{address} answers {}.", reply.status)));
    }
    let document: Value =
        serde_json::from_slice(&reply.body).map_err(|_| failed(format!("{address} is not a JSON document.")))?;
    if document["issuer"] != issuer {
        let named = document["issuer"].as_str().unwrap_or("nothing").chars().take(200).collect::<String>();
        return Err(failed(format!("Its document names another issuer: {named}.")));
    }
    for part in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        if document[part].as_str().is_none_or(str::is_empty) {
            return Err(failed(format!("Its document has no {part}.")));
        }
    }
    Ok(())
}

/// Tells the admins: who can change how people get in can let anybody in.
pub(super) async fn announce(services: &Services, person: &Person, effects: &mut Effects, title: String) -> Result<()> {
    let admins = services.notices.recipients(person.organization(), &[OrganizationRole::Admin.as_str()]).await?;
    let message = Message {
        kind: NoticeKind::Security,
        title,
        body: format!("{} did it. Look at the sign-in settings if this is news to you.", person.viewer.name),
        link: PAGE.to_owned(),
        mail_only: String::new(),
    };
    tell(services, effects, person.organization(), &admins, &message).await
}

/// Connects an issuer, or changes the one that is connected. Another issuer or id is another sign-in: sessions of the one
/// before end, and it is not required any more until it was tried.
pub async fn save(services: &Services, actor: &Actor, new: &NewIssuer) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let organization = person.organization();
    let issuer = identifier(&new.issuer)?;
    let client_id = new.client_id.trim().to_owned();
    if client_id.is_empty() || client_id.len() > MAX || client_id.chars().any(char::is_control) {
        let detail = "Your identity provider gives each application an id.".to_owned();
        return Err(invalid("client_id", "The client id is missing", detail, "Copy it from your identity provider."));
    }
    discover(services, organization, &issuer).await?;
    let before = services.single_sign_on.issuer_of(organization).await?;
    let same = before.as_ref().filter(|it| it.issuer == issuer && it.client_id == client_id);
    if before.is_some() && same.is_none() {
        // Their session would end, and nobody knows yet whether the new one lets anybody in.
        person.unbound("connect another issuer")?;
    }
    let secret = new.client_secret.trim();
    let client_secret = if secret.is_empty() {
        same.and_then(|it| it.client_secret.clone())
    } else {
        Some(services.vault.seal(organization, SEALED, secret.as_bytes()).await?)
    };
    let usual =
        || RoleMapping { claim: "groups".to_owned(), groups: Vec::new(), otherwise: Some(OrganizationRole::Member) };
    let stored = StoredIssuer {
        mapping: before.as_ref().map_or_else(usual, |it| it.mapping.clone()),
        proven_at: same.and_then(|it| it.proven_at),
        issuer: issuer.clone(),
        client_id: client_id.clone(),
        client_secret,
    };
    let mut event = event(services, actor, person, AuditAction::IssuerChanged, &issuer);
    if let Some(before) = &before {
        event = event.before(json!({ "issuer": before.issuer, "client_id": before.client_id }));
    }
    let after = json!({ "issuer": issuer, "client_id": client_id, "secret_changed": !secret.is_empty() });
    let mut effects = Effects::audited(event.after(after));
    let place = &person.viewer.organization_name;
    announce(services, person, &mut effects, format!("The sign-in of {place} was changed")).await?;
    services.single_sign_on.put_issuer(organization, &stored, same.is_none(), &effects, now).await
}

/// Opens the secret of an issuer, for the exchange with it.
pub(super) async fn secret(
    services: &Services,
    organization: &OrganizationId,
    issuer: &StoredIssuer,
) -> Result<Option<Zeroizing<String>>> {
    let Some(sealed) = &issuer.client_secret else { return Ok(None) };
    let plain = services.vault.open(organization, SEALED, sealed).await?;
    let text = std::str::from_utf8(&plain).map_err(|error| crate::Error::Seal(error.to_string()))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

fn nothing() -> crate::Error {
    PublicError::not_found("issuer of your organization").into()
}

/// Decides which group has which role.
pub async fn save_roles(
    services: &Services,
    actor: &Actor,
    claim: &str,
    lines: &[GroupRole],
    otherwise: &str,
) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let mapping = roles::parse(claim, lines, otherwise)?;
    let mut stored = services.single_sign_on.issuer_of(person.organization()).await?.ok_or_else(nothing)?;
    let event = event(services, actor, person, AuditAction::IssuerChanged, &stored.issuer);
    let effects = Effects::audited(event.before(shown(&stored.mapping)).after(shown(&mapping)));
    stored.mapping = mapping;
    services.single_sign_on.put_issuer(person.organization(), &stored, false, &effects, now).await
}

/// Removes the issuer. Who came in with it is a member as before, and needs another way to sign in.
pub async fn remove(services: &Services, actor: &Actor) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    person.fresh(services.clock.now())?;
    person.unbound("remove it")?;
    let stored = services.single_sign_on.issuer_of(person.organization()).await?.ok_or_else(nothing)?;
    let event = event(services, actor, person, AuditAction::IssuerRemoved, &stored.issuer);
    let mut effects = Effects::audited(event.before(json!({ "issuer": stored.issuer, "client_id": stored.client_id })));
    let place = &person.viewer.organization_name;
    announce(services, person, &mut effects, format!("The sign-in of {place} was removed")).await?;
    services.single_sign_on.remove_issuer(person.organization(), &effects).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn issuers_are_addresses() {
        assert_eq!(identifier(" https://login.example.com/ ").unwrap(), "https://login.example.com/");
        for bad in [
            "",
            "login.example.com",
            "ftp://a.example",
            "https://a.example?x=1",
            "https://a.example#x",
            "https://me:secret@a.example",
            "javascript:alert(1)",
            "https://",
        ] {
            assert!(identifier(bad).is_err(), "{bad}");
        }
    }
}
