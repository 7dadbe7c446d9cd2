//! The pages: Leptos with the context that every page and server function needs.

use super::theme;
use crate::AppState;
use app::context::{Site, TraceId};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use contract::PublicError;
use domain::Actor;
use leptos::prelude::{provide_context, use_context};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use leptos_axum::{LeptosRoutes, generate_route_list};

/// Largest error of a server function, in bytes.
const MAX_ERROR: usize = 64 * 1024;

/// Puts into the Leptos context what `app::context` reads.
fn provide(state: &AppState) {
    let parts = use_context::<Parts>();
    let extension = parts.as_ref().map(|parts| &parts.extensions);
    provide_context(state.services.clone());
    provide_context(state.sign_in.providers());
    provide_context(extension.and_then(|it| it.get::<Actor>().cloned()).unwrap_or(Actor::Visitor));
    provide_context(extension.and_then(|it| it.get::<TraceId>().cloned()).unwrap_or(TraceId(String::new())));
    provide_context(Site {
        pkg: state.files.path(),
        theme: parts.as_ref().map_or("", |parts| theme::chosen(&parts.headers)),
        public_url: state.services.settings.public_url.clone(),
        dev: state.dev,
    });
}

/// Every page.
pub fn routes(state: &AppState) -> Router<AppState> {
    let routes = generate_route_list(app::App);
    let context = {
        let state = state.clone();
        move || provide(&state)
    };
    let fallback = {
        let state = state.clone();
        move |request: Request| not_found(state.clone(), request)
    };
    Router::new().leptos_routes_with_context(state, routes, context, app::shell).fallback(fallback)
}

/// The designed "not found" page, for addresses outside of the table of routes.
async fn not_found(state: AppState, request: Request) -> Response<Body> {
    let render = leptos_axum::render_app_async_with_context(move || provide(&state), app::shell);
    let mut response = render(request).await.into_response();
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// A server function. Use cases set the status of their errors; a call whose arguments make no sense never reaches one.
pub async fn server_function(State(state): State<AppState>, request: Request) -> Response<Body> {
    let response = leptos_axum::handle_server_fns_with_context(move || provide(&state), request).await.into_response();
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_ERROR).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<PublicError>(&bytes) {
        parts.status = StatusCode::from_u16(error.code.status()).unwrap_or(parts.status);
    }
    Response::from_parts(parts, Body::from(bytes))
}
