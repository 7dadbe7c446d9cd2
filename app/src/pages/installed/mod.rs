//! What an organization has installed: the list, and one installation's page. `live`, `report` and `events` also serve the
//! wizard. What waits for an approval is in the same download: whoever sees the one soon sees the other.

mod card;
mod detail;
pub mod events;
pub mod failed;
mod health;
mod list;
pub mod live;
mod manage;
pub mod pills;
mod repair;
pub mod report;

use super::approvals;
use super::chunks::chunk;

chunk! {
    installed_chunk, __preload_installed_chunk, InstalledPages {
        InstalledPage => list::installed_page,
        InstallationPage => detail::installation_page,
        ApprovalsPage => approvals::approvals_page,
        ApprovalPage => approvals::approval_page,
    }
}
