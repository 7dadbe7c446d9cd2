//! Requests: where they go and what they carry.

use super::address::{Target, declared, target};
use super::problem::Findings;
use super::spots::{Place, requests};
use super::text::quote;
use contract::manifest::{AuthKind, Manifest};

const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// The client sets these; with them a manifest could reach another host behind the same address.
const RESERVED: &[&str] = &[
    "connection",
    "content-length",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-forwarded-for",
    "x-forwarded-host",
];

pub(super) fn check(manifest: &Manifest, findings: &mut Findings) {
    for (index, entry) in manifest.egress.iter().enumerate() {
        if let Some((what, fix)) = wrong_host(&entry.host) {
            findings.error("SEC-009", &format!("/egress/{index}/host"), what, fix);
        }
    }
    for place in requests(manifest) {
        address(&place, manifest, findings);
        method_and_body(&place, findings);
        for (name, value) in &place.request.headers {
            let pointer = format!("{}/headers/{}", place.pointer, name.replace('~', "~0").replace('/', "~1"));
            header_name(&pointer, name, findings);
            if value.contains(['\r', '\n']) {
                findings.error("SEC-007", &pointer, "The header's value has a line break.", "Write it on one line.");
            }
            if sent_anyway(manifest).is_some_and(|header| header.eq_ignore_ascii_case(name)) {
                findings.warning(
                    "SEC-008",
                    &pointer,
                    format!("{name} is written by hand, though [auth] adds it."),
                    "Remove the header; use prefix in [auth] for another scheme.",
                );
            }
        }
    }
    let auth_header = manifest.auth.header.iter().map(|name| ("/auth/header".to_owned(), name));
    let verify_headers = manifest.capability.iter().enumerate().filter_map(|(index, capability)| {
        let name = capability.verify.as_ref()?.header.as_ref()?;
        Some((format!("/capability/{index}/verify/header"), name))
    });
    for (pointer, name) in auth_header.chain(verify_headers) {
        header_name(&pointer, name, findings);
    }
}

fn address(place: &Place<'_>, manifest: &Manifest, findings: &mut Findings) {
    let pointer = format!("{}/url", place.pointer);
    let url = place.request.url.as_str();
    match target(url) {
        Target::NotEncrypted => {
            findings.error("SEC-002", &pointer, format!("{} is not encrypted.", quote(url)), "Use https://.");
        }
        Target::Unclear => findings.error(
            "SEC-002",
            &pointer,
            format!("It is not clear where {} leads.", quote(url)),
            "Begin with https:// and a host, or with one field of type url: {{ config.base_url }}/path.",
        ),
        target => {
            if !declared(&target, manifest) {
                let host = match target {
                    Target::Expression(expression) => format!("{{{{ {expression} | host }}}}"),
                    Target::Host(host) => host.to_owned(),
                    Target::NotEncrypted | Target::Unclear => String::new(),
                };
                findings.error(
                    "SEC-001",
                    &pointer,
                    format!("The host {} is not declared.", quote(&host)),
                    format!("Add [[egress]] with host = \"{host}\" and why."),
                );
            }
        }
    }
}

fn method_and_body(place: &Place<'_>, findings: &mut Findings) {
    let request = place.request;
    if !METHODS.iter().any(|method| method.eq_ignore_ascii_case(&request.method)) {
        findings.error(
            "SEC-007",
            &format!("{}/method", place.pointer),
            format!("{} is not a method that can be used.", quote(&request.method)),
            "Use GET, HEAD, POST, PUT, PATCH or DELETE.",
        );
    }
    let bodies = [request.json.is_some(), request.form.is_some(), request.body.is_some()];
    if bodies.into_iter().filter(|is_set| *is_set).count() > 1 {
        findings.error(
            "SEC-007",
            &place.pointer,
            "The request has more than one of json, form and body.",
            "Keep the one the other side expects.",
        );
    }
}

fn header_name(pointer: &str, name: &str, findings: &mut Findings) {
    let is_token =
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it));
    let lower = name.to_ascii_lowercase();
    if !is_token {
        findings.error(
            "SEC-007",
            pointer,
            format!("{} is not a header name.", quote(name)),
            "Use letters, digits and hyphens.",
        );
    } else if RESERVED.contains(&lower.as_str()) || lower.starts_with("proxy-") {
        findings.error("SEC-007", pointer, format!("The header {name} belongs to the client."), "Remove it.");
    }
}

/// The header that `[auth]` fills.
fn sent_anyway(manifest: &Manifest) -> Option<&str> {
    match manifest.auth.kind {
        AuthKind::None | AuthKind::WebhookSecret => None,
        AuthKind::Bearer | AuthKind::Basic => Some("Authorization"),
        AuthKind::ApiKey => manifest.auth.header.as_deref(),
    }
}

fn wrong_host(host: &str) -> Option<(String, &'static str)> {
    let fix = "Write a name (api.example.com), *.example.com, or a template over config.";
    let name = host.trim().strip_prefix("*.").unwrap_or(host.trim());
    if name.contains("{{") {
        let outside: String =
            name.split("{{").map(|part| part.rsplit_once("}}").map_or(part, |(_, rest)| rest)).collect();
        let plain = outside.chars().all(|it| it.is_ascii_alphanumeric() || ".-:".contains(it));
        return (!plain).then(|| (format!("{} is not a host.", quote(host)), fix));
    }
    if host.trim().chars().all(|letter| matches!(letter, '*' | '.')) {
        return Some(("This would allow calls to every host.".to_owned(), fix));
    }
    let (name, port) = name.split_once(':').map_or((name, None), |(name, port)| (name, Some(port)));
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
    };
    let is_name = labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_alphabetic()))
        && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    (!is_name).then(|| (format!("{} is not a public host name.", quote(host)), fix))
}
