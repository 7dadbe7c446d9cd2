//! The pages: Leptos with the context that every page and server function needs.

use super::theme;
use crate::AppState;
use app::context::{Site, TraceId};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use domain::Actor;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};

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
    let shell = {
        let options = state.leptos.clone();
        move || app::shell(options.clone())
    };
    let fallback = {
        let state = state.clone();
        move |request: Request| not_found(state.clone(), request)
    };
    Router::new().leptos_routes_with_context(state, routes, context, shell).fallback(fallback)
}

/// The designed "not found" page, for addresses outside of the table of routes.
async fn not_found(state: AppState, request: Request) -> Response<Body> {
    let options = state.leptos.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || provide(&state),
        move || app::shell(options.clone()),
    );
    let mut response = render(request).await.into_response();
    *response.status_mut() = axum::http::StatusCode::NOT_FOUND;
    response
}

/// A server function.
pub async fn server_function(State(state): State<AppState>, request: Request) -> impl IntoResponse {
    leptos_axum::handle_server_fns_with_context(move || provide(&state), request).await
}
