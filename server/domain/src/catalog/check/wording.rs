//! What people read and search by: summary, categories, tags, aliases, regions, and every other text.

use super::problem::Findings;
use super::text::{did_you_mean, is_bidi, is_slug, listed, quote, repeated};
use crate::catalog::categories::CategoryTree;
use contract::manifest::Manifest;
use contract::policy::REGIONS;
use regex_lite::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const LONGEST_SUMMARY: usize = 160;
const MOST_WORDS: usize = 12;
const LONGEST_WORD: usize = 40;

/// Shapes of credentials that vendors made recognisable on purpose.
static CREDENTIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60}",
        r"|glpat-[A-Za-z0-9_-]{20}|xox[abpr]-[0-9]{8}[0-9A-Za-z-]{16}|[rs]k_live_[0-9A-Za-z]{20}|AIza[0-9A-Za-z_-]{35})"
    ))
    .ok()
});

pub(super) fn check(manifest: &Manifest, partners: Option<&BTreeSet<String>>, findings: &mut Findings) {
    summary(&manifest.summary, findings);
    if let Some(partners) = partners.filter(|partners| !partners.contains(&manifest.partner)) {
        let fallback = format!("Add catalog/_partners/{}.toml.", manifest.partner.chars().take(64).collect::<String>());
        findings.error(
            "MAN-009",
            "/partner",
            format!("There is no partner {}.", quote(&manifest.partner)),
            did_you_mean(&manifest.partner, partners.iter().map(String::as_str), fallback),
        );
    }
    categories(&manifest.categories, findings);
    words("MAN-011", "/tags", "tag", &manifest.tags, findings);
    words("MAN-012", "/aliases", "alias", &manifest.aliases, findings);
    for (index, region) in
        manifest.data_regions.iter().enumerate().filter(|(_, it)| REGIONS.iter().all(|(known, _)| known != it))
    {
        findings.error(
            "MAN-013",
            &format!("/data_regions/{index}"),
            format!("{} is not a known region.", quote(region)),
            format!("Use {}.", listed(REGIONS.iter().map(|(region, _)| *region))),
        );
    }
    license(&manifest.license, findings);
    empty_texts(manifest, findings);
}

fn summary(summary: &str, findings: &mut Findings) {
    let length = summary.chars().count();
    let (what, fix) = if summary.trim().is_empty() {
        ("The summary is empty.".to_owned(), "Say in one sentence what the integration does.".to_owned())
    } else if length > LONGEST_SUMMARY {
        (format!("The summary has {length} characters."), format!("Shorten it to {LONGEST_SUMMARY}."))
    } else if !summary.ends_with('.') {
        ("The summary does not end with a full stop.".to_owned(), "End it with one: it is a sentence.".to_owned())
    } else if summary.contains('\n') {
        ("The summary has more than one line.".to_owned(), "Write it on one line.".to_owned())
    } else {
        return;
    };
    findings.error("MAN-008", "/summary", what, fix);
}

fn categories(categories: &[String], findings: &mut Findings) {
    if !(1..=3).contains(&categories.len()) {
        findings.error(
            "MAN-010",
            "/categories",
            format!("There are {} categories.", categories.len()),
            "Name one to three, the most fitting first.",
        );
    }
    let tree = CategoryTree::builtin();
    let known: Vec<String> = tree.paths().collect();
    for (index, path) in categories.iter().enumerate().filter(|(_, path)| tree.leaf(path).is_none()) {
        let fallback = format!("Use {}.", listed(known.iter().map(String::as_str)));
        findings.error(
            "MAN-010",
            &format!("/categories/{index}"),
            format!("There is no category {}.", quote(path)),
            did_you_mean(path, known.iter().map(String::as_str), fallback),
        );
    }
    for (index, first) in repeated(categories.iter().map(String::as_str)) {
        findings.error(
            "MAN-010",
            &format!("/categories/{index}"),
            format!("This category is already number {}.", first + 1),
            "Remove one of them.",
        );
    }
}

