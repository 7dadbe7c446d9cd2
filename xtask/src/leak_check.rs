//! Nothing of the server may reach the browser: looks for server libraries in the browser crate's tree.

use anyhow::{Result, bail};

use crate::process;

/// A library that has no business in the browser.
struct Banned {
    name: &'static str,
    /// Only counts when this feature is on.
    feature: Option<&'static str>,
    /// Parents it may come from. What Leptos itself brings along is dead code that the linker removes.
    tolerated_parents: &'static [&'static str],
}

const BANNED: &[Banned] = &[
    Banned::library("mio"),
    Banned::library("sea-orm"),
    Banned::library("sqlx"),
    Banned::library("tantivy"),
    Banned::library("hyper"),
    Banned::library("axum"),
    Banned::library("reqwest"),
    Banned::library("domain"),
    Banned::library("storage"),
    Banned { name: "tokio", feature: Some("net"), tolerated_parents: &[] },
    Banned { name: "regex", feature: None, tolerated_parents: &["leptos_config"] },
];

impl Banned {
    const fn library(name: &'static str) -> Self {
        Self { name, feature: None, tolerated_parents: &[] }
    }
}

/// Fails when the browser crate depends on a server library, and says through what.
pub fn run() -> Result<()> {
    let tree = tree(&["--prefix", "none", "--format", "{p}|{f}"])?;
    let mut leaks = Vec::new();
    for banned in BANNED {
        if contains(&tree, banned) && !tolerated(banned)? {
            leaks.push(banned.name);
        }
    }
    if leaks.is_empty() {
        println!("leak check: {} packages in the browser build, none of the server's", count(&tree));
        return Ok(());
    }
    for name in &leaks {
        eprintln!("`{name}` is in the browser build:\n{}", self::tree(&["--invert", name])?);
    }
    bail!(
        "server libraries in the browser build: {}. Make the dependency optional and enable it with the `ssr` feature",
        leaks.join(", ")
    )
}

/// Procedural macros run at build time, so what they depend on does not count.
fn tree(arguments: &[&str]) -> Result<String> {
    let mut cargo = process::cargo(None);
    cargo.args(["tree", "--package", "frontend", "--target", "wasm32-unknown-unknown"]);
    process::output(cargo.args(["--edges", "normal,no-proc-macro"]).args(arguments))
}

fn contains(tree: &str, banned: &Banned) -> bool {
    tree.lines().any(|line| {
        let (package, features) = line.split_once('|').unwrap_or((line, ""));
        let features = features.trim_end_matches("(*)").trim();
        package.split(' ').next() == Some(banned.name)
            && banned.feature.is_none_or(|wanted| features.split(',').any(|feature| feature == wanted))
    })
}

fn tolerated(banned: &Banned) -> Result<bool> {
    if banned.tolerated_parents.is_empty() {
        return Ok(false);
    }
    let parents = tree(&["--invert", banned.name, "--depth", "1", "--prefix", "none"])?;
    // The first line is the library itself.
    Ok(parents
        .lines()
        .skip(1)
        .all(|line| line.split(' ').next().is_some_and(|parent| banned.tolerated_parents.contains(&parent))))
}

fn count(tree: &str) -> usize {
    tree.lines().filter_map(|line| line.split('|').next()).collect::<std::collections::BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_found_by_its_whole_name() {
        let tree = "frontend v0.1.0|\nmio v1.0.0|net,os-poll (*)\nregex-lite v0.1.0|std\n";
        assert!(contains(tree, &Banned::library("mio")));
        assert!(!contains(tree, &Banned::library("regex")));
    }

    #[test]
    fn a_feature_counts_only_when_it_is_on() {
        let banned = Banned { name: "tokio", feature: Some("net"), tolerated_parents: &[] };
        assert!(!contains("tokio v1.0.0|sync,macros", &banned));
        assert!(contains("tokio v1.0.0|macros,net (*)", &banned));
    }
}
