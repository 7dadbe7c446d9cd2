//! What a partner sees of their own listings and of their money.

mod listings;
mod offers;
mod revenue;

use super::chunks::chunk;

chunk! {
    partner_chunk, __preload_partner_chunk, PartnerPages {
        PartnerDashboardPage => listings::listings_page,
        OffersPage => offers::offers_page,
        RevenuePage => revenue::revenue_page,
    }
}
