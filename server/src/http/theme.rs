//! Light, dark, or as the system says.

use super::cookies;
use crate::AppState;
use axum::Form;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, header};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

const YEAR_S: i64 = 365 * 86_400;

/// The choice, and the page it was made on.
#[derive(Debug, Deserialize)]
pub struct ThemeForm {
    theme: String,
    #[serde(default)]
    return_to: String,
}

/// The chosen theme: `light`, `dark`, or empty.
pub fn chosen(headers: &HeaderMap) -> &'static str {
    match cookies::read(headers, cookies::THEME) {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "",
    }
}

/// Remembers the choice for a year.
pub async fn choose(State(state): State<AppState>, Form(form): Form<ThemeForm>) -> Response<Body> {
    let mut response = Redirect::to(&domain::identity::safe_return_to(&form.return_to)).into_response();
    let (value, age) = match form.theme.as_str() {
        "light" => ("light", YEAR_S),
        "dark" => ("dark", YEAR_S),
        _ => ("", 0),
    };
    if let Some(cookie) = cookies::write(cookies::THEME, value, age, state.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
