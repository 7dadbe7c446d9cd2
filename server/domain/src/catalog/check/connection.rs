//! The credential and the connection test.

use super::problem::Findings;
use super::text::quote;
use contract::manifest::{Auth, AuthKind, ConnectionTest, Manifest};

pub(super) fn check(manifest: &Manifest, findings: &mut Findings) {
    auth(&manifest.auth, findings);
    match &manifest.test {
        Some(test) => {
            if manifest.capability.is_empty() {
                findings.error(
                    "CON-001",
                    "/capability",
                    "There is a connection test but no capability, so the listing cannot be installed.",
                    "Add a [[capability]], or remove [test] to make it a catalogue entry.",
                );
            }
            self::test(test, &manifest.auth, findings);
        }
        None if !manifest.capability.is_empty() => findings.error(
            "CON-001",
            "/test",
            "There are capabilities but no connection test.",
            "Add [test] with a request that fails for a wrong credential.",
        ),
        None => {}
    }
}

fn auth(auth: &Auth, findings: &mut Findings) {
    let asks = !matches!(auth.kind, AuthKind::None | AuthKind::WebhookSecret);
    if asks && auth.help.trim().is_empty() {
        findings.error(
            "DOC-007",
            "/auth/help",
            "Nobody says where the credential comes from.",
            "Say where to create it and what it must be allowed to do.",
        );
    }
    let is_key = auth.kind == AuthKind::ApiKey;
    let without_effect = [
        ("header", auth.header.is_some() && !is_key),
        ("prefix", auth.prefix.is_some() && (!is_key || auth.header.is_none())),
        ("query", auth.query.is_some() && (!is_key || auth.header.is_some())),
        ("username_label", auth.username_label.is_some() && auth.kind != AuthKind::Basic),
        ("password_label", auth.password_label.is_some() && !asks),
        ("optional", auth.optional && !asks),
    ];
    for (key, _) in without_effect.into_iter().filter(|(_, useless)| *useless) {
        findings.warning(
            "CON-013",
            &format!("/auth/{key}"),
            format!("{} has no effect with type {}.", quote(key), quote(auth.kind.as_str())),
            "Remove it, or see docs/manifest.md for the type it belongs to.",
        );
    }
}

fn test(test: &ConnectionTest, auth: &Auth, findings: &mut Findings) {
    if test.identify.trim().is_empty() {
        findings.error(
            "CON-003",
            "/test/identify",
            "The test does not say who answered.",
            "Name the other side as it names itself, for example \"Grafana {{ body.version }}\".",
        );
    }
    let refused = |status: &u16| matches!(status, 401 | 403);
    let explained = test.error.iter().any(|error| error.status.iter().any(refused));
    if !matches!(auth.kind, AuthKind::None | AuthKind::WebhookSecret) && !explained {
        findings.error(
            "CON-002",
            "/test/error",
            "A wrong credential is not explained.",
            "Add [[test.error]] with status = [401, 403], say and fix.",
        );
    }
    let codes = test
        .expect
        .status
        .iter()
        .enumerate()
        .map(|(index, status)| (format!("/test/expect/status/{index}"), *status))
        .chain(test.error.iter().enumerate().flat_map(|(number, error)| {
            let place = move |index| format!("/test/error/{number}/status/{index}");
            error.status.iter().enumerate().map(move |(index, status)| (place(index), *status))
        }));
    for (pointer, status) in codes.filter(|(_, status)| !(100..=599).contains(status)) {
        findings.error("CON-004", &pointer, format!("{status} is not an HTTP status."), "Use 100 to 599.");
    }
    if test.expect.condition.is_none() && test.expect.status.iter().any(refused) {
        findings.error(
            "CON-002",
            "/test/expect/status",
            "The test succeeds when the credential is refused.",
            "Expect a status that only a valid credential gets.",
        );
    }
    for (index, error) in test.error.iter().enumerate() {
        for (key, text) in [("say", &error.say), ("fix", &error.fix)] {
            if text.trim().is_empty() {
                findings.error(
                    "CON-004",
                    &format!("/test/error/{index}/{key}"),
                    "This text is empty.",
                    "Say what happened (say) and what to do about it (fix).",
                );
            }
        }
        if error.status.is_empty() && error.condition.is_none() {
            findings.warning(
                "CON-004",
                &format!("/test/error/{index}"),
                "This explanation applies to every failure.",
                "Give it a status, or `where`.",
            );
        }
    }
}
