//! The browser's files. Their folder's name is the hash of what is in it, so they never change.

use crate::AppState;
use axum::Router;
use axum::http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Whether it is the path of such a file.
pub fn is_one(path: &str) -> bool {
    path.starts_with("/pkg/")
}

/// `/pkg/<hash>/…`, compressed beforehand.
pub fn routes(state: &AppState) -> Router<AppState> {
    let folder = ServeDir::new(state.files.root.join("pkg")).precompressed_br().precompressed_gzip();
    let immutable = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, |response: &axum::http::Response<_>| {
        response.status().is_success().then_some(FOREVER)
    });
    Router::new().nest_service("/pkg", ServiceBuilder::new().layer(immutable).service(folder))
}
