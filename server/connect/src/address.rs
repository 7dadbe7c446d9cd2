//! Which addresses may be called: the public internet, and what the operator has allow-listed.

use crate::ranges::{SpecialRange, special};
use ipnet::IpNet;
use std::net::IpAddr;

/// Decides by address, after names are resolved.
#[derive(Clone, Debug, Default)]
pub struct AddressPolicy {
    allowed: Vec<Allowed>,
}

/// One entry of the operator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Allowed {
    target: Target,
    /// `None` allows every port.
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Network(IpNet),
    Name(String),
}

/// Why an address may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It is on the public internet: https only.
    Public,
    /// The operator has listed it: plain http is fine too.
    Listed,
}

impl AddressPolicy {
    /// Only the public internet.
    pub fn public_only() -> Self {
        Self::default()
    }

    /// The public internet and a comma-separated list of hosts, `host:port` and networks, such as
    /// `127.0.0.1:9093, 10.0.0.0/8, localhost, [fd12::]/48`. `Err` says which entry is wrong.
    pub fn allowing(list: &str) -> Result<Self, String> {
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        Ok(Self { allowed: entries.map(parse).collect::<Result<_, _>>()? })
    }

    /// Whether `address`, which `host` stands for, may be called on `port`. `Err` says what kind of address it is.
    pub fn judge(&self, host: &str, port: u16, address: IpAddr) -> Result<Permission, SpecialRange> {
        let range = special(address);
        let by_name_too = range.is_none_or(|range| range.reachable_by_name);
        let host = canonical(host);
        let listed = self.allowed.iter().any(|entry| {
            entry.port.is_none_or(|allowed| allowed == port)
                && match &entry.target {
                    Target::Network(network) => network.contains(&address),
                    Target::Name(name) => by_name_too && *name == host,
                }
        });
        match (listed, range) {
            (true, _) => Ok(Permission::Listed),
            (false, None) => Ok(Permission::Public),
            (false, Some(range)) => Err(range),
        }
    }
}

/// A name as it is compared: lower case, without the dot of the root.
pub(crate) fn canonical(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

fn parse(entry: &str) -> Result<Allowed, String> {
    let wrong = || format!("“{entry}” is not a host, host:port or network such as 10.0.0.0/8");
    if entry.contains('/') {
        let text = entry.replace(['[', ']'], "");
        let network: IpNet = text.parse().map_err(|_| wrong())?;
        return Ok(Allowed { target: Target::Network(network), port: None });
    }
    if let Ok(address) = entry.parse::<IpAddr>() {
        return Ok(Allowed { target: Target::Network(address.into()), port: None });
    }
    let (host, port) = split_port(entry).ok_or_else(wrong)?;
    let target = match url::Host::parse(host).map_err(|_| wrong())? {
        url::Host::Ipv4(address) => Target::Network(IpAddr::from(address).into()),
        url::Host::Ipv6(address) => Target::Network(IpAddr::from(address).into()),
        url::Host::Domain(name) => Target::Name(canonical(&name)),
    };
    Ok(Allowed { target, port })
}

/// Splits `host:port`; the port may be absent. `None` when the port is not a number.
pub(crate) fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => Some((host, Some(port.parse().ok()?))),
        _ => Some((text, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission::{Listed, Public};

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn without_a_list_only_the_public_internet_is_allowed() {
        let policy = AddressPolicy::public_only();
        assert_eq!(policy.judge("a.example", 443, ip("93.184.216.34")), Ok(Public));
        assert_eq!(policy.judge("a.example", 443, ip("10.1.2.3")).unwrap_err().what, "a private address");
        assert!(policy.judge("localhost", 443, ip("::1")).is_err());
    }

    #[test]
    fn entries_open_what_they_name_and_nothing_else() {
        let policy = AddressPolicy::allowing("127.0.0.1:9093, 10.0.0.0/8,Localhost ,fd12::/48,[::1]:80,am.corp:9093");
        let policy = policy.unwrap();
        assert_eq!(policy.judge("127.0.0.1", 9093, ip("127.0.0.1")), Ok(Listed));
        assert_eq!(policy.judge("rebound.example", 9093, ip("127.0.0.1")), Ok(Listed));
        assert!(policy.judge("127.0.0.1", 9094, ip("127.0.0.1")).is_err());
        assert_eq!(policy.judge("x", 1, ip("10.255.0.1")), Ok(Listed));
        assert!(policy.judge("x", 1, ip("11.255.0.1")) == Ok(Public));
        assert_eq!(policy.judge("localhost.", 1, ip("127.0.0.1")), Ok(Listed));
        assert_eq!(policy.judge("localhost", 1, ip("::1")), Ok(Listed));
        assert_eq!(policy.judge("x", 80, ip("::1")), Ok(Listed));
        assert!(policy.judge("x", 81, ip("::1")).is_err());
        assert_eq!(policy.judge("x", 1, ip("fd12::7")), Ok(Listed));
        assert_eq!(policy.judge("am.corp", 9093, ip("192.168.0.9")), Ok(Listed));
        assert!(policy.judge("am.corp", 22, ip("192.168.0.9")).is_err());
        assert!(policy.judge("other.corp", 9093, ip("192.168.0.9")).is_err());
    }

    #[test]
    fn a_listed_name_does_not_open_the_metadata_service() {
        let policy = AddressPolicy::allowing("am.corp").unwrap();
        for address in ["169.254.169.254", "fd00:ec2::254", "0.0.0.0", "fe80::1", "::ffff:10.0.0.1"] {
            assert!(policy.judge("am.corp", 80, ip(address)).is_err(), "{address}");
        }
        let explicit = AddressPolicy::allowing("169.254.169.254").unwrap();
        assert_eq!(explicit.judge("169.254.169.254", 80, ip("169.254.169.254")), Ok(Listed));
    }

    #[test]
    fn wrong_entries_are_named() {
        for list in ["10.0.0.0/33", "host:port", "a b", "127.0.0.1:99999", "http://x", "/8"] {
            let error = AddressPolicy::allowing(list).unwrap_err();
            assert!(error.contains(list), "{error}");
        }
        assert!(AddressPolicy::allowing(" , ").is_ok());
    }
}
