//! Kubernetes manifests: images, API groups, annotations, charts, variables, and configuration that they hold.

use super::{alertmanager, collector, documents, image, node, prometheus, variables};
use crate::mention::{Kind, Reading, Sort};
use crate::tree::Node;

/// Whether it is a manifest.
pub fn is_one(it: Node<'_, '_>) -> bool {
    it.get("apiVersion").is_some() && it.get("kind").is_some()
}

/// All that a manifest mentions.
pub fn read(it: Node<'_, '_>, nested: usize, into: &mut Reading) {
    into.is(Kind::Kubernetes, "kubernetes", it.line());
    for child in it.below() {
        match child.key() {
            "image" => image(child, into),
            "env" => variables(child, into),
            "chart" => into.mention(Sort::Chart, child.value(), child.line()),
            "apiVersion" => {
                if let Some((group, _)) = child.value().split_once('/') {
                    into.mention(Sort::Group, group, child.line());
                }
            }
            "annotations" | "labels" => {
                for name in child.children() {
                    if let Some((domain, _)) = name.key().split_once('/') {
                        into.mention(Sort::Group, domain, name.line());
                    }
                }
            }
            _ => {}
        }
    }
    held(it, nested, into);
}

/// Configuration inside of the manifest.
fn held(it: Node<'_, '_>, nested: usize, into: &mut Reading) {
    let Some(nested) = nested.checked_sub(1) else { return };
    let Some(spec) = it.get("spec") else {
        // A list of manifests, and files as texts.
        for item in it.get("items").into_iter().flat_map(|items| items.children()) {
            node(item, nested, into);
        }
        for key in ["data", "stringData"] {
            for file in it.get(key).into_iter().flat_map(|data| data.children()) {
                if file.value().contains('\n') {
                    documents(file.value(), file.line() + 1, nested, into);
                }
            }
        }
        return;
    };
    match it.get("kind").map(|kind| kind.value()) {
        Some("OpenTelemetryCollector") => match spec.get("config") {
            Some(text) if text.value().contains('\n') => documents(text.value(), text.line() + 1, nested, into),
            Some(config) if collector::is_one(config) => collector::read(config, into),
            _ => {}
        },
        Some("PrometheusRule") => prometheus::alerts(spec, into),
        Some("AlertmanagerConfig") => alertmanager::receivers(spec, into),
        _ => {}
    }
}
