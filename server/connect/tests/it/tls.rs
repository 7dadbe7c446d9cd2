//! TLS: only certificates that are signed, in date and made for the name.

use crate::support::{Names, client, connector, context, raw_server};
use connect::GuardedClient;
use contract::install::CallReport;
use domain::ports::Connector as _;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use serde_json::json;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A server with a self-signed certificate for `am.example`; gives its port and the certificate.
async fn server(change: impl FnOnce(&mut CertificateParams)) -> (u16, Vec<u8>) {
    let mut params = CertificateParams::new(vec!["am.example".to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap().der().to_vec();
    let provider = tokio_rustls::rustls::crypto::ring::default_provider();
    let config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(certificate.clone())],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}").await;
            let _ = stream.shutdown().await;
        }
    });
    (port, certificate)
}

async fn tested(client: GuardedClient, port: u16) -> CallReport {
    let names = Names::of(&[("am.example", &[&["127.0.0.1"]])]);
    let client = client.resolving_with(names);
    connector(client).test(&context(&format!("https://am.example:{port}"), json!({}))).await
}

fn trusting(certificate: Vec<u8>) -> GuardedClient {
    client("127.0.0.1").trusting(vec![certificate]).unwrap()
}

#[tokio::test]
async fn a_good_certificate_is_accepted() {
    let (port, certificate) = server(|_| {}).await;
    let report = tested(trusting(certificate), port).await;
    assert!(report.ok, "{report:?}");
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused() {
    let (port, _) = server(|_| {}).await;
    let report = tested(client("127.0.0.1"), port).await;
    assert!(report.message.contains("not signed by an authority we trust"), "{report:?}");
    assert!(report.fix.contains("public authority"), "{report:?}");
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let (port, certificate) = server(|params| {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    })
    .await;
    let report = tested(trusting(certificate), port).await;
    assert!(report.message.contains("has expired"), "{report:?}");
    assert!(report.fix.contains("Renew"), "{report:?}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (port, certificate) = server(|params| {
        params.subject_alt_names = vec![rcgen::SanType::DnsName("other.example".try_into().unwrap())];
    })
    .await;
    let report = tested(trusting(certificate), port).await;
    assert!(report.message.contains("made for another name"), "{report:?}");
}

#[tokio::test]
async fn a_port_that_speaks_plain_http_is_named() {
    let port = raw_server(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", b"", 0, true).await;
    let report = tested(client("127.0.0.1"), port).await;
    assert!(report.message.contains("does not speak TLS"), "{report:?}");
}
