//! What every test stands on: the application, a browser, the customer's system, listings.

mod app;
mod approval;
mod browser;
mod cash;
mod clock;
mod double;
mod fused;
mod issuer;
mod listings;
mod mailbox;
mod meters;
mod name_server;
mod people;
mod processor;
mod reviews;
#[path = "../../../billing/tests/running_double/mod.rs"]
pub mod running_double;
pub mod sold;
mod upstream;
mod wizard;

pub use app::{App, HOST, Options, SITE, until};
pub use browser::{Answer, Browser, encoded};
pub use cash::{FEE, Fuse, usd};
pub use clock::{HOUR_MS, MINUTE_MS};
pub use double::Double;
pub use issuer::TestIssuer;
pub use listings::{MONITOR, publish, release, seed_sold, wish};
pub use meters::Fails;
pub use name_server::NameServer;
pub use people::{NORTHWIND, person};
pub use processor::{Processor, deliver as deliver_notice, notice, signature};
pub use reviews::TEXT;
pub use upstream::{GOOD_TOKEN, Reply, Seen, Upstream};
pub use wizard::{Address, alert, alerts, deliver, listing_installs};
