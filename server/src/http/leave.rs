//! Sending a browser to another site after a form. Not by a redirect: `form-action 'self'` forbids a form's answer to lead to
//! another site, and naming every address in the policy would need to know them for each page.

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;

/// A page that leads on by itself, with a link for where it does not.
pub fn leave(address: &str, title: &str, text: &str) -> Response<Body> {
    let link = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <p>{text} <a href=\"{link}\">Go on</a> if nothing happens.</p></html>"
    );
    let mut response = axum::response::Html(page).into_response();
    if let Ok(refresh) = HeaderValue::from_str(&format!("0; url={address}")) {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
