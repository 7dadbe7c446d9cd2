//! Addresses of prices, and of what begins with a plan.

use contract::ListingId;
use contract::plan::Interval;

/// The tab of a listing, with the plans in view.
pub fn pricing_address(id: &ListingId, interval: Interval) -> String {
    let mut href = String::from("/integrations/");
    href.push_str(id.as_str());
    href.push_str("?tab=pricing");
    if interval != Interval::default() {
        href.push_str("&interval=");
        href.push_str(interval.as_str());
    }
    href
}

/// The wizard, with a plan chosen.
pub(super) fn wizard_address(id: &ListingId, plan: &str, interval: Interval) -> String {
    let mut href = String::from("/integrations/");
    href.push_str(id.as_str());
    href.push_str("/install?plan=");
    href.push_str(plan);
    href.push_str("&interval=");
    href.push_str(interval.as_str());
    href
}
