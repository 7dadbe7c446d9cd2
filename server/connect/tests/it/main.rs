//! The crate against real counterparts on this machine: HTTP and TLS servers, hostile name servers, a key file.

#![allow(clippy::unwrap_used, reason = "a double that can't be set up fails the test")]

mod actions;
mod addresses;
mod answers;
mod failures;
mod master_key;
mod redirects;
mod support;
mod tls;
mod tricks;
mod vault;
mod verify;