fn words(rule: &'static str, pointer: &str, noun: &str, words: &[String], findings: &mut Findings) {
    if words.len() > MOST_WORDS {
        findings.error(
            rule,
            pointer,
            format!("There are {} of them; {MOST_WORDS} are the most.", words.len()),
            "Keep those that people will type.",
        );
    }
    for (index, word) in words.iter().enumerate() {
        let (what, fix) = if noun == "tag" && !is_slug(word, LONGEST_WORD) {
            (format!("The tag {} is not a slug.", quote(word)), "Use lower-case letters, digits and inner hyphens.")
        } else if word.trim().is_empty() || word.trim() != word || word.chars().count() > LONGEST_WORD {
            (
                format!("The {noun} {} is empty, padded or longer than 40 characters.", quote(word)),
                "Shorten or remove it.",
            )
        } else {
            continue;
        };
        findings.error(rule, &format!("{pointer}/{index}"), what, fix);
    }
    for (index, first) in repeated(words.iter().map(String::as_str)) {
        findings.error(
            rule,
            &format!("{pointer}/{index}"),
            format!("This {noun} is already number {}.", first + 1),
            "Remove one of them.",
        );
    }
}

fn license(license: &str, findings: &mut Findings) {
    let operators = ["AND", "OR", "WITH"];
    let mut expects_id = true;
    let valid = !license.is_empty()
        && license.split(' ').all(|word| {
            let is_operator = operators.contains(&word);
            let fits = if expects_id {
                let bare = word.trim_matches(['(', ')']);
                !is_operator
                    && !bare.is_empty()
                    && bare.chars().all(|it| it.is_ascii_alphanumeric() || "-.+".contains(it))
            } else {
                is_operator
            };
            expects_id = !expects_id;
            fits
        })
        && !expects_id;
    if !valid {
        findings.error(
            "MAN-018",
            "/license",
            format!("{} is not an SPDX expression.", quote(license)),
            "Use an id of spdx.org/licenses, for example Apache-2.0, or Proprietary.",
        );
    }
}

fn empty_texts(manifest: &Manifest, findings: &mut Findings) {
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (index, entry) in manifest.egress.iter().enumerate() {
        texts.push((format!("/egress/{index}/why"), &entry.why));
    }
    for (index, scope) in manifest.auth.scopes.iter().enumerate() {
        texts.push((format!("/auth/scopes/{index}/name"), &scope.name));
        texts.push((format!("/auth/scopes/{index}/why"), &scope.why));
    }
    for (index, field) in manifest.config.iter().enumerate() {
        texts.push((format!("/config/{index}/label"), &field.label));
    }
    for (index, capability) in manifest.capability.iter().enumerate() {
        texts.push((format!("/capability/{index}/title"), &capability.title));
        texts.push((format!("/capability/{index}/summary"), &capability.summary));
        for (number, input) in capability.input.iter().enumerate() {
            texts.push((format!("/capability/{index}/input/{number}/label"), &input.label));
        }
    }
    for (pointer, _) in texts.into_iter().filter(|(_, text)| text.trim().is_empty()) {
        findings.error("MAN-017", &pointer, "This text is empty.", "Write what people should read here.");
    }
}

/// Every text of the manifest, whatever its structure: no characters that hide or reorder others, no credentials.
pub(super) fn characters(value: &Value, findings: &mut Findings) {
    let mut pending = vec![(String::new(), value)];
    while let Some((pointer, value)) = pending.pop() {
        match value {
            Value::String(text) => text_characters(&pointer, text, findings),
            Value::Array(items) => {
                pending.extend(items.iter().enumerate().map(|(index, item)| (format!("{pointer}/{index}"), item)));
            }
            Value::Object(entries) => pending.extend(
                entries
                    .iter()
                    .map(|(key, item)| (format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), item)),
            ),
            _ => {}
        }
    }
}

fn text_characters(pointer: &str, text: &str, findings: &mut Findings) {
    let hidden = |letter: char| is_bidi(letter) || (letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'));
    if pointer != "/name" && text.chars().any(hidden) {
        findings.error(
            "MAN-016",
            pointer,
            format!("{} contains control or direction-changing characters.", quote(text)),
            "Type it again instead of pasting it.",
        );
    }
    if CREDENTIAL.as_ref().is_some_and(|shape| shape.is_match(text)) {
        findings.error(
            "SEC-013",
            pointer,
            "This looks like a real credential.",
            "Revoke it at the vendor, then put a placeholder in its place.",
        );
    }
}
