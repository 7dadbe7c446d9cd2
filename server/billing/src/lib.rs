//! The payment processor as the domain sees it: Stripe, or nobody where none is configured.

mod call;
mod changes;
mod charges;
mod events;
mod failure;
mod invoice;
mod meters;
mod nobody;
mod nobody_pays;
mod orders;
mod payouts;
mod prices;
mod shop;
mod signature;
mod stripe;
mod subscription;
mod wire;

pub use nobody::Nobody;
pub use stripe::Stripe;
