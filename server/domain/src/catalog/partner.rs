//! A partner's public page and their own dashboard.

use crate::{Actor, Result, Services};
use contract::catalog::PartnerSummary;
use contract::search::{FacetField, Filter, MAX_LIMIT, SearchPage, SearchQuery, Sort};
use contract::staff::{PartnerDashboard, PartnerListing};
use contract::{PartnerId, PublicError};
use std::collections::HashMap;

/// A partner and their listings. Anybody may see it.
pub async fn partner_page(services: &Services, id: &PartnerId) -> Result<Option<(PartnerSummary, SearchPage)>> {
    let Some(partner) = services.catalogue.partner(id).await? else { return Ok(None) };
    let page = services.search.search(&SearchQuery {
        filters: vec![Filter { field: FacetField::Partner, value: id.0.clone() }],
        sort: Sort::Name,
        limit: MAX_LIMIT,
        ..SearchQuery::default()
    })?;
    let summary = PartnerSummary {
        id: partner.id,
        name: partner.name,
        homepage: partner.homepage,
        summary: partner.summary,
        listings: u32::try_from(page.total).unwrap_or(u32::MAX),
    };
    Ok(Some((summary, page)))
}

/// The signed-in partner's own listings and how they are used.
pub async fn partner_dashboard(services: &Services, actor: &Actor) -> Result<PartnerDashboard> {
    let id = actor.partner()?;
    let partner = services.catalogue.partner(id).await?.ok_or_else(|| PublicError::not_found("partner"))?;
    let proven: HashMap<_, _> = services.installations.proven_by_listing().await?.into_iter().collect();
    let listings = services.catalogue.listings().await?.into_iter().filter(|listing| listing.partner.id == *id);
    Ok(PartnerDashboard {
        partner_id: partner.id.clone(),
        partner_name: partner.name.clone(),
        listings: listings
            .map(|listing| PartnerListing {
                card: listing.card(),
                version: listing.manifest.version.clone(),
                updated_at: listing.updated_at,
                proven: proven.get(&listing.id).copied().unwrap_or_default(),
                requests: listing.requests,
            })
            .collect(),
    })
}
