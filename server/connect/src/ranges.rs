//! Which IP addresses belong to the public internet, and what the others are.
//!
//! Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates), and the addresses on which
//! cloud providers serve instance credentials.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range that is not the public internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialRange {
    /// What it is, with its article: `a loopback address`.
    pub what: &'static str,
    /// Whether allow-listing a *name* is enough to reach it. Ranges that no service of a customer lives in, such as
    /// metadata services, must be allow-listed by address.
    pub reachable_by_name: bool,
}

const fn private(what: &'static str) -> SpecialRange {
    SpecialRange { what, reachable_by_name: true }
}

const fn never_by_name(what: &'static str) -> SpecialRange {
    SpecialRange { what, reachable_by_name: false }
}

/// The special range an address lies in; `None` for addresses of the public internet.
pub fn special(address: IpAddr) -> Option<SpecialRange> {
    match address {
        IpAddr::V4(address) => special_v4(address),
        IpAddr::V6(address) => special_v6(address),
    }
}

fn special_v4(address: Ipv4Addr) -> Option<SpecialRange> {
    match address.octets() {
        // AWS, GCP, Azure and most others; AWS ECS; Alibaba Cloud; Oracle Cloud; Azure's host agent.
        [169, 254, 169, 254] | [169, 254, 170, 2] | [100, 100, 100, 200] | [192, 0, 0, 192] | [168, 63, 129, 16] => {
            Some(never_by_name("a cloud metadata address"))
        }
        [0, ..] => Some(never_by_name("an unspecified address")),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some(private("a private address")),
        [127, ..] => Some(private("a loopback address")),
        [100, 64..=127, ..] => Some(private("a carrier-grade NAT address")),
        [169, 254, ..] => Some(never_by_name("a link-local address")),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Some(never_by_name("a documentation address")),
        [198, 18..=19, ..] => Some(never_by_name("a benchmarking address")),
        [192, 0, 0, _] | [192, 31, 196, _] | [192, 52, 193, _] | [192, 88, 99, _] | [192, 175, 48, _] => {
            Some(never_by_name("a special-purpose address"))
        }
        [224..=239, ..] => Some(never_by_name("a multicast address")),
        [255, 255, 255, 255] => Some(never_by_name("the broadcast address")),
        [240..=255, ..] => Some(never_by_name("a reserved address")),
        _ => None,
    }
}

fn special_v6(address: Ipv6Addr) -> Option<SpecialRange> {
    if address.is_loopback() {
        return Some(private("a loopback address"));
    }
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some(never_by_name("an unspecified address")),
        [0, 0, 0, 0, 0, 0xffff | 0, ..] | [0, 0, 0, 0, 0xffff, 0, ..] => {
            Some(never_by_name("an IPv4 address written as IPv6"))
        }
        [0x64, 0xff9b, ..] => Some(never_by_name("an IPv4 address behind NAT64")),
        [0x2002, ..] => Some(never_by_name("an IPv4 address behind 6to4")),
        [0x2001, 0, ..] => Some(never_by_name("an IPv4 address behind Teredo")),
        [_, _, _, _, 0 | 0x200, 0x5efe, ..] => Some(never_by_name("an IPv4 address behind ISATAP")),
        // AWS; GCP.
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254 | 0x23] | [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254] => {
            Some(never_by_name("a cloud metadata address"))
        }
        [0xfc00..=0xfdff, ..] => Some(private("a private address")),
        [0xfe80..=0xfebf, ..] => Some(never_by_name("a link-local address")),
        [0xfec0..=0xfeff, ..] => Some(never_by_name("a site-local address")),
        [0xff00..=0xffff, ..] => Some(never_by_name("a multicast address")),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some(never_by_name("a documentation address")),
        [0x2001, 0x1..=0x1ff, ..] => Some(never_by_name("a special-purpose address")),
        // Only 2000::/3 is given out for the public internet.
        [0x2000..=0x3fff, ..] => None,
        _ => Some(never_by_name("a reserved address")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_public() {
        for text in [
            "1.1.1.1",
            "93.184.216.34",
            "172.15.255.255",
            "172.32.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001::200e",
            "2001:4860:4860::8888",
        ] {
            assert_eq!(special(text.parse().unwrap()), None, "{text}");
        }
    }

    #[test]
    fn everything_else_is_named() {
        for (text, what) in [
            ("0.0.0.0", "an unspecified address"),
            ("0.1.2.3", "an unspecified address"),
            ("10.0.0.1", "a private address"),
            ("172.16.0.1", "a private address"),
            ("172.31.255.255", "a private address"),
            ("192.168.1.1", "a private address"),
            ("127.0.0.1", "a loopback address"),
            ("127.255.255.254", "a loopback address"),
            ("100.64.0.1", "a carrier-grade NAT address"),
            ("100.100.100.200", "a cloud metadata address"),
            ("168.63.129.16", "a cloud metadata address"),
            ("192.0.0.192", "a cloud metadata address"),
            ("169.254.169.254", "a cloud metadata address"),
            ("169.254.1.1", "a link-local address"),
            ("192.0.2.1", "a documentation address"),
            ("198.51.100.7", "a documentation address"),
            ("203.0.113.9", "a documentation address"),
            ("198.18.0.1", "a benchmarking address"),
            ("192.88.99.1", "a special-purpose address"),
            ("224.0.0.1", "a multicast address"),
            ("239.255.255.250", "a multicast address"),
            ("240.0.0.1", "a reserved address"),
            ("255.255.255.255", "the broadcast address"),
            ("::", "an unspecified address"),
            ("::1", "a loopback address"),
            ("::127.0.0.1", "an IPv4 address written as IPv6"),
            ("::ffff:127.0.0.1", "an IPv4 address written as IPv6"),
            ("::ffff:8.8.8.8", "an IPv4 address written as IPv6"),
            ("::ffff:0:127.0.0.1", "an IPv4 address written as IPv6"),
            ("64:ff9b::7f00:1", "an IPv4 address behind NAT64"),
            ("64:ff9b:1::a00:1", "an IPv4 address behind NAT64"),
            ("2002:7f00:1::", "an IPv4 address behind 6to4"),
            ("2001:0:7f00:1::", "an IPv4 address behind Teredo"),
            ("2a00::5efe:7f00:1", "an IPv4 address behind ISATAP"),
            ("fd00:ec2::254", "a cloud metadata address"),
            ("fd20:ce::254", "a cloud metadata address"),
            ("fc00::1", "a private address"),
            ("fdff::1", "a private address"),
            ("fe80::1", "a link-local address"),
            ("fec0::1", "a site-local address"),
            ("ff02::1", "a multicast address"),
            ("2001:db8::1", "a documentation address"),
            ("3fff::1", "a documentation address"),
            ("2001:10::1", "a special-purpose address"),
            ("100::1", "a reserved address"),
            ("4000::1", "a reserved address"),
        ] {
            assert_eq!(special(text.parse().unwrap()).map(|range| range.what), Some(what), "{text}");
        }
    }
}
