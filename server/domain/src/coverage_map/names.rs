//! `catalog/technologies.toml`: what configuration files call the things that are listed, and what these are there for.

use contract::coverage::KnownTechnology;
use contract::manifest::Manifest;
use coverage::Job;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Shorter names than this are words of other things too.
const SHORTEST: usize = 3;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listed: BTreeMap<String, Calls>,
    other: BTreeMap<String, Calls>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Calls {
    /// Of what is not listed.
    name: String,
    leaf: String,
    does: Option<Vec<String>>,
    names: Vec<String>,
    images: Vec<String>,
    registries: Vec<String>,
    providers: Vec<String>,
    components: Vec<String>,
    hosts: Vec<String>,
    groups: Vec<String>,
    variables: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    // It is compiled in and a test reads it, so the fallback is never seen.
    toml::from_str(include_str!("../../../../catalog/technologies.toml")).unwrap_or_default()
});

impl Calls {
    /// As `kind:pattern`.
    fn marks(&self) -> impl Iterator<Item = String> + '_ {
        let kinds = [
            ("name", &self.names),
            ("image", &self.images),
            ("registry", &self.registries),
            ("provider", &self.providers),
            ("otel", &self.components),
            ("host", &self.hosts),
            ("group", &self.groups),
            ("variable", &self.variables),
        ];
        kinds.into_iter().flat_map(|(kind, patterns)| patterns.iter().map(move |pattern| format!("{kind}:{pattern}")))
    }

    fn jobs(&self) -> Option<Vec<Job>> {
        self.does.as_ref().map(|does| does.iter().filter_map(|job| Job::parse(job)).collect())
    }
}

/// What a listing is there for; where the file does not say it, what its first category usually does.
pub fn jobs(id: &str, leaf: &str) -> Vec<Job> {
    let stated = FILE.listed.get(id).and_then(Calls::jobs);
    stated.unwrap_or_else(|| Job::usual(leaf).into_iter().collect())
}

/// What a listing is known by, besides its id: its other names, and what the file adds.
pub fn marks(manifest: &Manifest) -> Vec<String> {
    let aliases = manifest.aliases.iter().map(|alias| alias.to_lowercase());
    let aliases = aliases.flat_map(|alias| [alias.replace(' ', "-"), alias.replace([' ', '-'], "")]);
    let mut marks: Vec<String> =
        aliases.filter(|alias| alias.len() >= SHORTEST).map(|alias| format!("name:{alias}")).collect();
    marks.sort();
    marks.dedup();
    marks.extend(FILE.listed.get(&manifest.id).into_iter().flat_map(Calls::marks));
    marks
}

/// What files mention and nobody lists.
pub fn others() -> impl Iterator<Item = KnownTechnology> {
    FILE.other.iter().map(|(id, it)| KnownTechnology {
        id: id.clone(),
        name: it.name.clone(),
        leaf: it.leaf.clone(),
        does: it.does.clone().unwrap_or_default(),
        marks: it.marks().collect(),
        listing: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::categories::CategoryTree;
    use std::collections::BTreeMap;
    use std::path::Path;

    #[test]
    fn every_listing_that_is_named_exists() {
        let file: File = toml::from_str(include_str!("../../../../catalog/technologies.toml")).unwrap();
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
        assert!(file.listed.len() > 100 && file.other.len() > 10);
        for (id, listed) in &file.listed {
            assert!(listed.name.is_empty() && listed.leaf.is_empty(), "{id}: the listing says its name and category");
            assert!(catalog.join(id).is_dir(), "[listed.{id}] is no listing that we ship");
        }
        for (id, other) in &file.other {
            assert!(!other.name.is_empty(), "{id} needs a name");
            assert!(!catalog.join(id).exists(), "[other.{id}] is a listing: call it [listed.{id}]");
            assert!(CategoryTree::builtin().leaf(&other.leaf).is_some(), "{id}: {}", other.leaf);
        }
    }

    #[test]
    fn every_job_is_known_and_every_mark_belongs_to_one() {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for (id, names) in FILE.listed.iter().chain(&FILE.other) {
            for job in names.does.iter().flatten() {
                assert!(Job::parse(job).is_some(), "{id}: no job is called {job}");
            }
            for mark in names.marks() {
                assert!(!mark.ends_with(':') && !mark.contains(char::is_whitespace), "{id}: {mark:?}");
                let before = owners.insert(mark.clone(), id);
                assert_eq!(before, None, "{mark} stands for {id} too");
            }
        }
    }

    #[test]
    fn what_the_file_does_not_say_follows_from_the_category() {
        assert_eq!(jobs("pagerduty", "incidents/alerting"), [Job::OnCall]);
        assert_eq!(jobs("alertmanager", "incidents/alerting"), [Job::Alerts]);
        assert_eq!(jobs("twilio", "incidents/communication"), []);
        assert_eq!(jobs("of-a-feed", ""), []);
    }
}
