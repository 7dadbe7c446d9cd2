//! The guarded client: the only way an outgoing call leaves.
//!
//! Each hop is checked anew: scheme, declared host, every resolved address. The connection is pinned to the addresses that
//! were checked and belongs to this call alone. There are no proxies, no cookies and no automatic redirects.

use crate::address::{AddressPolicy, Permission};
use crate::egress::DeclaredHosts;
use crate::failure::Failure;
use crate::permits::Permits;
use crate::request::Outgoing;
use crate::resolve::{Pinned, Resolve, SystemResolver};
use crate::tls::{self, TlsSetupError};
use contract::OrganizationId;
use reqwest::header::{ACCEPT, HeaderMap, LOCATION, USER_AGENT};
use reqwest::{Method, Response, StatusCode};
use rustls::pki_types::CertificateDer;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const AGENT: &str = concat!("OpenConductor-Marketplace/", env!("CARGO_PKG_VERSION"));

/// Bounds of a call.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For everything: resolution, redirects, body.
    pub timeout: Duration,
    /// Bytes of an answer's body.
    pub body: usize,
    /// Redirects followed.
    pub redirects: usize,
    /// Calls an organization may have under way.
    pub concurrent: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), body: 1024 * 1024, redirects: 3, concurrent: 8 }
    }
}

/// A complete answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Body as it came.
    pub body: Vec<u8>,
}

/// The client. Cheap to share behind an `Arc`; building it reads the system's certificate authorities.
pub struct GuardedClient {
    policy: AddressPolicy,
    resolver: Arc<dyn Resolve>,
    tls: rustls::ClientConfig,
    limits: Limits,
    permits: Permits,
}

impl GuardedClient {
    /// A client with the system's resolver and authorities and the default limits.
    pub fn new(policy: AddressPolicy) -> Result<Self, TlsSetupError> {
        let limits = Limits::default();
        Ok(Self {
            policy,
            resolver: Arc::new(SystemResolver),
            tls: tls::configuration(&[])?,
            permits: Permits::new(limits.concurrent),
            limits,
        })
    }

    /// With another resolver.
    #[must_use]
    pub fn resolving_with(mut self, resolver: Arc<dyn Resolve>) -> Self {
        self.resolver = resolver;
        self
    }

    /// With other limits.
    #[must_use]
    pub fn limited_to(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self.permits = Permits::new(limits.concurrent);
        self
    }

    /// Trusting these certificates (DER) too, such as that of an internal authority.
    pub fn trusting(mut self, certificates: Vec<Vec<u8>>) -> Result<Self, TlsSetupError> {
        let certificates: Vec<_> = certificates.into_iter().map(CertificateDer::from).collect();
        self.tls = tls::configuration(&certificates)?;
        Ok(self)
    }

    /// Calls, follows permitted redirects, and reads the whole answer.
    pub async fn call(
        &self,
        organization: &OrganizationId,
        hosts: &DeclaredHosts,
        request: Outgoing,
    ) -> Result<Reply, Failure> {
        let Some(_permit) = self.permits.acquire(organization, self.limits.timeout).await else {
            return Err(Failure::Busy);
        };
        tokio::time::timeout(self.limits.timeout, self.follow(hosts, request)).await.unwrap_or(Err(Failure::Timeout))
    }

    /// Whether an address could be called now. Resolves its name and calls nothing.
    pub async fn may_call(&self, hosts: &DeclaredHosts, url: &Url) -> Result<(), Failure> {
        let admitted = tokio::time::timeout(self.limits.timeout, self.admit(hosts, url)).await;
        admitted.unwrap_or(Err(Failure::Timeout)).map(|_| ())
    }

    async fn follow(&self, hosts: &DeclaredHosts, mut request: Outgoing) -> Result<Reply, Failure> {
        let mut client = self.admit(hosts, &request.url).await?;
        for _ in 0..=self.limits.redirects {
            let response = send(&client, &request).await?;
            let Some(target) = redirect(&response, &request.url) else {
                return self.read(response).await;
            };
            let status = response.status();
            let refused = |why| Failure::Redirect {
                status: status.as_u16(),
                to: shown(target.as_ref().ok()),
                why: Box::new(why),
            };
            let next = target.clone().map_err(refused)?;
            client = self.admit(hosts, &next).await.map_err(refused)?;
            request = redirected(request, next, status).map_err(refused)?;
        }
        Err(Failure::TooManyRedirects)
    }

