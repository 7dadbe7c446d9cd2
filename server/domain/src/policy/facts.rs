//! What a policy can know of a release.

use crate::billing::price::period_price;
use crate::ports::Listing;
use contract::billing::Interval;
use contract::listing::Certification;
use contract::manifest::{Access, CapabilityKind, Manifest};
use contract::money::Currency;
use contract::pricing::{Charge, Plan};

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
    /// What a month costs at least, in US cents; at most what fits for what is sold by agreement.
    pub monthly_cents: i64,
}

/// What a month of the cheapest way to have it costs. Somebody who wants another plan is judged by that one's price.
fn cheapest(manifest: &Manifest) -> i64 {
    let month = |plan: &Plan| match plan.charge {
        Charge::Contract => i64::MAX,
        _ => period_price(plan, Interval::Monthly, Currency::USD, 1).map_or(0, |price| price.minor),
    };
    manifest.pricing.plan.iter().map(month).min().unwrap_or_default()
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

    /// The same at another price: of the plan that somebody wants.
    #[must_use]
    pub fn at(self, monthly_cents: Option<i64>) -> Self {
        Self { monthly_cents: monthly_cents.unwrap_or(self.monthly_cents), ..self }
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
            monthly_cents: cheapest(manifest),
        }
    }
}
