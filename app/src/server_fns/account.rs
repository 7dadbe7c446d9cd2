//! Who is looking, and how one can sign in. Signing in and out are plain forms outside of Leptos (`/auth/…`), because they
//! change what every page shows.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::SessionId;
use contract::account::{Account, SessionView, SignInOptions};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// The signed-in person, and what waits for them.
#[server(name = FetchViewer, prefix = "/api/fn", endpoint = "viewer", input = GetUrl, output = Text)]
pub async fn viewer() -> Result<Option<Account>, Problem> {
    use crate::context::{actor, answer, services};
    let actor = actor();
    let Some(viewer) = actor.viewer().cloned() else { return Ok(None) };
    let unread = answer(domain::notice::unread(&services(), &actor).await)?;
    Ok(Some(Account { viewer, unread }))
}

/// The ways to sign in.
#[server(name = FetchSignInOptions, prefix = "/api/fn", endpoint = "sign_in_options", input = GetUrl, output = Text)]
pub async fn sign_in_options() -> Result<SignInOptions, Problem> {
    use crate::context::{actor, answer, services};
    let services = services();
    let providers = leptos::prelude::use_context::<Vec<contract::account::SignInProvider>>().unwrap_or_default();
    let demo_accounts = domain::identity::demo_accounts(&services);
    let (organizations, own) = answer(domain::single_sign_on::offered(&services, &actor()).await)?;
    Ok(SignInOptions { providers, demo_accounts, organizations, own })
}

/// Asks for the signed-in person.
pub fn ask_viewer() -> Ask {
    read!("viewer".to_owned(), viewer())
}

/// Asks for the ways to sign in.
pub fn ask_sign_in_options() -> Ask {
    read!("sign_in_options".to_owned(), sign_in_options())
}

/// One's own sessions.
#[server(name = FetchSessions, prefix = "/api/fn", endpoint = "sessions", input = GetUrl, output = Text)]
pub async fn sessions() -> Result<Vec<SessionView>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::identity::sessions(&services(), &actor()).await)
}

/// Ends one of one's own sessions.
#[server(prefix = "/api/fn", endpoint = "revoke_session", output = Text)]
pub async fn revoke_session(id: SessionId) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::identity::revoke_session(&services(), &actor(), &id).await)?;
    leptos_axum::redirect("/settings/account");
    Ok(())
}

/// Ends all of one's own sessions but this one.
#[server(prefix = "/api/fn", endpoint = "revoke_other_sessions", output = Text)]
pub async fn revoke_other_sessions() -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::identity::revoke_other_sessions(&services(), &actor()).await)?;
    leptos_axum::redirect("/settings/account");
    Ok(())
}

/// Deletes one's own account. `confirm` is one's own address.
#[server(prefix = "/api/fn", endpoint = "delete_account", output = Text)]
pub async fn delete_account(confirm: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::identity::delete_account(&services(), &actor(), &confirm).await)?;
    leptos_axum::redirect("/");
    Ok(())
}

/// Asks for one's own sessions.
pub fn ask_sessions() -> Ask {
    read!("sessions".to_owned(), sessions())
}
