//! Checks of a listing's folder: every problem at once, each with its rule, its place, what is wrong and how to mend it.
//!
//! [`parse`] and [`structure`] say whether the manifest can be read; the other files each hold one family of rules about
//! what it says. Nothing here looks at the network, the database or the clock, so the answer is the same on a partner's
//! machine and on the server.

mod address;
mod capability;
mod code;
mod config;
mod connection;
mod identity;
mod links;
mod parse;
mod pricing;
mod problem;
mod readme;
mod requests;
mod rules;
mod schema;
mod spots;
mod structure;
mod templates;
pub(in crate::catalog) mod text;
mod wording;

pub use parse::MAX_TEXT_BYTES;
pub use problem::{Level, Problem, Report};
pub use rules::RULES;
pub use schema::schema;
pub(crate) use text::is_bidi;

use problem::Findings;
use serde_json::Value;
use std::collections::BTreeSet;

/// The manifest as written.
#[derive(Clone, Copy, Debug)]
pub enum ManifestText<'a> {
    /// `integration.toml`
    Toml(&'a str),
    /// `integration.json`
    Json(&'a str),
}

/// What is checked.
#[derive(Clone, Copy, Debug)]
pub struct CheckInput<'a> {
    /// Name of the folder, which the id must equal.
    pub folder: &'a str,
    /// The manifest.
    pub manifest: ManifestText<'a>,
    /// `README.md`.
    pub readme: Option<&'a str>,
    /// `icon.svg`.
    pub icon: Option<&'a str>,
    /// Known partners; `None` leaves the partner unchecked.
    pub partners: Option<&'a BTreeSet<String>>,
    /// Id and name of the other listings.
    pub others: &'a [(&'a str, &'a str)],
}

/// The first text that hides or reorders others, or looks like a credential, with its place: for values that are no
/// manifest. A name is left to whoever checks names.
pub(in crate::catalog) fn hidden_text(value: &Value) -> Option<String> {
    let mut findings = Findings::default();
    wording::characters(value, &mut findings);
    let problem = findings.finish().into_iter().next()?;
    Some(format!("{}: {} {}", problem.pointer, problem.what, problem.fix))
}

/// What is wrong with a link, if anything.
pub(in crate::catalog) fn link_problem(address: &str) -> Option<String> {
    links::wrong(address).map(|(what, fix)| format!("{what} {fix}"))
}

/// Checks a listing.
pub fn check(input: &CheckInput<'_>) -> Report {
    let mut findings = Findings::default();
    let (manifest, sound) = match parse::read(input.manifest) {
        Ok(value) => {
            wording::characters(&value, &mut findings);
            structure::check(value, &mut findings)
        }
        Err(problem) => {
            findings.error(problem.rule, &problem.pointer, problem.what, problem.fix);
            (None, false)
        }
    };
    if let Some(manifest) = &manifest {
        identity::check(manifest, input, &mut findings);
        wording::check(manifest, input.partners, &mut findings);
        links::check(&manifest.links, &mut findings);
        config::check(manifest, &mut findings);
        connection::check(manifest, &mut findings);
        capability::check(manifest, &mut findings);
        requests::check(manifest, &mut findings);
        templates::check(manifest, &mut findings);
        pricing::check(manifest, &mut findings);
    }
    readme::check(input.readme, &mut findings);
    if let Some(Err(problem)) = input.icon.map(super::icon::check_svg) {
        findings.error(
            "SEC-012",
            "/icon.svg",
            problem,
            "Export a plain SVG: shapes and gradients only, at most 16 KiB.",
        );
    }
    Report { manifest: manifest.filter(|_| sound), problems: findings.finish() }
}
