//! `alertmanager.yml`: who is told, and by which route.

use super::hosts;
use crate::mention::{Finding, Kind, Reading, Signal, Sort};
use crate::tree::Node;

/// Receivers that are looked at; nobody has more.
const PARTS: usize = 1_000;

/// Whether it is the configuration of Alertmanager.
pub fn is_one(it: Node<'_, '_>) -> bool {
    it.get("receivers").is_some_and(|receivers| receivers.is_list())
        && (it.get("route").is_some() || it.get("receivers").is_some_and(names_receivers))
}

fn names_receivers(it: Node<'_, '_>) -> bool {
    it.children().any(|receiver| receiver.children().any(|child| notifier(child.key()).is_some()))
}

/// `pagerduty_configs`, and as Kubernetes spells it `pagerdutyConfigs`.
fn notifier(key: &str) -> Option<&str> {
    key.strip_suffix("_configs").or_else(|| key.strip_suffix("Configs"))
}

/// Receivers, and those that no route leads to.
pub fn read(it: Node<'_, '_>, into: &mut Reading) {
    into.is(Kind::Alertmanager, "alertmanager", it.line());
    receivers(it, into);
}

/// The same for a resource of Kubernetes that holds it.
pub fn receivers(it: Node<'_, '_>, into: &mut Reading) {
    let Some(receivers) = it.get("receivers") else { return };
    let route = it.get("route");
    let mut routed: Vec<&str> = Vec::new();
    if let Some(route) = route {
        routed.extend(route.below().filter(|node| node.key() == "receiver").map(|node| node.value()));
    }
    for receiver in receivers.children().take(PARTS) {
        for child in receiver.children() {
            let Some(kind) = notifier(child.key()) else { continue };
            match kind {
                // Neither is a technology: somebody is told all the same.
                "email" | "webhook" => into.signal(Signal::Told, child.line()),
                kind => into.mention(Sort::Notifier, &kind.to_ascii_lowercase(), child.line()),
            }
            hosts(child, into);
        }
        let name = receiver.get("name");
        if let Some(name) = name.filter(|name| route.is_some() && !routed.contains(&name.value())) {
            into.finding(Finding::Unrouted, name.value(), name.line());
        }
    }
}
