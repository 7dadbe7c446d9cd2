//! Name resolution, once per hop: what was checked is what is connected to.

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolving};
use std::io;
use std::net::{IpAddr, SocketAddr};

/// Resolves names. A trait so that tests can answer as a hostile name server would.
#[async_trait]
pub trait Resolve: Send + Sync {
    /// All addresses of `host`.
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The operating system's resolver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect())
    }
}

/// Gives the HTTP client the addresses that were checked, and refuses any other name. There is no second lookup, so a name
/// server that changes its mind (DNS rebinding) changes nothing.
#[derive(Debug)]
pub(crate) struct Pinned {
    pub host: String,
    pub addresses: Vec<IpAddr>,
}

impl reqwest::dns::Resolve for Pinned {
    fn resolve(&self, name: Name) -> Resolving {
        let answer: Result<Addrs, Box<dyn std::error::Error + Send + Sync>> =
            if name.as_str().eq_ignore_ascii_case(&self.host) {
                // Port 0 stands for the port of the address that is called.
                let addresses: Vec<_> = self.addresses.iter().map(|address| SocketAddr::new(*address, 0)).collect();
                Ok(Box::new(addresses.into_iter()))
            } else {
                Err(io::Error::other("only the name that was checked may be resolved").into())
            };
        Box::pin(std::future::ready(answer))
    }
}
