//! E-mail domains: claimed by many, verified by one.

use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{AuditEntry, Effects, NoAnswer, OutboundRequest, StoredDomain};
use crate::{Actor, Person, Result, Services};
use contract::audit::AuditAction;
use contract::single_sign_on::{FILE_PATH, MAX_DOMAINS, RECORD_LABEL, RECORD_PREFIX};
use contract::{ErrorCode, PublicError};

/// Longest name of a domain (RFC 1035), less the label in front of it.
const MAX_NAME: usize = 253 - RECORD_LABEL.len() - 1;

/// What a record or file must say.
pub(super) fn record(token: &str) -> String {
    format!("{RECORD_PREFIX}{token}")
}

fn invalid(title: &str, detail: String, next: &str) -> crate::Error {
    PublicError::new(ErrorCode::Invalid, title, detail, next).at("domain").into()
}

/// The domain in an address or as it is entered, in lower case.
fn parse(text: &str) -> Result<String> {
    let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let numeric = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if name.len() <= MAX_NAME && name.contains('.') && name.split('.').all(label) && !numeric {
        return Ok(name);
    }
    Err(invalid(
        "This is not a domain",
        "A domain looks like example.com; names in other scripts are entered in their ASCII form (xn--…).".to_owned(),
        "Enter what stands behind the @ of your colleagues' addresses.",
    ))
}

fn event(services: &Services, actor: &Actor, person: &Person, action: AuditAction, domain: &str) -> AuditEntry {
    entry(services, actor, person.organization(), action, Subject::new("domain", domain, domain))
}

/// Claims a domain. Claiming it again changes nothing.
pub async fn add(services: &Services, actor: &Actor, text: &str) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let name = parse(text)?;
    let known = services.single_sign_on.domains(person.organization()).await?;
    if known.len() >= MAX_DOMAINS && !known.iter().any(|it| it.domain == name) {
        let detail = format!("An organization can have {MAX_DOMAINS} domains.");
        return Err(invalid("Too many domains", detail, "Remove one that is not used, then add this one."));
    }
    let effects = Effects::audited(event(services, actor, person, AuditAction::DomainAdded, &name));
    let domain = StoredDomain { domain: name, token: services.ids.secret(), verified_at: None };
    services.single_sign_on.add_domain(person.organization(), &domain, &effects, now).await?;
    Ok(())
}

async fn claimed(services: &Services, person: &Person, name: &str) -> Result<StoredDomain> {
    let known = services.single_sign_on.domains(person.organization()).await?;
    let found = known.into_iter().find(|it| it.domain == name);
    found.ok_or_else(|| PublicError::not_found("domain of yours").into())
}

/// The texts that were found, or why nothing could be.
type Found = std::result::Result<Vec<String>, NoAnswer>;

/// What was found, in a sentence.
fn seen(found: &Found, place: &str) -> String {
    match found {
        Err(cause) => format!("{place}: {cause}"),
        Ok(texts) if texts.is_empty() => format!("{place}: nothing is there."),
        Ok(_) => format!("{place}: something is there, but not what we look for."),
    }
}

async fn file(services: &Services, person: &Person, domain: &str) -> Found {
    let request = OutboundRequest::get(&format!("https://{domain}{FILE_PATH}"));
    let reply = services.outbound.send(person.organization(), request).await?;
    if reply.status != 200 {
        return Err(NoAnswer(format!("the answer is {}.", reply.status)));
    }
    Ok(String::from_utf8_lossy(&reply.body).lines().take(20).map(|line| line.trim().to_owned()).collect())
}

/// Looks for the record, then for the file; either proves the claim.
pub async fn verify(services: &Services, actor: &Actor, name: &str) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let domain = claimed(services, person, name).await?;
    if domain.verified_at.is_some() {
        return Ok(());
    }
    let expected = record(&domain.token);
    let proven = |found: &Found| found.as_ref().is_ok_and(|texts| texts.iter().any(|text| text.trim() == expected));
    let records = services.outbound.txt(&format!("{RECORD_LABEL}.{name}.")).await;
    if !proven(&records) {
        let lines = file(services, person, name).await;
        if !proven(&lines) {
            let detail = format!("{} {}", seen(&records, "DNS record"), seen(&lines, "File"));
            let next =
                "Publish one of the two as shown. New DNS records can take an hour to be seen; then verify again.";
            return Err(invalid("The domain is not verified yet", detail, next));
        }
    }
    let effects = Effects::audited(event(services, actor, person, AuditAction::DomainVerified, name));
    if services.single_sign_on.verify_domain(person.organization(), name, &effects, now).await? {
        return Ok(());
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "Another organization has verified this domain",
        "A domain belongs to one organization at a time.",
        "If it is yours too, ask that organization to remove it, or tell whoever runs this marketplace.",
    )
    .at("domain")
    .into())
}

/// Gives up a domain: people with addresses in it can't come in any more.
pub async fn remove(services: &Services, actor: &Actor, name: &str) -> Result<()> {
    let person = actor.require(Permission::ManageOrganization)?;
    person.fresh(services.clock.now())?;
    let domain = claimed(services, person, name).await?;
    let own = person.viewer.email.rsplit('@').next().unwrap_or_default();
    if person.bound && domain.verified_at.is_some() && own.eq_ignore_ascii_case(name) {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "You came in with this domain",
            "Without it you could not sign in again.",
            "Sign in another way, or let a colleague with another address remove it.",
        )
        .at("domain")
        .into());
    }
    let event = event(services, actor, person, AuditAction::DomainRemoved, name);
    services.single_sign_on.remove_domain(person.organization(), name, &Effects::audited(event)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn domains_are_plain_names() {
        assert_eq!(parse(" Northwind.Example. ").unwrap(), "northwind.example");
        assert_eq!(parse("xn--bcher-kva.example").unwrap(), "xn--bcher-kva.example");
        let long = format!("{}.example", "a.".repeat(130));
        for bad in [
            "",
            "example",
            "a..b",
            "-a.example",
            "a-.example",
            "127.0.0.1",
            "a@b.example",
            "bücher.example",
            "a b.example",
            "https://a.example",
            "a.example/x",
            "*.example.com",
            "[::1]",
            long.as_str(),
        ] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
