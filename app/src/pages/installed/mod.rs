//! What an organization has installed: the list, and one installation's page. `live`, `report` and `events` also serve the
//! wizard.

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

pub use detail::InstallationPage;
pub use list::InstalledPage;
