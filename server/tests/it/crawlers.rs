//! What machines read: sitemap, robots, schema, icons, the browser's files.

use crate::harness::{App, SITE, release, wish};
use contract::ListingId;
use serde_json::Value;

on_both!(
    the_sitemap_lists_what_is_public,
    robots_may_not_read_private_areas,
    the_manifest_schema_is_served,
    icons_of_listings_are_served_for_ever,
    our_own_icon_is_served,
    the_browsers_files_never_change,
    nothing_outside_of_the_browsers_files_is_served,
);

async fn the_sitemap_lists_what_is_public(app: &App) {
    let answer = app.visitor().get("/sitemap.xml").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml"));
    let addresses: Vec<&str> =
        answer.body.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
    for path in [
        "/",
        "/search",
        "/categories/incidents",
        "/categories/incidents/alerting",
        "/partners/prometheus",
        "/integrations/monitor",
        "/integrations/lumen",
    ] {
        assert!(addresses.contains(&format!("{SITE}{path}").as_str()), "{path} in {addresses:?}");
    }
    assert!(answer.body.contains("<lastmod>2026-11-20T"), "{}", answer.body);
    for address in addresses {
        let page = app.visitor().get(address.strip_prefix(SITE).unwrap()).await;
        assert_eq!(page.status, 200, "{address}");
    }
}

async fn robots_may_not_read_private_areas(app: &App) {
    let answer = app.visitor().get("/robots.txt").await;
    assert_eq!(answer.status, 200);
    for area in ["/installed", "/partner$", "/staff/", "/auth/", "/api/", "/in/"] {
        assert!(answer.body.contains(&format!("Disallow: {area}\n")), "{area} in {}", answer.body);
    }
    assert!(answer.body.contains(&format!("Sitemap: {SITE}/sitemap.xml")), "{}", answer.body);
    // A rule is a prefix unless it ends with `$`: none may hide what the sitemap lists.
    let rules: Vec<&str> = answer.body.lines().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
    let sitemap = app.visitor().get("/sitemap.xml").await.body;
    for rest in sitemap.split("<loc>").skip(1) {
        let path = rest.split("</loc>").next().unwrap().strip_prefix(SITE).unwrap();
        let hidden =
            rules.iter().find(|rule| rule.strip_suffix('$').map_or(path.starts_with(**rule), |rule| path == rule));
        assert_eq!(hidden, None, "{path} is listed and hidden");
    }
}

async fn the_manifest_schema_is_served(app: &App) {
    let answer = app.visitor().get("/schemas/integration-1.json").await;
    assert_eq!(answer.header("content-type"), "application/schema+json");
    let schema: Value = answer.good();
    for key in ["manifest", "id", "capability", "test"] {
        assert!(schema["properties"][key].is_object(), "{key} in {schema}");
    }
}

async fn icons_of_listings_are_served_for_ever(app: &App) {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0h24v24z"/></svg>"#;
    release(&app.services, &wish("quasar", "Quasar"), README, Some(svg)).await;
    let listing = app.services.catalogue.listing(&ListingId::from("quasar")).await.unwrap().unwrap();
    let address = listing.card().icon.unwrap();
    assert!(address.starts_with("/icons/quasar.svg?v="), "{address}");
    let icon = app.visitor().get(&address).await;
    assert_eq!((icon.status, icon.header("content-type")), (200, "image/svg+xml"));
    assert!(icon.header("cache-control").contains("immutable"));
    assert!(icon.header("content-security-policy").contains("sandbox"));
    assert_eq!(icon.body, svg);
    for missing in ["/icons/monitor.svg", "/icons/none.svg", "/icons/quasar.png"] {
        assert_eq!(app.visitor().get(missing).await.status, 404, "{missing}");
    }
}

const README: &str = "Text.

## What it does here

Text that is long enough to be a section of its own.

## Set-up

Text that is long enough to be a section of its own.

## Troubleshooting

Text that is long enough to be a section of its own.
";

async fn our_own_icon_is_served(app: &App) {
    for path in ["/favicon.svg", "/favicon.ico"] {
        let icon = app.visitor().get(path).await;
        assert_eq!((icon.status, icon.header("content-type")), (200, "image/svg+xml"), "{path}");
        assert!(icon.body.starts_with("<svg"), "{path}");
    }
}

async fn the_browsers_files_never_change(app: &App) {
    let file = app.visitor().get("/pkg/test/app.css").await;
    assert_eq!((file.status, file.body.as_str()), (200, "body{}"));
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    // A page is made of several files: what is said about documents would only weigh.
    assert_eq!((file.header("content-security-policy"), file.header("x-trace-id")), ("", ""));
    let missing = app.visitor().get("/pkg/test/gone.css").await;
    assert_eq!(missing.status, 404);
    assert!(!missing.header("cache-control").contains("immutable"), "{missing:?}");
}

async fn nothing_outside_of_the_browsers_files_is_served(app: &App) {
    for path in ["/pkg/../manifest.json", "/pkg/..%2fmanifest.json", "/pkg/%2e%2e/manifest.json", "/pkg/", "/pkg/test/"]
    {
        let answer = app.visitor().get(path).await;
        assert!(answer.status >= 400, "{path}: {answer:?}");
        assert!(!answer.body.contains("pkg_dir"), "{path}");
    }
}
