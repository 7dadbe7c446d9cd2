//! Hosts a manifest declares. A connection may call these and no other.

use crate::address::{canonical, split_port};
use contract::manifest::Egress;
use domain::template::{Engine, TemplateError};
use serde_json::{Map, Value, json};
use url::Url;

/// The declared hosts of one connection, with its configuration filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclaredHosts {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    /// Canonical name, or an IP address as URLs write it.
    host: String,
    /// `*.host`: any name below `host`, not `host` itself.
    below: bool,
    /// `None` means the scheme's own port.
    port: Option<u16>,
}

impl DeclaredHosts {
    /// Fills in the configuration. Secrets are not available here: where data goes must be plain to see.
    ///
    /// An entry that comes out empty (an optional address that was not given) or is not a host declares nothing.
    pub fn render(engine: &Engine, declared: &[Egress], config: &Map<String, Value>) -> Result<Self, TemplateError> {
        let context = json!({ "config": config });
        let mut rules = Vec::with_capacity(declared.len());
        for entry in declared {
            // The star must be in the manifest: a value of the configuration can't widen what was declared.
            let (template, below) = entry.host.trim().strip_prefix("*.").map_or((&*entry.host, false), |it| (it, true));
            let host = engine.render(template, &context)?;
            rules.extend(rule(host.trim(), below));
        }
        Ok(Self { rules })
    }

    /// The host and port of one address, which somebody who may decide it has entered.
    pub fn of(url: &Url) -> Self {
        let host = url.host_str().map(canonical);
        Self { rules: host.map(|host| Rule { host, below: false, port: url.port() }).into_iter().collect() }
    }

    /// Whether this address is at a declared host and port.
    pub fn contain(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let host = canonical(host);
        let is_name = matches!(url.host(), Some(url::Host::Domain(_)));
        self.rules.iter().any(|rule| {
            let host_matches = if rule.below {
                is_name && host.strip_suffix(&rule.host).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
            } else {
                host == rule.host
            };
            // `Url::port` is `None` for the scheme's own port, however it was written.
            let port_matches = rule.port.map_or(url.port().is_none(), |port| url.port_or_known_default() == Some(port));
            host_matches && port_matches
        })
    }
}

fn rule(text: &str, below: bool) -> Option<Rule> {
    if text.is_empty() || text.contains(['*', '/', '\\', '?', '#', '@', '%']) {
        return None;
    }
    let (host, port) = split_port(text)?;
    let host = url::Host::parse(host).ok()?;
    let is_name = matches!(host, url::Host::Domain(_));
    let host = canonical(&host.to_string());
    // `*.com` would declare half the internet.
    let acceptable = !below || (is_name && host.contains('.'));
    acceptable.then_some(Rule { host, below, port })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(hosts: &[&str], config: Value) -> DeclaredHosts {
        let entries: Vec<_> =
            hosts.iter().map(|host| Egress { host: (*host).to_owned(), why: "test".to_owned() }).collect();
        let Value::Object(config) = config else { unreachable!("an object") };
        DeclaredHosts::render(&Engine::new(), &entries, &config).unwrap()
    }

    fn allows(hosts: &DeclaredHosts, url: &str) -> bool {
        hosts.contain(&Url::parse(url).unwrap())
    }

    #[test]
    fn exact_names_match_with_the_schemes_own_port() {
        let hosts = declared(&["Slack.com", "am.example:9093"], json!({}));
        for good in ["https://slack.com/x", "https://SLACK.com.:443/", "https://am.example:9093/", "http://slack.com/"]
        {
            assert!(allows(&hosts, good), "{good}");
        }
        for bad in [
            "https://slack.com:8443/",
            "https://evil-slack.com/",
            "https://slack.com.evil.example/",
            "https://a.slack.com/",
            "https://am.example/",
            "https://am.example:9094/",
            "https://slack.com@evil.example/",
        ] {
            assert!(!allows(&hosts, bad), "{bad}");
        }
    }

    #[test]
    fn a_star_matches_names_below() {
        let hosts = declared(&["*.logic.azure.com", "*.com", "*.0.0.1"], json!({}));
        assert!(allows(&hosts, "https://prod-1.logic.azure.com/"));
        assert!(allows(&hosts, "https://a.b.logic.azure.com/"));
        for bad in ["https://logic.azure.com/", "https://xlogic.azure.com/", "https://x.com/", "https://127.0.0.1/"] {
            assert!(!allows(&hosts, bad), "{bad}");
        }
    }

    #[test]
    fn templates_see_the_configuration_only() {
        let config = json!({ "base_url": "https://am.example:9093/prefix", "region": "eu.example", "empty": "" });
        let hosts = declared(
            &["{{ config.base_url | host }}", "api.{{ config.region }}", "{{ config.empty }}", "{{ secrets.host }}"],
            config,
        );
        assert!(allows(&hosts, "https://am.example:9093/x"));
        assert!(allows(&hosts, "https://api.eu.example/x"));
        assert_eq!(hosts.rules.len(), 2);
        let v6 = declared(&["{{ config.u | host }}"], json!({ "u": "http://[::1]:9093" }));
        assert!(allows(&v6, "http://[::1]:9093/"));
        assert!(!allows(&v6, "http://[::1]/"));
    }

    #[test]
    fn configuration_cannot_widen_what_was_declared() {
        for value in ["*.example.com", "*", "a/b", "user@evil.example", "evil.example?", "x#", "%2a.example"] {
            let hosts = declared(&["{{ config.host }}", "api.{{ config.host }}"], json!({ "host": value }));
            assert!(hosts.rules.is_empty(), "{value}: {hosts:?}");
        }
    }
}
