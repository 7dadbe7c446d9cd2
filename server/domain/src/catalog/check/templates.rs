//! Templates and expressions: they compile, use what exists, and keep secrets to themselves.

use super::code::{LONGEST_CODE, LONGEST_TEMPLATE, Word, words};
use super::config::credential_keys;
use super::problem::Findings;
use super::spots::{Spot, spots};
use super::text::{did_you_mean, listed, nearest, quote};
use crate::template::Engine;
use contract::field::FieldKind;
use contract::manifest::Manifest;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

/// Statements that need nothing but the variables. Others read further templates, of which there are none.
const STATEMENTS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "endset",
    "with",
    "endwith",
    "filter",
    "endfilter",
    "raw",
    "endraw",
];

/// Functions of the language itself.
const FUNCTIONS: &[&str] = &["range", "dict", "namespace"];

pub(super) fn check(manifest: &Manifest, findings: &mut Findings) {
    let names = Names::of(manifest);
    for spot in spots(manifest) {
        let template = if spot.expression { format!("{{{{ {} }}}}", inside(spot.text)) } else { spot.text.to_owned() };
        // Before it is compiled: compiling recurses.
        let Some(words) = words(&template) else {
            findings.error(
                "SEC-003",
                &spot.pointer,
                format!("This is longer than {LONGEST_TEMPLATE} bytes, or than {LONGEST_CODE} in one pair of braces."),
                "Map less, or take the vendor's own text.",
            );
            continue;
        };
        let compiled = if spot.expression { ENGINE.check_expression(spot.text) } else { ENGINE.check(spot.text) };
        if let Err(error) = compiled {
            let kind = if spot.expression { "expression" } else { "template" };
            findings.error(
                "SEC-003",
                &spot.pointer,
                format!("The {kind} {} does not compile: {error}.", quote(spot.text.trim())),
                "Mend the syntax; the language is minijinja.",
            );
            continue;
        }
        language(&spot, &words, findings);
        let used: BTreeSet<String> = ENGINE.variables(&template).into_iter().collect();
        for path in &used {
            variable(&spot, path, &names, findings);
        }
        if !spot.expression && looks_like_a_variable(spot.text) {
            findings.error(
                "SEC-005",
                &spot.pointer,
                format!("{} is plain text here, not a value.", quote(spot.text)),
                format!("Write \"{{{{ {} }}}}\".", spot.text.trim()),
            );
        }
    }
}

/// What templates may name.
struct Names<'a> {
    config: Vec<&'a str>,
    secret_fields: Vec<&'a str>,
    secrets: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(manifest: &'a Manifest) -> Self {
        let (secret, plain): (Vec<_>, Vec<_>) = manifest.config.iter().partition(|it| it.kind == FieldKind::Secret);
        let sorted = |mut names: Vec<&'a str>| {
            names.sort_unstable();
            names.dedup();
            names
        };
        let secret_fields: Vec<&str> = secret.iter().map(|field| field.key.as_str()).collect();
        Self {
            config: sorted(plain.iter().map(|field| field.key.as_str()).collect()),
            secrets: sorted(secret_fields.iter().chain(credential_keys(manifest.auth.kind)).copied().collect()),
            secret_fields,
        }
    }
}

fn variable(spot: &Spot<'_>, path: &str, names: &Names<'_>, findings: &mut Findings) {
    let mut parts = path.split('.');
    let (root, key) = (parts.next().unwrap_or_default(), parts.next());
    if FUNCTIONS.contains(&root) && key.is_none() {
        return;
    }
    if !spot.scope.variables.contains(&root) {
        if matches!(root, "secrets" | "webhook") {
            findings.error(
                "SEC-004",
                &spot.pointer,
                format!("{} must not appear in {}.", quote(path), spot.scope.name),
                "Remove it: secrets are for requests and verification only.",
            );
            return;
        }
        let all = format!("In {} there are {}.", spot.scope.name, listed(spot.scope.variables.iter().copied()));
        let hint = nearest(root, spot.scope.variables.iter().copied())
            .map_or_else(String::new, |it| format!("Did you mean {}? ", quote(it)));
        findings.error(
            "SEC-005",
            &spot.pointer,
            format!("There is no {} in {}.", quote(root), spot.scope.name),
            format!("{hint}{all}"),
        );
        return;
    }
    let Some(key) = key else { return };
    let inputs: Vec<&str> = spot.inputs.iter().map(|input| input.key.as_str()).collect();
    let known: &[&str] = match root {
        "config" if names.secret_fields.contains(&key) => {
            findings.error(
                "SEC-005",
                &spot.pointer,
                format!("The field {} is a secret, so it is not in `config`.", quote(key)),
                if spot.scope.variables.contains(&"secrets") {
                    format!("Write `secrets.{key}`.")
                } else {
                    format!("Remove it: secrets must not appear in {}.", spot.scope.name)
                },
            );
            return;
        }
        "config" => &names.config,
        "secrets" => &names.secrets,
        "input" => &inputs,
        "webhook" => &["url", "secret"],
        "probe" => &["id"],
        _ => return,
    };
    if !known.contains(&key) {
        let fallback = format!("There are {}.", listed(known.iter().copied()));
        findings.error(
            "SEC-005",
            &spot.pointer,
            format!("There is no {}.", quote(&format!("{root}.{key}"))),
            did_you_mean(key, known.iter().copied(), fallback),
        );
    }
}

/// Unknown filters, tests and further templates compile, but fail when they are used.
fn language(spot: &Spot<'_>, words: &BTreeSet<Word>, findings: &mut Findings) {
    for word in words {
        let (kind, name, known) = match word {
            Word::Filter(name) => ("filter", name, knows(&format!("'' | {name}"), "unknown filter")),
            Word::Test(name) => ("test", name, knows(&format!("'' is {name}"), "unknown test")),
            Word::Statement(name) => ("statement", name, STATEMENTS.contains(&name.as_str())),
        };
        if !known {
            findings.error(
                "SEC-003",
                &spot.pointer,
                format!("There is no {kind} {}.", quote(name)),
                "See docs/manifest.md and the documentation of minijinja for those that exist.",
            );
        }
    }
}

fn knows(expression: &str, complaint: &str) -> bool {
    ENGINE.evaluate(expression, &json!({})).err().is_none_or(|error| !error.0.contains(complaint))
}

fn inside(expression: &str) -> &str {
    let text = expression.trim();
    text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).map_or(text, str::trim)
}

fn looks_like_a_variable(text: &str) -> bool {
    let text = text.trim();
    ["item.", "body.", "config.", "secrets.", "input.", "headers.", "webhook.", "probe."].iter().any(|root| {
        text.strip_prefix(root).is_some_and(|path| {
            !path.is_empty() && path.chars().all(|letter| letter.is_ascii_alphanumeric() || "._[]'\"".contains(letter))
        })
    })
}
