//! Who is looking, and how one can sign in. Signing in and out are plain forms outside of Leptos (`/auth/…`), because they
//! change what every page shows.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::account::{SignInOptions, Viewer};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// The signed-in person.
#[server(name = FetchViewer, prefix = "/api/fn", endpoint = "viewer", input = GetUrl, output = Text)]
pub async fn viewer() -> Result<Option<Viewer>, Problem> {
    Ok(crate::context::actor().viewer().cloned())
}

/// The ways to sign in.
#[server(name = FetchSignInOptions, prefix = "/api/fn", endpoint = "sign_in_options", input = GetUrl, output = Text)]
pub async fn sign_in_options() -> Result<SignInOptions, Problem> {
    use crate::context::services;
    let providers = leptos::prelude::use_context::<Vec<contract::account::SignInProvider>>().unwrap_or_default();
    Ok(SignInOptions { providers, demo_accounts: domain::identity::demo_accounts(&services()) })
}

/// Asks for the signed-in person.
pub fn ask_viewer() -> Ask {
    read!("viewer".to_owned(), viewer())
}

/// Asks for the ways to sign in.
pub fn ask_sign_in_options() -> Ask {
    read!("sign_in_options".to_owned(), sign_in_options())
}
