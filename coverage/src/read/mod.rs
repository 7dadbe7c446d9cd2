//! One file for each kind of file: what in it is worth mentioning.

mod alertmanager;
mod collector;
mod compose;
mod kubernetes;
mod prometheus;
mod terraform;

use crate::mention::{Reading, Sort};
use crate::tree::{ITEM, Node};
use crate::{MAX_BYTES, hcl, name, yaml};

/// Files in files in files: a Kubernetes manifest holds configuration, which holds no further one.
const NESTED: usize = 2;

/// Reads a file. Its name helps to tell what it is, and may be empty.
pub fn read(file: &str, text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    reading.cut = end < text.len();
    let text = text.get(..end).unwrap_or_default();
    let ends = |ending: &str| file.len() > ending.len() && file.to_ascii_lowercase().ends_with(ending);
    let yaml = [".yml", ".yaml", ".json"].into_iter().any(ends);
    if [".tf", ".hcl", ".tofu"].into_iter().any(ends) || !yaml && hcl::is_likely(text) {
        let tree = hcl::read(text, 1);
        reading.cut |= tree.is_full();
        tree.documents().for_each(|document| terraform::read(document, &mut reading));
    } else {
        documents(text, 1, NESTED, &mut reading);
    }
    reading
}

/// Reads the documents of a text that begins in this line.
fn documents(text: &str, line: u32, nested: usize, into: &mut Reading) {
    let tree = yaml::read(text, line);
    into.cut |= tree.is_full();
    for document in tree.documents() {
        node(document, nested, into);
    }
}

/// Reads what a document, or a part of one, is the configuration of.
fn node(it: Node<'_, '_>, nested: usize, into: &mut Reading) {
    if kubernetes::is_one(it) {
        kubernetes::read(it, nested, into);
    } else if collector::is_one(it) {
        collector::read(it, into);
    } else if alertmanager::is_one(it) {
        alertmanager::read(it, into);
    } else if prometheus::is_one(it) {
        prometheus::read(it, into);
    } else if prometheus::is_rules(it) {
        prometheus::read_rules(it, into);
    } else if compose::is_one(it) {
        compose::read(it, into);
    }
}

/// An image, and where it comes from.
fn image(it: Node<'_, '_>, into: &mut Reading) {
    if let Some(name) = name::image(it.value()) {
        into.mention(Sort::Image, name, it.line());
    }
    if let Some(registry) = name::registry(it.value()) {
        into.mention(Sort::Registry, registry, it.line());
    }
}

/// Names of environment variables: keys of a mapping, texts `NAME=value`, or entries with a `name`.
fn variables(it: Node<'_, '_>, into: &mut Reading) {
    for child in it.children() {
        let name = match child.get("name") {
            Some(name) => name.value(),
            None if child.key() == ITEM => child.value().split('=').next().unwrap_or_default(),
            None => child.key(),
        };
        if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            into.mention(Sort::Variable, name, child.line());
        }
    }
}

/// Hosts of addresses anywhere below: what is called an address, or begins with a scheme.
fn hosts(it: Node<'_, '_>, into: &mut Reading) {
    const KEYS: [&str; 6] = ["url", "endpoint", "host", "address", "server", "site"];
    for node in it.below() {
        let named = KEYS.iter().any(|key| node.key().ends_with(key));
        if (named || node.value().contains("://"))
            && let Some(host) = name::host(node.value())
        {
            into.mention(Sort::Host, host, node.line());
        }
    }
}
