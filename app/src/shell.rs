//! The HTML document around the application, and the policy for what it may load.

use crate::context::Site;
use crate::routes::App;
use axum::http::header::CONTENT_SECURITY_POLICY;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// Reloads the page when the server has restarted; only while developing.
const RELOAD: &str = r#"(async()=>{let f;for(;;){try{const t=await(await fetch("/__dev/boot",{cache:"no-store"})).text();if(f&&t!==f)location.reload();f??=t}catch{}await new Promise(r=>setTimeout(r,700))}})()"#;

/// Fetches and starts the browser's half once the page is painted. No file is asked for earlier: what begins before the
/// first paint competes with it, and the page is complete and usable without.
fn start(pkg: &str) -> String {
    format!(
        "requestAnimationFrame(()=>setTimeout(()=>import('{pkg}/app.js').then(m=>\
         m.default({{module_or_path:'{pkg}/app_bg.wasm'}}).then(()=>m.hydrate()))))"
    )
}

/// The whole document.
pub fn shell() -> impl IntoView {
    let site = expect_context::<Site>();
    allow_only_own();
    let theme = (!site.theme.is_empty()).then_some(site.theme);
    let css = format!("{}/app.css", site.pkg);
    let start = start(&site.pkg);
    let reload = site.dev.then(|| view! { <script nonce=use_nonce()>{RELOAD}</script> });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-pkg=site.pkg data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=css/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <script type="module" nonce=use_nonce()>{start}</script>
                {reload}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Everything comes from this origin, and inline scripts must carry the answer's nonce.
fn allow_only_own() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = policy.parse() {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
