//! The port `Outbound`: addresses that an organization's admins name, over the guarded client, and TXT records.

use crate::client::GuardedClient;
use crate::egress::DeclaredHosts;
use crate::report;
use crate::request::Outgoing;
use async_trait::async_trait;
use contract::OrganizationId;
use domain::ports::{NoAnswer, Outbound, OutboundReply, OutboundRequest};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A name server has this long to answer.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// Calls through the guarded client, and asks name servers.
pub struct GuardedOutbound {
    client: Arc<GuardedClient>,
    dns: TokioResolver,
}

impl GuardedOutbound {
    /// With this client, and this name server in place of the system's.
    pub fn new(client: Arc<GuardedClient>, name_server: Option<SocketAddr>) -> Result<Self, String> {
        let system = || TokioResolver::builder_tokio().map_err(|error| format!("the system's name servers: {error}"));
        let mut builder = match name_server {
            None => system()?,
            Some(address) => {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut it| {
                    it.port = address.port();
                    it
                });
                let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        // A record that was just published must be found: nothing is kept, least of all that there was nothing.
        builder.options_mut().cache_size = 0;
        builder.options_mut().timeout = TIME_LIMIT;
        builder.options_mut().attempts = 1;
        Ok(Self { client, dns: builder.build().map_err(|error| error.to_string())? })
    }
}

fn outgoing(request: OutboundRequest) -> Result<Outgoing, NoAnswer> {
    let wrong = |what: &str| NoAnswer(format!("{what} can't be used."));
    let mut headers = HeaderMap::new();
    for (name, value) in &request.headers {
        let name = HeaderName::try_from(name.as_str()).map_err(|_| wrong("A header"))?;
        headers.append(name, HeaderValue::from_bytes(value).map_err(|_| wrong("A header"))?);
    }
    Ok(Outgoing {
        method: Method::from_bytes(request.method.as_bytes()).map_err(|_| wrong("The method"))?,
        url: Url::parse(&request.url).map_err(|_| wrong("The address"))?,
        headers,
        body: (!request.body.is_empty()).then_some(request.body),
    })
}

#[async_trait]
impl Outbound for GuardedOutbound {
    async fn send(&self, organization: &OrganizationId, request: OutboundRequest) -> Result<OutboundReply, NoAnswer> {
        let outgoing = outgoing(request)?;
        let host = outgoing.url.host_str().unwrap_or_default().to_owned();
        let hosts = DeclaredHosts::of(&outgoing.url);
        let reply = self.client.call(organization, &hosts, outgoing).await;
        let reply = reply.map_err(|failure| NoAnswer(report::failure(&failure, &host).message))?;
        Ok(OutboundReply { status: reply.status, body: reply.body })
    }

    async fn txt(&self, name: &str) -> Result<Vec<String>, NoAnswer> {
        let found = match self.dns.txt_lookup(name).await {
            Ok(found) => found,
            Err(error) if error.is_no_records_found() => return Ok(Vec::new()),
            Err(error) => return Err(NoAnswer(format!("The name server does not answer: {error}."))),
        };
        let text = |data: &RData| match data {
            // One record may consist of several strings; what they say is what they say together (RFC 7208, 3.3).
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        };
        Ok(found.answers().iter().filter_map(|record| text(&record.data)).collect())
    }
}
