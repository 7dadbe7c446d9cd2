//! Lines in words.

use super::Names;
use crate::billing::payout::PlacedLine;
use crate::billing::share::Kind;
use contract::money::Money;
use contract::revenue::RevenueLine;

/// `7000` as `70 %`, `3333` as `33.33 %`.
pub fn percent(points: u16) -> String {
    let (whole, rest) = (points / 100, points % 100);
    let rest = format!("{rest:02}");
    match rest.trim_end_matches('0') {
        "" => format!("{whole} %"),
        rest => format!("{whole}.{rest} %"),
    }
}

/// Which rule it is, for people.
fn rule(id: &str) -> String {
    let usual = id.strip_prefix("default:").and_then(Kind::parse);
    usual.map_or_else(|| format!("as agreed in {id}"), |kind| format!("the usual share for {}", kind.label()))
}

/// What happened.
fn what(key: &str) -> &'static str {
    match key.split(':').collect::<Vec<_>>()[..] {
        ["sale", ..] => "Sale",
        ["credit", id, ..] if id.starts_with("re_") || id.starts_with("pyr_") => "Refund",
        ["credit", ..] => "Lost dispute",
        ["back", "credit", id, ..] if id.starts_with("re_") || id.starts_with("pyr_") => "Refund that failed",
        ["back", ..] => "Dispute decided for you",
        _ => "Correction",
    }
}

/// A line for people.
pub fn line(it: &PlacedLine, names: &Names) -> RevenueLine {
    let reason = &it.line.reason;
    let listing = reason.listing.clone().unwrap_or_default();
    let net = Money::new(it.net, it.line.amount.currency);
    RevenueLine {
        at: it.line.at,
        what: what(&it.line.key).to_owned(),
        listing: names.listing(&listing),
        plan: names.plan(&listing, &reason.plan),
        invoice: reason.invoice.clone(),
        why: format!("{} of {net} without tax: {}", percent(reason.share), rule(&reason.rule)),
        amount: it.line.amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_rules_are_said_in_words() {
        assert_eq!(
            ["70 %", "33.33 %", "2.5 %", "0.05 %"],
            [7_000, 3_333, 250, 5].map(percent).each_ref().map(String::as_str)
        );
        assert_eq!(rule("default:paid_listing"), "the usual share for a paid listing");
        assert_eq!(rule("shr_1"), "as agreed in shr_1");
        let told =
            ["sale:il_1", "credit:re_1:il_1", "credit:dp_1:il_1", "back:credit:re_1:il_1", "back:credit:dp_1:il_1"];
        let words = ["Sale", "Refund", "Lost dispute", "Refund that failed", "Dispute decided for you"];
        assert_eq!(told.map(what), words);
    }
}
