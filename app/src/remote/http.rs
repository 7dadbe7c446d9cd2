//! Requests of the browser.

use super::Reply;
use crate::server_fns::PREFIX;
use leptos::prelude::window;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The answer of a reading server function; `address` is its name and the query.
pub fn get(address: String) -> impl Future<Output = Reply> + Send {
    SendWrapper::new(async move { request(&at(&address), None).await.0 })
}

/// The answer of a server function that takes JSON.
pub fn post_json(name: &str, body: String) -> impl Future<Output = Reply> + Send {
    let address = at(name);
    SendWrapper::new(async move { request(&address, Some((&body, "application/json"))).await.0 })
}

fn at(address: &str) -> String {
    let mut full = String::from(PREFIX);
    full.push('/');
    full.push_str(address);
    full
}

/// The answer, and where to go with it.
pub(super) async fn request(address: &str, body: Option<(&str, &str)>) -> (Reply, Option<String>) {
    exchange(address, body).await.unwrap_or_else(|_| (no_connection(), None))
}

async fn exchange(address: &str, body: Option<(&str, &str)>) -> Result<(Reply, Option<String>), JsValue> {
    let init = web_sys::RequestInit::new();
    let headers = web_sys::Headers::new()?;
    headers.set("Accept", "application/json")?;
    if let Some((body, kind)) = body {
        init.set_method("POST");
        init.set_body(&JsValue::from_str(body));
        headers.set("Content-Type", kind)?;
    }
    init.set_headers(&headers);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?;
    let answer: web_sys::Response = answer.unchecked_into();
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    let reply = if answer.status() < 400 { Reply::good(text) } else { Reply::bad(text) };
    let leads_on = answer.headers().get("serverfnredirect")?.is_some();
    let location = if leads_on { answer.headers().get("Location")? } else { None };
    Ok((reply, location))
}

fn no_connection() -> Reply {
    Reply::bad(
        r#"{"code":"upstream","title":"No connection","detail":"The marketplace did not answer.","next_step":"Check your network, then try again; what you entered is still here."}"#,
    )
}
