//! For search engines: the sitemap and robots.txt.

use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use contract::{ListingId, PartnerId, Timestamp};
use domain::Services;
use domain::catalog::categories::CategoryTree;
use std::fmt::Write as _;

/// Listings read at once.
const STEP: u64 = 1000;

/// Everything public, with the date of the last change.
pub async fn sitemap(State(state): State<AppState>, Extension(trace): Extension<TraceId>) -> Response {
    let listings = match listed(&state.services).await {
        Ok(listings) => listings,
        Err(error) => return Problem::of(error, &trace.0).into_response(),
    };
    let base = &state.services.settings.public_url;
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">"#,
    );
    let mut add = |path: &str, date: Option<String>| {
        let date = date.map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
        let _ = write!(xml, "<url><loc>{base}{path}</loc>{date}</url>");
    };
    add("/", None);
    add("/search", None);
    add("/coverage", None);
    for group in &CategoryTree::builtin().groups {
        add(&format!("/categories/{}", group.id), None);
        for leaf in &group.leaves {
            add(&format!("/categories/{}/{}", group.id, leaf.id), None);
        }
    }
    let mut partners: Vec<&str> =
        listings.iter().map(|listing| listing.partner.as_str()).filter(|id| !id.is_empty()).collect();
    partners.sort_unstable();
    partners.dedup();
    for partner in partners {
        add(&format!("/partners/{partner}"), None);
    }
    for listing in &listings {
        add(&format!("/integrations/{}", listing.id), Some(listing.updated_at.rfc3339()));
    }
    xml.push_str("</urlset>");
    ([(header::CONTENT_TYPE, "application/xml"), (header::CACHE_CONTROL, "public, max-age=3600")], xml).into_response()
}

/// What the sitemap says of a listing.
struct Listed {
    id: ListingId,
    partner: PartnerId,
    updated_at: Timestamp,
}

/// All of them. They are read in steps, so that only this much of each is held.
async fn listed(services: &Services) -> domain::Result<Vec<Listed>> {
    let mut all: Vec<Listed> = Vec::new();
    loop {
        let step = services.catalogue.listings_after(all.last().map(|it| &it.id), STEP).await?;
        if step.is_empty() {
            return Ok(all);
        }
        all.extend(step.into_iter().map(|it| Listed { id: it.id, partner: it.partner.id, updated_at: it.updated_at }));
    }
}

/// What crawlers may read. A rule is a prefix unless it ends with `$`: `/partner` would hide `/partners/…`, and `/in`
/// all of `/integrations/…`.
pub async fn robots(State(state): State<AppState>) -> Response {
    let base = &state.services.settings.public_url;
    let text = format!(
        "User-agent: *\nDisallow: /installed\nDisallow: /partner$\nDisallow: /partner/\nDisallow: /staff/\nDisallow: /auth/\n\
         Disallow: /api/\nDisallow: /in/\nSitemap: {base}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
