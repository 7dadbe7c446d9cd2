//! What the marketplace's staff see.

mod insight;
mod moderation;
mod requests;

use super::chunks::chunk;

chunk! {
    staff_chunk, __preload_staff_chunk, StaffPages {
        RequestsPage => requests::requests_page,
        DiscoveryPage => insight::discovery_page,
        ModerationPage => moderation::moderation_page,
    }
}
