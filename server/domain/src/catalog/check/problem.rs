//! What checks say.

use contract::listing::Certification;
use contract::manifest::Manifest;
use serde::Serialize;
use std::fmt;

/// Problems after which the rest is only counted: a manifest of nothing but mistakes must not fill a page.
const MOST: usize = 500;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Must be mended before the listing can be published.
    Error,
    /// Keeps the listing from being certified.
    Warning,
    /// A person has to look at it.
    Review,
}

impl Level {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Review => "review",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Rule id, such as `MAN-004`; see [`super::RULES`].
    pub rule: &'static str,
    /// How much it matters.
    pub level: Level,
    /// JSON pointer (RFC 6901) into the manifest; `/README.md` and `/icon.svg` stand for the other files.
    pub pointer: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "(whole file)" } else { &self.pointer };
        write!(out, "{} {} {place}: {} {}", self.level.as_str(), self.rule, self.what, self.fix)
    }
}

/// Result of a check.
#[derive(Clone, Debug)]
pub struct Report {
    /// The manifest, when its structure is right.
    pub manifest: Option<Manifest>,
    /// Everything that is wrong, errors first.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether something of this level was found.
    pub fn has(&self, level: Level) -> bool {
        self.problems.iter().any(|problem| problem.level == level)
    }

    /// Whether it may not be published.
    pub fn has_errors(&self) -> bool {
        self.has(Level::Error)
    }

    /// The level that automated checks alone can give.
    pub fn certification(&self) -> Certification {
        let installable = self.manifest.as_ref().is_some_and(Manifest::installable);
        if installable && !self.has(Level::Error) && !self.has(Level::Warning) {
            Certification::Bronze
        } else {
            Certification::None
        }
    }
}

/// Collects problems.
#[derive(Debug, Default)]
pub(super) struct Findings {
    problems: Vec<Problem>,
    hidden: Vec<String>,
    left_out: usize,
}

impl Findings {
    pub fn error(&mut self, rule: &'static str, pointer: &str, what: impl Into<String>, fix: impl Into<String>) {
        self.add(rule, Level::Error, pointer, what.into(), fix.into());
    }

    pub fn warning(&mut self, rule: &'static str, pointer: &str, what: impl Into<String>, fix: impl Into<String>) {
        self.add(rule, Level::Warning, pointer, what.into(), fix.into());
    }

    pub fn review(&mut self, rule: &'static str, pointer: &str, what: impl Into<String>, fix: impl Into<String>) {
        self.add(rule, Level::Review, pointer, what.into(), fix.into());
    }

    /// From now on says nothing about this place and what is below it: its value is a stand-in.
    pub fn hide(&mut self, pointer: &str) {
        self.hidden.push(pointer.to_owned());
    }

    /// Everything found, errors first, otherwise in the order found.
    pub fn finish(mut self) -> Vec<Problem> {
        if self.left_out > 0 {
            self.problems.push(Problem {
                rule: "MAN-002",
                level: Level::Error,
                pointer: String::new(),
                what: format!("There are {} more problems.", self.left_out),
                fix: "Mend the ones above and check again.".to_owned(),
            });
        }
        self.problems.sort_by_key(|problem| problem.level);
        self.problems
    }

    fn add(&mut self, rule: &'static str, level: Level, pointer: &str, what: String, fix: String) {
        let hidden = self.hidden.iter().any(|hidden| {
            pointer.strip_prefix(hidden.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if hidden {
            return;
        }
        if self.problems.len() >= MOST {
            self.left_out += 1;
            return;
        }
        let problem = Problem { rule, level, pointer: pointer.to_owned(), what, fix };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
