//! The payment processor as the domain sees it: Stripe, or nobody where none is configured.

mod events;
mod failure;
mod invoice;
mod nobody;
mod signature;
mod stripe;
mod subscription;

pub use nobody::Nobody;
pub use stripe::Stripe;
