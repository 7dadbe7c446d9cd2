//! What every test stands on: the application, a browser, the customer's system, listings.

mod app;
mod approval;
mod browser;
mod clock;
mod issuer;
mod listings;
mod mailbox;
mod name_server;
mod people;
mod processor;
mod reviews;
mod upstream;
mod wizard;

pub use app::{App, HOST, Options, SITE, until};
pub use browser::{Answer, Browser};
pub use clock::{HOUR_MS, MINUTE_MS};
pub use issuer::TestIssuer;
pub use listings::{MONITOR, publish, release, wish};
pub use name_server::NameServer;
pub use people::{NORTHWIND, person};
pub use processor::{Processor, deliver as deliver_notice, notice, signature};
pub use reviews::TEXT;
pub use upstream::{GOOD_TOKEN, Reply, Seen, Upstream};
pub use wizard::{Address, alert, alerts, deliver, listing_installs};
