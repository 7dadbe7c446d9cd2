//! From a feed's id to the id of a listing, which is its address here.
//!
//! `a/b/c` becomes `a--b--c`. Two hyphens in a row are reserved for this (rule MAN-004), so an entry with a source never has
//! the id of a listing that somebody publishes here. An id that can't be written that way (capitals, underscores, other
//! scripts, too long) becomes what is left of it and a part of its hash, so that `a/b_c` and `a/b.c` stay two. What would
//! clash all the same is refused when it is stored.

use crate::catalog::check::text::{is_invisible, is_slug, quote, skeleton};
use crate::identity::sha256_hex;

/// Longest id of a listing.
const LONGEST: usize = 64;
/// Digits of the hash: 40 bits.
const DIGITS: usize = 10;
/// Longest id in a feed, in characters.
const LONGEST_KEY: usize = 200;

/// Which entry of which catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The catalogue; empty where the feed names none.
    pub source: String,
    /// Its id there.
    pub entry: String,
}

impl Key {
    /// Reads an id. `source` is what the line says beside it, `usual` the source of lines that name none.
    pub fn read(id: &str, source: Option<&str>, usual: Option<&str>) -> Result<Self, String> {
        let key = match (source, id.rsplit_once('/')) {
            (Some(source), _) => {
                let inner = id.strip_prefix(source).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
                Self { source: source.to_lowercase(), entry: inner.to_owned() }
            }
            (None, Some((source, entry))) => Self { source: source.to_lowercase(), entry: entry.to_owned() },
            (None, None) => Self { source: usual.unwrap_or_default().to_owned(), entry: id.to_owned() },
        };
        sound(&key.entry, "id")?;
        if source.is_some() || id.contains('/') {
            sound(&key.source, "source")?;
        }
        Ok(key)
    }

    /// The whole id: `source/id`.
    pub fn full(&self) -> String {
        if self.source.is_empty() { self.entry.clone() } else { format!("{}/{}", self.source, self.entry) }
    }

    /// The id of its listing.
    pub fn listing(&self) -> String {
        let full = self.full();
        let segments: Vec<String> = full.split('/').map(slug).collect();
        let joined = segments.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join("--");
        let faithful = full.split('/').eq(segments.iter().map(String::as_str)) && is_slug(&joined, LONGEST);
        if faithful {
            return joined;
        }
        let hash = sha256_hex(&full);
        let kept = joined.get(..LONGEST - DIGITS - 1).unwrap_or(&joined).trim_end_matches('-');
        let kept = if kept.is_empty() { "entry" } else { kept };
        format!("{kept}-{}", hash.get(..DIGITS).unwrap_or(&hash))
    }
}

/// What the eye takes an id for. Hyphens count: `ab--c` is not `abc`.
pub(super) fn shape(id: &str) -> String {
    id.split('-').map(skeleton).collect::<Vec<_>>().join("-")
}

/// Refuses ids that hide something.
pub(super) fn sound(text: &str, what: &str) -> Result<(), String> {
    if text.trim().is_empty() || text.split('/').any(str::is_empty) {
        return Err(format!("The {what} is empty, or a part of it. Name the entry as its catalogue does."));
    }
    if text.chars().any(|letter| is_invisible(letter) || letter.is_whitespace()) {
        return Err(format!("The {what} {} contains spaces or invisible characters. Remove them.", quote(text)));
    }
    if text.chars().count() > LONGEST_KEY {
        return Err(format!("The {what} has more than {LONGEST_KEY} characters. Use the catalogue's short id."));
    }
    Ok(())
}

/// Lower-case letters, digits and single hyphens: what is left of a text.
pub(super) fn slug(text: &str) -> String {
    let letter = |it: char| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { ' ' };
    text.chars().map(letter).collect::<String>().split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(id: &str) -> String {
        Key::read(id, None, None).unwrap().listing()
    }

    #[test]
    fn plain_ids_stay_readable() {
        assert_eq!(listing("loki"), "loki");
        assert_eq!(listing("acme/loki"), "acme--loki");
        assert_eq!(listing("datadog/integrations-extras/one-e"), "datadog--integrations-extras--one-e");
        assert_eq!(listing("Acme/loki"), listing("acme/loki"), "sources are compared without case");
    }

    #[test]
    fn different_ids_have_different_addresses() {
        let long = format!("acme/{}", "x".repeat(90));
        let ids = [
            "a/b",
            "a-b",
            "a--b",
            "a/-b",
            "a/b-",
            "a/B",
            "a/b_c",
            "a/b.c",
            "a/b-c",
            "a/b--c",
            "a/b/c",
            "a_b/c",
            "a.b/c",
            "日本/語",
            "日本/人",
            "ä/b",
            &long,
            &format!("{long}y"),
            "a/gіtlab",
            "a/gitlab",
        ];
        let addresses: std::collections::BTreeSet<String> = ids.iter().map(|id| listing(id)).collect();
        assert_eq!(addresses.len(), ids.len(), "{addresses:?}");
        assert!(addresses.iter().all(|it| is_slug(it, LONGEST)), "{addresses:?}");
        assert!(listing(&long).starts_with("acme--xxxx"));
    }

    #[test]
    fn a_source_beside_the_id_is_the_same_as_one_before_it() {
        let beside = |id: &str| Key::read(id, Some("acme/extras"), None).unwrap();
        assert_eq!(beside("loki"), Key::read("acme/extras/loki", None, None).unwrap());
        assert_eq!(beside("acme/extras/loki"), beside("loki"));
        assert_eq!(Key::read("loki", None, Some("acme")).unwrap().full(), "acme/loki");
    }

    #[test]
    fn ids_that_hide_something_are_refused() {
        for id in ["", " ", "/", "a/", "/b", "a//b", "a b", "a/\u{202e}b", "a\u{200b}/b", "a/b\u{0}", &"x".repeat(201)]
        {
            assert!(Key::read(id, None, None).is_err(), "{id:?}");
        }
    }

    #[test]
    fn look_alikes_have_one_shape() {
        assert_eq!(shape("acme--g1tlab"), shape("acme--gitlab"));
        assert_eq!(shape("acrne--x"), shape("acme--x"));
        assert_ne!(shape("ab--c"), shape("abc"));
        assert_ne!(shape("ab--c"), shape("a--bc"));
    }
}
