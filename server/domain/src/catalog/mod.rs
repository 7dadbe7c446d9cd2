//! The catalogue: publishing releases, reading listings, asking for what can't be installed yet, and keeping the search
//! index in step. Checking manifests is in [`check`].

pub mod categories;
pub mod check;
pub mod feed;
mod follow;
pub mod icon;
mod listing;
pub mod markdown;
mod partner;
mod publish;
mod request;

pub use follow::{document, follow};
pub use listing::{ListingAnswer, detail, icon_svg, page, standing};
pub(crate) use listing::{
    auth_label as listing_auth, capabilities as listing_capabilities, capability as listing_capability,
    hosts as listing_hosts, region_label, scopes as listing_scopes,
};
pub use partner::{partner_dashboard, partner_page};
pub use publish::{PublishReport, publish, put_partner};
pub use request::{demand, request};
