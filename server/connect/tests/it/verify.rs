//! Inbound calls: every scheme with a good, a bad and, where it can tell, a replayed proof.

use crate::support::{NOW, context, local};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use domain::ports::{ConnectionContext, Connector as _, Inbound};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use zeroize::Zeroizing;

const SECRET: &str = "ourwebhooksecret";
const BODY: &[u8] = br#"{"alerts":[]}"#;

fn with(verify: Value) -> ConnectionContext {
    let capability = json!([{ "type": "webhook", "name": "in", "title": "In", "summary": "S.", "verify": verify }]);
    let mut context = context("https://a.example", json!({ "capability": capability }));
    context.secrets.insert("signing_secret", "vendors".to_owned());
    context
}

fn accepts_body(context: &ConnectionContext, headers: &[(&str, &str)], body: &[u8]) -> bool {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    local().verify(context, "in", &Inbound { headers, body: body.to_vec() })
}

fn accepts(verify: Value, headers: &[(&str, &str)]) -> bool {
    accepts_body(&with(verify), headers, BODY)
}

fn mac(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(data);
    mac.finalize().into_bytes().to_vec()
}

#[test]
fn none_accepts_and_an_unknown_capability_does_not() {
    assert!(accepts(json!({ "scheme": "none" }), &[]));
    let context = with(json!({ "scheme": "none" }));
    let inbound = Inbound { headers: std::collections::BTreeMap::new(), body: Vec::new() };
    assert!(!local().verify(&context, "other", &inbound));
    assert!(!accepts(Value::Null, &[]), "a capability that does not say how is not open to all");
}

#[test]
fn bearer() {
    let usual = || json!({ "scheme": "bearer" });
    assert!(accepts(usual(), &[("authorization", "Bearer ourwebhooksecret")]));
    assert!(accepts(usual(), &[("authorization", "bearer ourwebhooksecret")]));
    for bad in ["", "Bearer ", "Bearer wrong", "Bearer ourwebhooksecretx", "ourwebhooksecret", "Basic ourwebhooksecret"]
    {
        assert!(!accepts(usual(), &[("authorization", bad)]), "{bad}");
    }
    assert!(!accepts(usual(), &[]));
    let custom = || json!({ "scheme": "bearer", "header": "X-Gitlab-Token" });
    assert!(accepts(custom(), &[("x-gitlab-token", SECRET)]));
    assert!(!accepts(custom(), &[("x-gitlab-token", "ourwebhooksecreT")]));
    assert!(!accepts(custom(), &[("authorization", "Bearer ourwebhooksecret")]));
    let prefixed =
        || json!({ "scheme": "bearer", "header": "X-A", "prefix": "Key ", "secret": "{{ secrets.signing_secret }}" });
    assert!(accepts(prefixed(), &[("x-a", "Key vendors")]));
    assert!(!accepts(prefixed(), &[("x-a", "vendors")]));
    assert!(!accepts(prefixed(), &[("x-a", "ü")]));
}

#[test]
fn an_empty_or_broken_secret_proves_nothing() {
    for secret in ["{{ secrets.missing }}", " ", "{{ broken"] {
        let verify = json!({ "scheme": "bearer", "header": "X-A", "secret": secret });
        assert!(!accepts(verify, &[("x-a", "")]), "{secret}");
        let verify = json!({ "scheme": "hmac-sha256", "header": "X-A", "secret": secret });
        assert!(!accepts(verify, &[("x-a", &hex::encode(mac(b"", BODY)))]), "{secret}");
    }
    let mut context = with(json!({ "scheme": "bearer", "header": "X-A" }));
    context.webhook_secret = Zeroizing::new(String::new());
    assert!(!accepts_body(&context, &[("x-a", "")], BODY));
}

#[test]
fn basic() {
    let verify = || json!({ "scheme": "basic" });
    let header = |pair: &str| format!("Basic {}", STANDARD.encode(pair));
    assert!(accepts(verify(), &[("authorization", &header("openconductor:ourwebhooksecret"))]));
    for bad in [header("openconductor:wrong"), header("other:ourwebhooksecret"), header(SECRET), "Basic §".to_owned()]
    {
        assert!(!accepts(verify(), &[("authorization", &bad)]), "{bad}");
    }
}

