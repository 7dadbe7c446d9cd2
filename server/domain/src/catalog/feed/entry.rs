//! A line that could be read, made into a listing.

use super::address::{Key, shape, slug};
use super::makers::Makers;
use super::record::Record;
use crate::catalog::categories::CategoryTree;
use crate::catalog::check::{link_problem, text::is_invisible, text::quote};
use crate::catalog::markdown::MAX_MARKDOWN_BYTES;
use crate::identity::sha256_hex;
use crate::ports::{FeedOrigin, NewEntry};
use contract::manifest::{Auth, Deployment, Links, Manifest, Pricing, Support};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

const LONGEST_NAME: usize = 120;
const LONGEST_SUMMARY: usize = 160;
/// Longer than this it is no summary that could be cut.
const MOST_SUMMARY: usize = 4000;
const MOST_CATEGORIES: usize = 3;
const MOST_TAGS: usize = 20;
const MOST_ALIASES: usize = 12;
const LONGEST_WORD: usize = 40;
/// Version of an entry that states none.
const NO_VERSION: &str = "0.0.0";

/// Makes the listing, or says why not.
pub(super) fn entry(record: Record, key: Key, makers: &Makers) -> Result<NewEntry, String> {
    let name = line(&record.name);
    named(&name, "name")?;
    let listed_by = line(&record.partner);
    if !listed_by.is_empty() {
        named(&listed_by, "partner")?;
    }
    if record.summary.chars().count() > MOST_SUMMARY {
        return Err(format!("The summary has more than {MOST_SUMMARY} characters. Put the text into “description”."));
    }
    if record.description.len() > MAX_MARKDOWN_BYTES {
        let most = MAX_MARKDOWN_BYTES / 1024;
        return Err(format!("The description is longer than {most} KiB. Shorten it."));
    }
    let (categories, tags) = sorted(&record);
    let id = key.listing();
    let manifest = Manifest {
        manifest: 1,
        version: version(&record.version),
        summary: cut(&line(&record.summary)),
        partner: makers.maker(&listed_by, &name).map(|partner| partner.0.clone()).unwrap_or_default(),
        categories,
        tags,
        aliases: aliases(&record, &name),
        // What an entry does not state is not shown; see `FeedOrigin`.
        support: Support::Community,
        license: String::new(),
        data_regions: Vec::new(),
        listing: Deployment::Saas,
        pricing: Pricing::default(),
        links: links(record.links)?,
        egress: Vec::new(),
        auth: Auth::default(),
        config: Vec::new(),
        test: None,
        capability: Vec::new(),
        id: id.clone(),
        name,
    };
    let readme: String = record.description.nfc().collect();
    let text = serde_json::to_string(&(&manifest, &readme, &listed_by)).map_err(|error| error.to_string())?;
    Ok(NewEntry {
        digest: sha256_hex(&text),
        skeleton: shape(&id),
        origin: FeedOrigin { source: key.source, entry: key.entry, listed_by },
        manifest,
        readme,
    })
}

/// On one line, in Unicode form NFC.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

fn named(name: &str, what: &str) -> Result<(), String> {
    if name.chars().any(is_invisible) {
        return Err(format!("The {what} {} contains invisible characters. Type it again.", quote(name)));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(format!("The {what} has more than {LONGEST_NAME} characters. Use the short form."));
    }
    Ok(())
}

/// At a word's end, with an ellipsis, where it is too long.
fn cut(summary: &str) -> String {
    if summary.chars().count() <= LONGEST_SUMMARY {
        return summary.to_owned();
    }
    let kept: String = summary.chars().take(LONGEST_SUMMARY - 1).collect();
    let end = kept.rfind(' ').filter(|at| *at > kept.len() / 2).unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end_matches([' ', ',', ';', ':', '.', '-']))
}

