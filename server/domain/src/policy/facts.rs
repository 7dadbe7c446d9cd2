//! What a policy can know of a release.

use crate::ports::Listing;
use contract::listing::Certification;
use contract::manifest::{Access, CapabilityKind, Manifest};

/// What rules look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Slug of the listing.
    pub listing: String,
    /// Its name.
    pub name: String,
    /// Slug of its partner.
    pub partner: String,
    /// The partner's name.
    pub partner_name: String,
    /// Level.
    pub certification: Certification,
    /// Whether it has a scope that writes, or a capability that takes action.
    pub writes: bool,
    /// Where the other side keeps data.
    pub regions: Vec<String>,
    /// Leaves of the category tree.
    pub categories: Vec<String>,
}

/// An action changes something on the other side, whatever the scopes say.
fn writes(manifest: &Manifest) -> bool {
    manifest.auth.scopes.iter().any(|scope| scope.access == Access::Write)
        || manifest.capability.iter().any(|capability| capability.kind == CapabilityKind::Action)
}

impl Facts {
    /// Of a listing's current release.
    pub fn of(listing: &Listing) -> Self {
        Self::of_release(listing, &listing.manifest)
    }

    /// Of one of a listing's releases. Certification is the listing's: it is not kept for each release.
    pub fn of_release(listing: &Listing, manifest: &Manifest) -> Self {
        Self {
            listing: listing.id.0.clone(),
            name: manifest.name.clone(),
            partner: listing.partner.id.0.clone(),
            partner_name: listing.partner.name.clone(),
            certification: listing.certification,
            writes: writes(manifest),
            regions: manifest.data_regions.clone(),
            categories: manifest.categories.clone(),
        }
    }
}