#[test]
fn hmac_sha256() {
    let signature = mac(SECRET.as_bytes(), BODY);
    let verify = || json!({ "scheme": "hmac-sha256", "header": "X-Hub-Signature-256", "prefix": "sha256=" });
    let good = format!("sha256={}", hex::encode(&signature));
    assert!(accepts(verify(), &[("x-hub-signature-256", &good)]));
    assert!(accepts(verify(), &[("x-hub-signature-256", &good.to_uppercase().replace("SHA256=", "sha256="))]));
    let rotated = format!("sha256={}, {good}", hex::encode(mac(b"old", BODY)));
    assert!(accepts(verify(), &[("x-hub-signature-256", &rotated)]));
    for bad in [
        hex::encode(&signature),
        format!("sha256={}", hex::encode(mac(b"other", BODY))),
        format!("sha256={}", &hex::encode(&signature)[..32]),
        "sha256=".to_owned(),
        "sha256=zz".to_owned(),
        String::new(),
    ] {
        assert!(!accepts(verify(), &[("x-hub-signature-256", &bad)]), "{bad}");
    }
    assert!(!accepts_body(&with(verify()), &[("x-hub-signature-256", &good)], b"{\"alerts\":[1]}"), "another body");
    assert!(!accepts(verify(), &[]));
    assert!(!accepts(json!({ "scheme": "hmac-sha256" }), &[("authorization", &good)]), "no header declared");

    let base64 = || json!({ "scheme": "hmac-sha256", "header": "X-Sig", "encoding": "base64", "secret": "{{ secrets.signing_secret }}" });
    let signature = mac(b"vendors", BODY);
    assert!(accepts(base64(), &[("x-sig", &STANDARD.encode(&signature))]));
    assert!(accepts(base64(), &[("x-sig", &STANDARD_NO_PAD.encode(&signature))]));
    assert!(!accepts(base64(), &[("x-sig", &hex::encode(&signature))]));
}

#[test]
fn standard_webhooks() {
    let key = b"0123456789abcdef01234567";
    let secret = format!("whsec_{}", STANDARD.encode(key));
    let mut context = with(json!({ "scheme": "standard-webhooks" }));
    context.webhook_secret = Zeroizing::new(secret.clone());
    let sent = |offset: i64, key: &[u8]| {
        let timestamp = (NOW.0 / 1000 + offset).to_string();
        let signed = [b"msg_1.", timestamp.as_bytes(), b".", BODY].concat();
        let signature = format!("v1,{}", STANDARD.encode(mac(key, &signed)));
        (timestamp, signature)
    };
    let verify = |context: &ConnectionContext, id: &str, timestamp: &str, signature: &str| {
        let headers = [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)];
        accepts_body(context, &headers, BODY)
    };
    for offset in [-299, 0, 299] {
        let (timestamp, signature) = sent(offset, key);
        assert!(verify(&context, "msg_1", &timestamp, &signature), "{offset}");
        assert!(verify(&context, "msg_1", &timestamp, &format!("v1,AAAA v1a,x {signature}")), "{offset}");
    }
    for offset in [-301, 301, -86_400] {
        let (timestamp, signature) = sent(offset, key);
        assert!(!verify(&context, "msg_1", &timestamp, &signature), "replayed or from the future: {offset}");
    }
    let (timestamp, signature) = sent(0, key);
    let later = (NOW.0 / 1000 + 1).to_string();
    assert!(!verify(&context, "msg_2", &timestamp, &signature), "another id");
    assert!(!verify(&context, "msg_1", &later, &signature), "another time");
    assert!(!verify(&context, "msg_1", "9223372036854775807", &signature), "a time that overflows");
    assert!(!verify(&context, "msg_1", &timestamp, signature.trim_start_matches("v1,")), "no version");
    assert!(!verify(&context, "msg_1", &timestamp, &sent(0, b"other").1), "another key");
    assert!(!accepts_body(&context, &[("webhook-signature", &signature)], BODY), "headers missing");

    context.webhook_secret = Zeroizing::new(STANDARD.encode(key));
    assert!(verify(&context, "msg_1", &timestamp, &signature), "without prefix");
    context.webhook_secret = Zeroizing::new("not base 64!".to_owned());
    assert!(verify(&context, "msg_1", &timestamp, &sent(0, b"not base 64!").1), "a plain secret");
    context.webhook_secret = Zeroizing::new("whsec_not base 64!".to_owned());
    assert!(!verify(&context, "msg_1", &timestamp, &sent(0, b"not base 64!").1));
}