    /// Checks an address and gives a client that can connect to nothing else.
    async fn admit(&self, hosts: &DeclaredHosts, url: &Url) -> Result<reqwest::Client, Failure> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Failure::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failure::CredentialInUrl);
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(Failure::NoHost);
        };
        let name = host.to_string();
        if !hosts.contain(url) {
            return Err(Failure::Undeclared(with_port(&name, url)));
        }
        let addresses: Vec<IpAddr> = match host {
            url::Host::Ipv4(address) => vec![address.into()],
            url::Host::Ipv6(address) => vec![address.into()],
            url::Host::Domain(name) => self.resolver.resolve(name).await.unwrap_or_default(),
        };
        if addresses.is_empty() {
            return Err(Failure::Dns(name));
        }
        let mut all_listed = true;
        for &address in &addresses {
            let permission = self.policy.judge(&name, port, address).map_err(|range| Failure::Forbidden {
                host: name.clone(),
                address,
                what: range.what,
            })?;
            all_listed &= permission == Permission::Listed;
        }
        if url.scheme() == "http" && !all_listed {
            return Err(Failure::NeedsHttps(with_port(&name, url)));
        }
        self.connectable(Pinned { host: name, addresses })
    }

    /// A client for one hop. Its connections end with it, so none is ever reused under another check.
    fn connectable(&self, pinned: Pinned) -> Result<reqwest::Client, Failure> {
        reqwest::Client::builder()
            .use_preconfigured_tls(self.tls.clone())
            .dns_resolver(Arc::new(pinned))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .referer(false)
            .http1_only()
            .user_agent(AGENT)
            .timeout(self.limits.timeout)
            .build()
            .map_err(Failure::from_http)
    }

    async fn read(&self, mut response: Response) -> Result<Reply, Failure> {
        let status = response.status().as_u16();
        let limit = self.limits.body;
        if response.content_length().is_some_and(|length| usize::try_from(length).map_or(true, |it| it > limit)) {
            return Err(Failure::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Failure::from_http)? {
            if body.len() + chunk.len() > limit {
                return Err(Failure::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, body })
    }
}

async fn send(client: &reqwest::Client, request: &Outgoing) -> Result<Response, Failure> {
    let mut builder = client.request(request.method.clone(), request.url.clone()).headers(request.headers.clone());
    if let Some(body) = &request.body {
        builder = builder.body(body.clone());
    }
    builder.send().await.map_err(Failure::from_http)
}

/// Where a response redirects to; `None` when it does not.
fn redirect(response: &Response, from: &Url) -> Option<Result<Url, Failure>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?;
    Some(location.to_str().ok().and_then(|text| from.join(text).ok()).ok_or(Failure::NoHost))
}

/// The request that a redirect asks for. Another origin gets neither credential nor body.
fn redirected(mut request: Outgoing, to: Url, status: StatusCode) -> Result<Outgoing, Failure> {
    let becomes_get = match status {
        StatusCode::SEE_OTHER => request.method != Method::HEAD,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => request.method == Method::POST,
        _ => false,
    };
    if becomes_get {
        request.method = Method::GET;
        request.body = None;
        for name in [reqwest::header::CONTENT_TYPE, reqwest::header::CONTENT_ENCODING] {
            request.headers.remove(name);
        }
    }
    if to.origin() != request.url.origin() {
        if request.body.is_some() {
            return Err(Failure::RedirectedBody);
        }
        // Any other header may be a credential; vendors invent names for them.
        let mut kept = HeaderMap::new();
        for name in [ACCEPT, USER_AGENT] {
            if let Some(value) = request.headers.remove(&name) {
                kept.insert(name, value);
            }
        }
        request.headers = kept;
    }
    request.url = to;
    Ok(request)
}

fn with_port(host: &str, url: &Url) -> String {
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A target as people may see it: without user name, password, query and fragment.
fn shown(target: Option<&Url>) -> String {
    target.map_or_else(String::new, |url| {
        format!("{}://{}{}", url.scheme(), with_port(url.host_str().unwrap_or_default(), url), url.path())
    })
}
