//! Everything that calls a third party: guarded client, connection tests, probes, polls, verification, the vault.
//!
//! What lives here, from the outside in:
//!
//! - [`HttpConnector`] implements the port `Connector`: it renders a manifest's request ([`request`]), sends it through the
//!   [`GuardedClient`], judges the answer (`judge`) and says what happened in words (`report`).
//! - [`GuardedClient`] is the only way out. It calls declared hosts ([`egress`]) at permitted addresses ([`address`],
//!   [`ranges`]) and nothing else; [`resolve`] pins a connection to the addresses that were checked.
//! - [`redact`] keeps secrets out of everything people see.
//! - `verify` decides whether an inbound call proves who sent it.
//! - [`WebhookSender`] implements the port `Webhooks`: it signs messages and posts them, through the guarded client too.
//! - [`EnvelopeVault`] implements the port `Vault`; [`MasterKey`] is the one key an operator has to keep.
//!
//! What does not live here: when to call (jobs), what an answer means for an installation's state (domain), storage.

pub mod address;
pub mod client;
mod connector;
pub mod egress;
pub mod failure;
mod judge;
mod link_signer;
mod master_key;
mod outbound;
mod permits;
pub mod ranges;
pub mod redact;
mod report;
pub mod request;
pub mod resolve;
mod tls;
mod variables;
mod vault;
mod verify;
mod webhooks;

pub use address::AddressPolicy;
pub use client::{GuardedClient, Limits, Reply};
pub use connector::HttpConnector;
pub use egress::DeclaredHosts;
pub use failure::{Failure, TlsProblem};
pub use link_signer::LinkSigner;
pub use master_key::MasterKey;
pub use outbound::GuardedOutbound;
pub use redact::Redactor;
pub use request::Outgoing;
pub use resolve::{Resolve, SystemResolver};
pub use tls::TlsSetupError;
pub use vault::EnvelopeVault;
pub use webhooks::WebhookSender;
