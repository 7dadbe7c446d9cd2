//! Calls to addresses that an organization's admins name: their issuer, their web site.

use async_trait::async_trait;
use contract::OrganizationId;

/// A request that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundRequest {
    /// Method.
    pub method: String,
    /// Address. Redirects to another host are not followed.
    pub url: String,
    /// Headers; those of the connection itself are ours.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Body; empty for none.
    pub body: Vec<u8>,
}

impl OutboundRequest {
    /// Reads an address.
    pub fn get(url: &str) -> Self {
        Self { method: "GET".to_owned(), url: url.to_owned(), headers: Vec::new(), body: Vec::new() }
    }
}

/// A complete answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundReply {
    /// Status.
    pub status: u16,
    /// Body, at most 1 MiB.
    pub body: Vec<u8>,
}

/// Why there is no answer: a whole sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(pub String);

/// The guarded way out: https to public addresses, and what the operator has listed.
#[async_trait]
pub trait Outbound: Send + Sync {
    /// Sends a request on behalf of an organization; waits at most 10 s.
    async fn send(&self, organization: &OrganizationId, request: OutboundRequest) -> Result<OutboundReply, NoAnswer>;

    /// The texts of all TXT records of a DNS name; none when there is no such name.
    async fn txt(&self, name: &str) -> Result<Vec<String>, NoAnswer>;
}
