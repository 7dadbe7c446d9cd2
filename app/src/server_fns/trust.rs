//! Tokens, notices, the audit trail.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::audit::{AuditPage, AuditQuery};
use contract::notice::Inbox;
use contract::token::{NewTokenView, TokenList};
use contract::{NoticeId, TokenId};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// A page of the audit trail.
#[server(prefix = "/api/fn", endpoint = "audit_trail", input = GetUrl, output = Text)]
pub async fn audit_trail(
    #[server(default)] action: String,
    #[server(default)] actor: String,
    #[server(default)] subject: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] before: Option<i64>,
) -> Result<AuditPage, Problem> {
    use crate::context::{actor as who, answer, services};
    let query = AuditQuery { action, actor, subject, from, to, before };
    answer(domain::audit::page(&services(), &who(), &query).await)
}

/// The inbox and the choices of mail.
#[server(name = FetchInbox, prefix = "/api/fn", endpoint = "inbox", input = GetUrl, output = Text)]
pub async fn inbox() -> Result<Inbox, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::notice::inbox(&services(), &actor()).await)
}

/// Marks one notice as read, or all where none is named.
#[server(prefix = "/api/fn", endpoint = "mark_read", output = Text)]
pub async fn mark_read(#[server(default)] id: Option<NoticeId>) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    let id = id.filter(|id| !id.as_str().is_empty());
    answer(domain::notice::mark_read(&services(), &actor(), id.as_ref()).await)?;
    leptos_axum::redirect("/inbox");
    Ok(())
}

/// Chooses when notices of a kind are sent by mail.
#[server(prefix = "/api/fn", endpoint = "set_preference", output = Text)]
pub async fn set_preference(kind: String, choice: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::notice::set_preference(&services(), &actor(), &kind, &choice).await)?;
    leptos_axum::redirect("/inbox");
    Ok(())
}

/// One's own API tokens.
#[server(prefix = "/api/fn", endpoint = "api_tokens", input = GetUrl, output = Text)]
pub async fn api_tokens() -> Result<TokenList, Problem> {
    use crate::context::{actor, answer, services};
    let (services, actor) = (services(), actor());
    let tokens = answer(domain::token::list(&services, &actor).await)?;
    let hints: Vec<&str> = tokens.iter().map(|token| token.hint.as_str()).collect();
    let made = crate::context::Flash::Token.take(&hints).and_then(|secret| {
        let token = tokens.iter().find(|token| secret.starts_with(&token.hint))?.clone();
        Some(NewTokenView { token, secret })
    });
    Ok(TokenList { made, tokens, now: services.clock.now() })
}

/// Makes a token. Its secret is in this answer and nowhere else.
#[server(prefix = "/api/fn", endpoint = "create_token", output = Text)]
pub async fn create_token(
    name: String,
    #[server(default)] scopes: Vec<String>,
    days: u32,
) -> Result<NewTokenView, Problem> {
    use crate::context::{actor, answer, services};
    let scopes: Vec<_> = scopes.iter().filter_map(|scope| contract::token::Scope::parse(scope)).collect();
    let (token, secret) = answer(domain::token::create(&services(), &actor(), &name, &scopes, days).await)?;
    crate::context::Flash::Token.leave(&secret);
    leptos_axum::redirect("/settings/tokens");
    Ok(NewTokenView { token, secret })
}

/// Revokes a token.
#[server(prefix = "/api/fn", endpoint = "revoke_token", output = Text)]
pub async fn revoke_token(id: TokenId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::token::revoke(&services(), &actor(), &id).await)?;
    leptos_axum::redirect("/settings/tokens");
    Ok(())
}

/// Asks for a page of the audit trail.
pub fn ask_audit_trail(query: AuditQuery) -> Ask {
    let mut fields = vec![
        ("action", query.action.clone()),
        ("actor", query.actor.clone()),
        ("subject", query.subject.clone()),
        ("from", query.from.clone()),
        ("to", query.to.clone()),
    ];
    fields.extend(query.before.map(|before| ("before", before.to_string())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
    read!(
        super::address("audit_trail", &fields),
        audit_trail(query.action, query.actor, query.subject, query.from, query.to, query.before)
    )
}

/// Asks for the inbox.
pub fn ask_inbox() -> Ask {
    read!("inbox".to_owned(), inbox())
}

/// Asks for one's own tokens.
pub fn ask_api_tokens() -> Ask {
    read!("api_tokens".to_owned(), api_tokens())
}