/// Categories of our tree, by path or name; all others become tags.
fn sorted(record: &Record) -> (Vec<String>, Vec<String>) {
    let tree = CategoryTree::builtin();
    let (mut categories, mut tags) = (Vec::new(), Vec::new());
    for wanted in &record.categories {
        let path = tree.paths().find(|path| path == wanted || tree.name(path).is_some_and(|it| same(it, wanted)));
        match path {
            Some(path) if categories.contains(&path) => {}
            Some(path) if categories.len() < MOST_CATEGORIES => categories.push(path),
            _ => tags.push(slug(wanted)),
        }
    }
    tags.extend(record.tags.iter().map(|tag| slug(tag)));
    let mut seen = BTreeSet::new();
    tags.retain(|tag| (1..=LONGEST_WORD).contains(&tag.len()) && seen.insert(tag.clone()));
    tags.truncate(MOST_TAGS);
    (categories, tags)
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn aliases(record: &Record, name: &str) -> Vec<String> {
    let mut seen = BTreeSet::from([name.to_lowercase()]);
    let mut aliases: Vec<String> = record.aliases.iter().map(|alias| line(alias)).collect();
    aliases.retain(|it| !it.is_empty() && it.chars().count() <= LONGEST_WORD && seen.insert(it.to_lowercase()));
    aliases.truncate(MOST_ALIASES);
    aliases
}

/// SemVer, with the liberties that catalogues take: `v1.2` is 1.2.0.
fn version(text: &str) -> String {
    let bare = text.trim_start_matches(['v', 'V']);
    [bare.to_owned(), format!("{bare}.0"), format!("{bare}.0.0")]
        .into_iter()
        .find(|it| it.len() <= LONGEST_WORD && semver::Version::parse(it).is_ok())
        .unwrap_or_else(|| NO_VERSION.to_owned())
}

/// Only https is linked to. Plain http is left out; anything else is refused, because it may run something.
fn links(given: Vec<(String, String)>) -> Result<Links, String> {
    let mut links = Links::default();
    for (key, address) in given {
        let lower = address.to_ascii_lowercase();
        if address.is_empty() || lower.starts_with("http://") {
            continue;
        }
        if let Some(problem) = link_problem(&address) {
            return Err(format!("The link {}: {problem}", quote(&key)));
        }
        match key.as_str() {
            "homepage" => links.homepage = address,
            "documentation" => links.documentation = address,
            "source" => links.source = Some(address),
            "changelog" => links.changelog = Some(address),
            "privacy" => links.privacy = Some(address),
            "terms" => links.terms = Some(address),
            "status" => links.status = Some(address),
            "support" => links.support = Some(address),
            other => {
                return Err(format!(
                    "There is no link {}. Use homepage, documentation, source, changelog, privacy, terms, status or support.",
                    quote(other)
                ));
            }
        }
    }
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::super::record::read;
    use super::*;

    fn made(more: &str) -> Result<NewEntry, String> {
        let line = format!(r#"{{"id":"acme/b","name":"B","summary":"Does b."{more}}}"#);
        let record = read(line.as_bytes()).map_err(|it| it.reason)?;
        entry(record, Key::read("acme/b", None, None).unwrap(), &Makers::default())
    }

    #[test]
    fn unknown_categories_become_tags() {
        let made =
            made(r#","categories":["Metrics","monitoring/metrics","Supported OS::Linux"],"tags":["B_c","b c",""]"#);
        let manifest = made.unwrap().manifest;
        assert_eq!(manifest.categories, ["monitoring/metrics"]);
        assert_eq!(manifest.tags, ["supported-os-linux", "b-c"]);
        assert!(!manifest.installable());
    }

    #[test]
    fn untidy_versions_are_understood_as_far_as_they_go() {
        for (text, wanted) in
            [("1.2.3", "1.2.3"), ("v1.2", "1.2.0"), ("2", "2.0.0"), ("rolling", NO_VERSION), ("", NO_VERSION)]
        {
            assert_eq!(version(text), wanted, "{text}");
        }
    }

    #[test]
    fn long_summaries_are_cut_at_a_word() {
        let long = cut(&"word ".repeat(60));
        assert!(long.ends_with("word…") && long.chars().count() <= LONGEST_SUMMARY, "{long}");
        assert_eq!(cut(&"ä".repeat(400)).chars().count(), LONGEST_SUMMARY);
    }

    #[test]
    fn links_that_could_run_something_are_refused() {
        let link = |address: &str| made(&format!(r#","links":{{"homepage":"{address}"}}"#));
        assert_eq!(link("https://b.example/x").unwrap().manifest.links.homepage, "https://b.example/x");
        assert_eq!(link("http://b.example").unwrap().manifest.links.homepage, "");
        for address in ["javascript:alert(1)", "https://u:p@b.example", "https://localhost/", "//b.example"] {
            assert!(link(address).is_err(), "{address}");
        }
        assert!(made(r#","links":{"evil":"https://b.example"}"#).unwrap_err().contains("no link `evil`"));
    }

    #[test]
    fn the_digest_covers_what_is_stored() {
        let one = made("").unwrap().digest;
        assert_eq!(one, made(r#","unknown":1"#).unwrap().digest);
        for more in [r#","tags":["x"]"#, r#","description":"x""#, r#","partner":"x""#, r#","version":"2""#] {
            assert_ne!(one, made(more).unwrap().digest, "{more}");
        }
    }
}
