//! Agreeing on shares. A rule is never changed: it ends, and another follows, so that every statement stays explained.

use super::share::{Scope, ShareRule};
use super::split::BasisPoints;
use crate::audit::{Subject, system_entry};
use crate::ports::Effects;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, PublicError, Timestamp};
use serde_json::{Value, json};

/// A rule for people.
pub fn described(scope: &Scope) -> String {
    match scope {
        Scope::Contract(contract) => format!("contract {contract}"),
        Scope::Feature(listing, feature) => format!("feature {feature} of {listing}"),
        Scope::Listing(listing, kind) => format!("{listing}, {}", kind.as_str()),
        Scope::Partner(partner, kind) => format!("everything of {partner}, {}", kind.as_str()),
    }
}

fn shown(rule: &ShareRule) -> Value {
    json!({
        "scope": described(&rule.scope),
        "basis_points": rule.partner.get(),
        "from": rule.from.rfc3339(),
        "until": rule.until.map(Timestamp::rfc3339),
    })
}

fn system(actor: &Actor) -> Result<()> {
    if *actor == Actor::System { Ok(()) } else { Err(PublicError::forbidden("agree on shares").into()) }
}

fn invalid(field: &str, detail: &str, next: &str) -> PublicError {
    PublicError::new(ErrorCode::Invalid, "This can't be agreed", detail, next).at(field)
}

/// Everything that was ever agreed, the oldest first.
pub async fn shares(services: &Services, actor: &Actor) -> Result<Vec<ShareRule>> {
    system(actor)?;
    services.share_rules.share_rules().await
}

/// Agrees on a share from then on; `from` may be now or later.
pub async fn agree(
    services: &Services,
    actor: &Actor,
    scope: Scope,
    partner: BasisPoints,
    from: Option<Timestamp>,
) -> Result<ShareRule> {
    system(actor)?;
    let there = match &scope {
        Scope::Contract(_) => true,
        Scope::Feature(listing, _) | Scope::Listing(listing, _) => services.catalogue.listing(listing).await?.is_some(),
        Scope::Partner(partner, _) => services.catalogue.partner(partner).await?.is_some(),
    };
    if !there {
        return Err(PublicError::not_found("listing or partner of this id").into());
    }
    let now = services.clock.now();
    if from.is_some_and(|from| from < now) {
        let next = "Leave the day out to begin now, or name a later one.";
        return Err(invalid("from", "What was sold before today was divided already.", next).into());
    }
    let id = services.ids.id("shr", now);
    let rule = ShareRule { id, scope, partner, from: from.unwrap_or(now), until: None };
    let subject = Subject::new("share_rule", &rule.id, described(&rule.scope));
    let event = system_entry(services, actor, AuditAction::ShareAgreed, subject).after(shown(&rule));
    services.share_rules.add_share_rule(&rule, &Effects::audited(event)).await?;
    Ok(rule)
}

/// Ends a rule, now or later.
pub async fn end(services: &Services, actor: &Actor, id: &str, until: Option<Timestamp>) -> Result<ShareRule> {
    system(actor)?;
    let found = services.share_rules.share_rules().await?.into_iter().find(|rule| rule.id == id);
    let mut rule = found.ok_or_else(|| PublicError::not_found("share rule of this id"))?;
    let ended = || {
        let next = "Add another rule; the one in force last counts.";
        invalid("id", "This rule has an end already.", next)
    };
    if rule.until.is_some() {
        return Err(ended().into());
    }
    let now = services.clock.now();
    let until = until.unwrap_or(now).max(rule.from);
    if until < now {
        let next = "Leave the day out to end it now, or name a later one.";
        return Err(invalid("until", "What was sold before today was divided already.", next).into());
    }
    let before = shown(&rule);
    rule.until = Some(until);
    let subject = Subject::new("share_rule", &rule.id, described(&rule.scope));
    let event = system_entry(services, actor, AuditAction::ShareEnded, subject).before(before).after(shown(&rule));
    if !services.share_rules.end_share_rule(id, until, &Effects::audited(event)).await? {
        return Err(ended().into());
    }
    Ok(rule)
}
