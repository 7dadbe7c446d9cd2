//! The coverage map: which technologies are known, how files call them, and which of them somebody has. The files
//! themselves are read in the browser, by the crate `coverage`, and never get here.

mod names;

pub use names::jobs;

use crate::catalog::categories::CategoryTree;
use crate::permission::Permission;
use crate::ports::Listing;
use crate::{Actor, Result, Services};
use contract::coverage::{CoverageView, KnownTechnology, TechnologyListing};
use contract::{InstallationId, ListingId};
use std::collections::HashMap;

/// Listings that are read at once.
const BATCH: usize = 500;

/// Everything the page needs. Anybody may see it; who is signed in sees what their organization has.
pub async fn view(services: &Services, actor: &Actor) -> Result<CoverageView> {
    let installed = installed(services, actor).await?;
    let mut technologies: Vec<KnownTechnology> = names::others().collect();
    for ids in services.catalogue.published().await?.chunks(BATCH) {
        let listings = services.catalogue.listings_of(ids).await?;
        technologies.extend(listings.iter().map(|listing| listed(listing, &installed)));
    }
    let tree = CategoryTree::builtin();
    let leaves: Vec<(String, String)> =
        tree.paths().map(|path| (path.clone(), tree.name(&path).unwrap_or(&path).to_owned())).collect();
    let place = |it: &KnownTechnology| leaves.iter().position(|(path, _)| *path == it.leaf).unwrap_or(usize::MAX);
    technologies.sort_by_cached_key(|it| (place(it), it.name.to_lowercase()));
    Ok(CoverageView { technologies, leaves })
}

/// What the organization of whoever looks has installed, as far as they may see it.
async fn installed(services: &Services, actor: &Actor) -> Result<HashMap<ListingId, InstallationId>> {
    let Ok(person) = actor.require(Permission::SeeInstallations) else { return Ok(HashMap::new()) };
    let all = services.installations.list(person.organization()).await?;
    Ok(all.into_iter().map(|it| (it.listing, it.id)).collect())
}

fn listed(listing: &Listing, installed: &HashMap<ListingId, InstallationId>) -> KnownTechnology {
    let card = listing.card();
    KnownTechnology {
        does: jobs(card.id.as_str(), &card.category).into_iter().map(|job| job.as_str().to_owned()).collect(),
        marks: names::marks(&listing.manifest),
        listing: Some(TechnologyListing {
            installation: installed.get(&card.id).cloned(),
            installable: card.installable,
            id: card.id.clone(),
        }),
        id: card.id.0,
        name: card.name,
        leaf: card.category,
    }
}
