//! Where a request's address template leads.

use super::code::closing;
use crate::template::host_of;
use contract::field::FieldKind;
use contract::manifest::Manifest;

/// The host part of an address template.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// The whole beginning is one expression, such as `config.base_url`.
    Expression(&'a str),
    /// Written out after `https://`, perhaps with templates inside.
    Host(&'a str),
    /// Plain http.
    NotEncrypted,
    /// Neither.
    Unclear,
}

pub(super) fn target(address: &str) -> Target<'_> {
    let address = address.trim();
    if let Some(rest) = address.strip_prefix("{{") {
        let Some(end) = closing(rest, "}}") else { return Target::Unclear };
        let after = &rest[end + 2..];
        let ends_there = after.is_empty() || after.starts_with(['/', '?', '#']);
        return if ends_there { Target::Expression(rest[..end].trim()) } else { Target::Unclear };
    }
    if let Some(rest) = address.strip_prefix("https://") {
        return match authority(rest) {
            "" => Target::Unclear,
            host if host.contains(['@', '\\', ' ']) && !host.contains("{{") => Target::Unclear,
            host => Target::Host(host),
        };
    }
    if address.starts_with("http://") { Target::NotEncrypted } else { Target::Unclear }
}

fn authority(rest: &str) -> &str {
    let mut offset = 0;
    while let Some(letter) = rest[offset..].chars().next() {
        if let Some(inside) = rest[offset..].strip_prefix("{{") {
            match closing(inside, "}}") {
                Some(end) => offset += end + 4,
                None => return rest,
            }
        } else if matches!(letter, '/' | '?' | '#') {
            break;
        } else {
            offset += letter.len_utf8();
        }
    }
    &rest[..offset]
}

/// Whether `[[egress]]` declares the host that this target has at run time.
pub(super) fn declared(target: &Target<'_>, manifest: &Manifest) -> bool {
    let hosts: Vec<String> = manifest.egress.iter().map(|entry| squeeze(&entry.host)).collect();
    match target {
        Target::Host(host) => host_declared(host, &hosts, manifest),
        Target::Expression(expression) => expression_declared(expression, &hosts, manifest),
        Target::NotEncrypted | Target::Unclear => false,
    }
}

fn host_declared(host: &str, hosts: &[String], manifest: &Manifest) -> bool {
    let host = squeeze(host);
    if hosts.iter().any(|declared| matches(declared, &host)) {
        return true;
    }
    // A choice of hosts is covered when every choice is.
    let Some((before, rest)) = host.split_once("{{") else { return false };
    let Some((expression, after)) = rest.split_once("}}") else { return false };
    choices(expression, manifest).is_some_and(|values| {
        values.iter().all(|value| {
            let choice = squeeze(&format!("{before}{value}{after}"));
            hosts.iter().any(|declared| matches(declared, &choice))
        })
    })
}

fn expression_declared(expression: &str, hosts: &[String], manifest: &Manifest) -> bool {
    let wanted = squeeze(&format!("{{{{{expression}|host}}}}"));
    if hosts.contains(&wanted) {
        return true;
    }
    let covered =
        |address: &str| host_of(address).is_some_and(|host| hosts.iter().any(|declared| matches(declared, &host)));
    if let Some(values) = choices(expression, manifest) {
        return values.iter().all(|value| covered(value));
    }
    let written_out: Vec<&str> =
        expression.split(['\'', '"']).skip(1).step_by(2).filter(|text| text.starts_with("https://")).collect();
    if !written_out.is_empty() {
        return written_out.iter().all(|address| covered(address));
    }
    // The address itself is a secret or an input: what it may be is decided by hosts that are written out.
    let root = expression.split(['.', '|', '[', ' ']).next().unwrap_or_default();
    matches!(root, "secrets" | "input") && hosts.iter().any(|declared| !declared.contains("{{"))
}

/// Values of a `select` field that the expression names.
fn choices<'a>(expression: &str, manifest: &'a Manifest) -> Option<Vec<&'a str>> {
    let key = expression.trim().strip_prefix("config.")?;
    let field = manifest.config.iter().find(|field| field.key == key && field.kind == FieldKind::Select)?;
    (!field.options.is_empty()).then(|| field.options.iter().map(|option| option.value.as_str()).collect())
}

fn matches(declared: &str, host: &str) -> bool {
    declared == host
        || declared.strip_suffix(":443") == Some(host)
        || host.strip_suffix(":443") == Some(declared)
        || declared
            .strip_prefix("*.")
            .is_some_and(|parent| host.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_found_in_any_address() {
        assert_eq!(target("https://slack.com/api/x"), Target::Host("slack.com"));
        assert_eq!(target("https://{{ config.region }}/v2"), Target::Host("{{ config.region }}"));
        assert_eq!(
            target("https://api.{{ config.a | replace('/', '}}') }}?x"),
            Target::Host("api.{{ config.a | replace('/', '}}') }}")
        );
        assert_eq!(target("{{ config.base_url }}/x"), Target::Expression("config.base_url"));
        assert_eq!(target("{{ config.base_url }}.evil.example/x"), Target::Unclear);
        assert_eq!(target("{{ config.base_url }}@evil.example/x"), Target::Unclear);
        assert_eq!(target("http://slack.com"), Target::NotEncrypted);
        for unclear in [
            "",
            "slack.com",
            "//slack.com",
            "https:///x",
            "ftp://a.example",
            "https://a@b.example/",
            "{{ x",
            "javascript:1",
        ] {
            assert_eq!(target(unclear), Target::Unclear, "{unclear}");
        }
    }
}
