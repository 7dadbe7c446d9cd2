//! API tokens: made and revoked by their owner, shown once, never worth more than their owner's role.

use crate::audit::{Subject, entry};
use crate::identity::sha256_hex;
use crate::notice::{Message, tell};
use crate::permission::Permission;
use crate::ports::{Effects, NewToken};
use crate::{Actor, Origin, Person, Result, Services, Via};
use contract::audit::AuditAction;
use contract::notice::NoticeKind;
use contract::token::{Scope, TokenView};
use contract::{ErrorCode, PublicError, TokenId};
use serde_json::json;

/// What every secret begins with, so that scanners find leaked ones.
pub const PREFIX: &str = "oct_";
/// Characters of the secret that are kept to tell tokens apart.
const HINT: usize = 8;
/// Longest name.
const MAX_NAME: usize = 80;
/// Tokens a person may have in an organization.
const MAX_TOKENS: usize = 20;
/// Longest life, in days.
pub const MAX_DAYS: u32 = 365;
const DAY_MS: i64 = 86_400_000;

fn invalid(field: &str, title: &str, detail: String, next_step: &str) -> crate::Error {
    PublicError::new(ErrorCode::Invalid, title, detail, next_step).at(field).into()
}

/// Makes a token; gives it and its secret, which is not kept.
pub async fn create(
    services: &Services,
    actor: &Actor,
    name: &str,
    scopes: &[Scope],
    days: u32,
) -> Result<(TokenView, String)> {
    let person = actor.require(Permission::ManageTokens)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        let detail = format!("A name has 1 to {MAX_NAME} characters.");
        return Err(invalid(
            "name",
            "A token needs a name",
            detail,
            "Say what the token is for, such as “backup script”.",
        ));
    }
    if scopes.is_empty() {
        let detail = "A token without a scope can do nothing.".to_owned();
        return Err(invalid("scopes", "Pick a scope", detail, "Pick at least one scope."));
    }
    if !(1..=MAX_DAYS).contains(&days) {
        let detail = format!("A token lives for 1 to {MAX_DAYS} days.");
        return Err(invalid("days", "This is not possible", detail, "Pick another number of days."));
    }
    let (organization, user) = (person.organization(), person.user());
    if services.tokens.tokens(organization, user, now).await?.len() >= MAX_TOKENS {
        let detail = format!("There are {MAX_TOKENS} tokens already.");
        return Err(
            PublicError::new(ErrorCode::Conflict, "Too many tokens", detail, "Revoke one that is not used.").into()
        );
    }
    let secret = format!("{PREFIX}{}", services.ids.secret());
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    scopes.dedup();
    let view = TokenView {
        id: TokenId(services.ids.id("tok", now)),
        name: name.to_owned(),
        hint: secret.chars().take(HINT).collect(),
        scopes,
        created_at: now,
        expires_at: now.plus_ms(i64::from(days) * DAY_MS),
        last_used_at: None,
    };
    let new = NewToken {
        view: view.clone(),
        person: user.clone(),
        organization: organization.clone(),
        hash: sha256_hex(&secret),
    };
    let event = entry(services, actor, organization, AuditAction::TokenCreated, Subject::new("token", &view.id, name))
        .after(json!({ "scopes": view.scopes, "expires_at": view.expires_at.rfc3339() }));
    let mut effects = Effects::audited(event);
    // Its owner hears of it, also when somebody else was at their screen.
    let owner = services.notices.recipient(user).await?;
    let message = Message {
        kind: NoticeKind::Security,
        title: "An API token was made for your account".to_owned(),
        body: format!("“{name}” may be used until {}. Revoke it if it was not you.", view.expires_at.date()),
        link: "/settings/tokens".to_owned(),
        mail_only: String::new(),
    };
    tell(services, &mut effects, organization, owner.as_slice(), &message).await?;
    services.tokens.create_token(&new, &effects).await?;
    Ok((view, secret))
}

/// One's own tokens for the organization one acts for.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<TokenView>> {
    let person = actor.require(Permission::ManageTokens)?;
    services.tokens.tokens(person.organization(), person.user(), services.clock.now()).await
}

/// Revokes one of one's own tokens: it is refused from the next request on.
pub async fn revoke(services: &Services, actor: &Actor, id: &TokenId) -> Result<()> {
    let person = actor.require(Permission::ManageTokens)?;
    let (organization, user) = (person.organization(), person.user());
    let now = services.clock.now();
    let known = services.tokens.tokens(organization, user, now).await?.into_iter().find(|token| token.id == *id);
    let token = known.ok_or_else(|| PublicError::not_found("token"))?;
    let subject = Subject::new("token", id, &token.name);
    let event = entry(services, actor, organization, AuditAction::TokenRevoked, subject);
    services.tokens.revoke_token(organization, user, id, &Effects::audited(event), now).await?;
    Ok(())
}

/// Who is behind a secret. Unknown, expired and revoked ones get the same answer.
pub async fn actor(services: &Services, secret: &str, origin: Origin) -> Result<Actor> {
    let found = services.tokens.token_owner(&sha256_hex(secret), services.clock.now()).await?;
    let owner = found.ok_or_else(|| {
        PublicError::new(
            ErrorCode::SignInRequired,
            "The token is not valid",
            "It is unknown, expired or revoked.",
            "Make a new token under Settings, API tokens.",
        )
    })?;
    let via = Via::Token(owner.id, owner.scopes);
    Ok(Actor::Person(Box::new(Person { viewer: owner.viewer, via, origin, bound: false })))
}
