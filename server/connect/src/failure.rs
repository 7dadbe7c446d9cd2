//! Why a call did not get an answer.

use std::error::Error as StdError;
use std::io::{self, ErrorKind};
use std::net::IpAddr;

/// A call without an answer. What people are told about it is in `report`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Neither http nor https.
    Scheme(String),
    /// User name or password inside the address.
    CredentialInUrl,
    /// No host, or another address that can't be called.
    NoHost,
    /// The manifest does not declare this host.
    Undeclared(String),
    /// The address is not on the public internet and not allow-listed.
    Forbidden {
        /// The host as called.
        host: String,
        /// The address it stands for.
        address: IpAddr,
        /// What kind of address it is, with its article.
        what: &'static str,
    },
    /// Plain http to a host that is not allow-listed.
    NeedsHttps(String),
    /// The name does not resolve.
    Dns(String),
    /// Nothing listens on the port.
    Refused,
    /// No route, reset, or closed before the answer was complete.
    Unreachable(String),
    /// The TLS handshake failed.
    Tls(TlsProblem),
    /// No complete answer in time.
    Timeout,
    /// The organization has too many calls under way.
    Busy,
    /// The answer is larger than allowed.
    TooLarge,
    /// A redirect that is not followed.
    Redirect {
        /// The status that asked for it.
        status: u16,
        /// Where to, without query.
        to: String,
        /// Why not.
        why: Box<Failure>,
    },
    /// More redirects than are followed.
    TooManyRedirects,
    /// A redirect to another origin that would repeat the body, which may hold a credential.
    RedirectedBody,
    /// The answer is not HTTP, or something else.
    Protocol(String),
}

/// What is wrong with TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsProblem {
    /// Signed by nobody we trust: self-signed, or by an internal authority.
    UnknownIssuer,
    /// Out of date, or not valid yet.
    Expired,
    /// Made for another name.
    WrongName,
    /// The port does not speak TLS.
    NotTls,
    /// Anything else, in the library's words.
    Other(String),
}

impl Failure {
    /// Finds the cause inside the HTTP library's error.
    pub(crate) fn from_http(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Timeout;
        }
        // Without the address: it may carry a credential.
        let error = error.without_url();
        let mut cause: &(dyn StdError + 'static) = &error;
        loop {
            if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
                return Self::Tls(TlsProblem::from(tls));
            }
            if let Some(io) = cause.downcast_ref::<io::Error>()
                && let Some(failure) = from_io(io)
            {
                return failure;
            }
            match next(cause) {
                Some(inner) => cause = inner,
                None => return Self::Protocol(cause.to_string()),
            }
        }
    }
}

/// The next cause. `io::Error::source` skips the error it wraps, which is the interesting one.
fn next<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(inner);
    }
    error.source()
}

fn from_io(error: &io::Error) -> Option<Failure> {
    match error.kind() {
        ErrorKind::ConnectionRefused => Some(Failure::Refused),
        ErrorKind::TimedOut => Some(Failure::Timeout),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            Some(Failure::Unreachable("the connection was closed".to_owned()))
        }
        ErrorKind::UnexpectedEof => Some(Failure::Unreachable("the connection was closed too early".to_owned())),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            Some(Failure::Unreachable("there is no route to it".to_owned()))
        }
        _ => None,
    }
}

impl From<&rustls::Error> for TlsProblem {
    fn from(error: &rustls::Error) -> Self {
        use rustls::CertificateError as Certificate;
        match error {
            rustls::Error::InvalidCertificate(problem) => match problem {
                Certificate::UnknownIssuer => Self::UnknownIssuer,
                Certificate::Expired
                | Certificate::ExpiredContext { .. }
                | Certificate::NotValidYet
                | Certificate::NotValidYetContext { .. } => Self::Expired,
                Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => Self::WrongName,
                // webpki says so when a self-signed certificate of an authority is used by a server.
                Certificate::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => Self::UnknownIssuer,
                other => Self::Other(other.to_string()),
            },
            rustls::Error::InvalidMessage(_) => Self::NotTls,
            other => Self::Other(other.to_string()),
        }
    }
}
