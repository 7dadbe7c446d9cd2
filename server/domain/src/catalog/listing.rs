//! The listing page.

use super::categories::CategoryTree;
use super::markdown;
use crate::{Actor, Result, Services};
use contract::ListingId;
use contract::listing::{
    CapabilitySummary, Link, ListingCard, ListingDetail, ListingStanding, Permission, Readme, ReleaseSummary,
};
use contract::manifest::{AuthKind, Manifest};

/// Similar listings shown.
const RELATED: usize = 4;

/// A listing, or nothing where there is none.
pub type ListingAnswer = Option<ListingDetail>;

/// Everything the page shows. Anybody may see it.
pub async fn detail(services: &Services, id: &ListingId) -> Result<ListingAnswer> {
    let Some(listing) = services.catalogue.listing(id).await? else { return Ok(None) };
    let releases = services.catalogue.releases(id).await?;
    let manifest = &listing.manifest;
    let (overview, setup) = markdown::split(&listing.readme);
    let tree = CategoryTree::builtin();
    Ok(Some(ListingDetail {
        version: manifest.version.clone(),
        published_at: listing.published_at,
        updated_at: listing.updated_at,
        readme: Readme { overview_html: markdown::render(&overview), setup_html: markdown::render(&setup) },
        categories: manifest
            .categories
            .iter()
            .map(|path| (path.clone(), tree.name(path).unwrap_or(path).to_owned()))
            .collect(),
        tags: manifest.tags.clone(),
        support: stated(&listing, manifest.support.label()),
        license: stated(&listing, &manifest.license),
        data_regions: manifest.data_regions.iter().map(|region| region_label(region)).collect(),
        deployment: stated(&listing, manifest.listing.label()),
        pricing: stated(&listing, manifest.pricing.model.label()),
        auth: auth_label(manifest),
        links: manifest
            .links
            .all()
            .into_iter()
            .filter(|(_, _, url)| !url.is_empty())
            .map(|(_, label, url)| Link { label: label.to_owned(), url: url.to_owned() })
            .collect(),
        hosts: hosts(manifest),
        scopes: scopes(manifest),
        capabilities: capabilities(manifest),
        releases: releases
            .into_iter()
            .map(|(version, published_at)| ReleaseSummary { version, published_at })
            .collect(),
        related: services.search.similar(id, RELATED)?,
        requests: listing.requests,
        feed: listing.feed.as_ref().map(|feed| feed.source.clone()),
        canonical_url: format!("{}/integrations/{id}", services.settings.public_url),
        card: listing.card(),
    }))
}

/// What a manifest states and an entry of a feed does not.
fn stated(listing: &crate::ports::Listing, text: &str) -> String {
    if listing.feed.is_some() { "Not stated".to_owned() } else { text.to_owned() }
}

/// Cards of listings by id, after the one that is named; and whether there are more.
pub async fn page(services: &Services, after: Option<&ListingId>, limit: usize) -> Result<(Vec<ListingCard>, bool)> {
    let wanted = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut found = services.catalogue.listings_after(after, wanted).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok((found.iter().map(crate::ports::Listing::card).collect(), more))
}

/// What the viewer's organization has to do with the listing. Nothing for visitors.
pub async fn standing(services: &Services, actor: &Actor, id: &ListingId) -> Result<ListingStanding> {
    let Some(viewer) = actor.viewer() else { return Ok(ListingStanding::default()) };
    Ok(ListingStanding {
        installations: services.installations.of_listing(&viewer.organization_id, id).await?,
        requested: services.catalogue.requested(id, &viewer.organization_id).await?,
    })
}

/// The icon's SVG.
pub async fn icon_svg(services: &Services, id: &ListingId) -> Result<Option<String>> {
    services.catalogue.icon(id).await
}

/// Hosts for people: a template becomes "the address you enter as …".
pub(crate) fn hosts(manifest: &Manifest) -> Vec<Permission> {
    let label = |host: &str| {
        manifest.config.iter().find(|field| host.contains(&format!("config.{}", field.key))).map_or_else(
            || host.to_owned(),
            |field| match host.split_once("{{") {
                Some(("", rest)) if rest.ends_with("}}") => format!("The host of “{}”", field.label),
                _ => format!("{} (by “{}”)", simplify(host), field.label),
            },
        )
    };
    manifest
        .egress
        .iter()
        .map(|egress| Permission { name: label(&egress.host), access: String::new(), why: egress.why.clone() })
        .collect()
}

/// `{{ config.region }}.example.com` as `*.example.com`.
fn simplify(host: &str) -> String {
    let mut out = String::new();
    let mut rest = host;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        out.push('*');
        rest = after.split_once("}}").map_or("", |(_, tail)| tail);
    }
    out + rest
}

pub(crate) fn scopes(manifest: &Manifest) -> Vec<Permission> {
    let scope = |scope: &contract::manifest::Scope| Permission {
        name: scope.name.clone(),
        access: scope.access.as_str().to_owned(),
        why: scope.why.clone(),
    };
    manifest.auth.scopes.iter().map(scope).collect()
}

pub(crate) fn capabilities(manifest: &Manifest) -> Vec<CapabilitySummary> {
    manifest.capability.iter().map(capability).collect()
}

pub(crate) fn capability(capability: &contract::manifest::Capability) -> CapabilitySummary {
    CapabilitySummary {
        kind: capability.kind.as_str().to_owned(),
        name: capability.name.clone(),
        title: capability.title.clone(),
        summary: capability.summary.clone(),
    }
}

/// Authentication in words.
pub(crate) fn auth_label(manifest: &Manifest) -> String {
    match (manifest.auth.kind, manifest.auth.optional, manifest.connects()) {
        (_, _, false) => "Not defined yet".to_owned(),
        (AuthKind::None, ..) => "None needed".to_owned(),
        (kind, true, _) => format!("{} (optional)", kind.label()),
        (kind, false, _) => kind.label().to_owned(),
    }
}

pub(crate) fn region_label(region: &str) -> String {
    contract::policy::region_label(region).to_owned()
}
