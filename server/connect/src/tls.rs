//! The TLS configuration of outgoing calls, built once and shared by all of them.

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// The TLS configuration could not be built.
#[derive(Debug, thiserror::Error)]
#[error("TLS set-up: {0}")]
pub struct TlsSetupError(#[from] rustls::Error);

/// Trusts the operating system's authorities (`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured) and these.
pub(crate) fn configuration(extra: &[CertificateDer<'static>]) -> Result<ClientConfig, TlsSetupError> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::warn!(%error, "a certificate authority of the operating system could not be read");
    }
    roots.add_parsable_certificates(native.certs);
    if roots.is_empty() && extra.is_empty() {
        tracing::warn!("no certificate authorities found: https calls will fail; install ca-certificates");
    }
    for certificate in extra {
        roots.add(certificate.clone())?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
