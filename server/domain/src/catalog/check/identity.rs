//! Which listing this is: format, id, name, version, and whether people could take it for another one.

use super::CheckInput;
use super::problem::Findings;
use super::text::{is_invisible, is_slug, quote, skeleton};
use contract::manifest::Manifest;
use unicode_normalization::is_nfc;

/// Longest id: a DNS label and one.
const LONGEST_ID: usize = 64;
const LONGEST_NAME: usize = 60;
/// Shorter ids differ in one letter all the time.
const SHORTEST_SIMILAR: usize = 5;

pub(super) fn check(manifest: &Manifest, input: &CheckInput<'_>, findings: &mut Findings) {
    if manifest.manifest != 1 {
        findings.error(
            "MAN-003",
            "/manifest",
            format!("Format version {} is not known here.", manifest.manifest),
            "Write manifest = 1.",
        );
    }
    id(manifest, input.folder, findings);
    name(&manifest.name, findings);
    if let Err(error) = semver::Version::parse(&manifest.version) {
        findings.error(
            "MAN-007",
            "/version",
            format!("{} is not a SemVer version: {error}.", quote(&manifest.version)),
            "Write three numbers, for example 1.0.0.",
        );
    }
    look_alikes(manifest, input.others, findings);
}

fn id(manifest: &Manifest, folder: &str, findings: &mut Findings) {
    if !is_slug(&manifest.id, LONGEST_ID) {
        findings.error(
            "MAN-004",
            "/id",
            format!("{} is not a slug.", quote(&manifest.id)),
            "Use lower-case letters, digits and inner hyphens, at most 64 characters.",
        );
    }
    if manifest.id.contains("--") {
        findings.error(
            "MAN-004",
            "/id",
            format!("{} has two hyphens in a row, which entries of catalogue feeds have.", quote(&manifest.id)),
            "Use single hyphens.",
        );
    }
    if manifest.id != folder {
        findings.error(
            "MAN-005",
            "/id",
            format!("The id {} is not the folder's name {}.", quote(&manifest.id), quote(folder)),
            "Make them the same; a published id never changes.",
        );
    }
}

fn name(name: &str, findings: &mut Findings) {
    let length = name.chars().count();
    let (what, fix) = if name.trim().is_empty() {
        ("The name is empty.".to_owned(), "Write the product's name as its maker writes it.")
    } else if length > LONGEST_NAME {
        (format!("The name has {length} characters; {LONGEST_NAME} are the most."), "Use the short form.")
    } else if name.trim() != name || name.contains("  ") {
        ("The name has spaces at its ends or in a row.".to_owned(), "Remove them.")
    } else if !is_nfc(name) {
        ("The name is not in Unicode form NFC.".to_owned(), "Type it again with composed characters.")
    } else if name.chars().any(is_invisible) {
        (format!("The name {} contains invisible characters.", quote(name)), "Type it again instead of pasting it.")
    } else {
        return;
    };
    findings.error("MAN-006", "/name", what, fix);
}

fn look_alikes(manifest: &Manifest, others: &[(&str, &str)], findings: &mut Findings) {
    let (id, name) = (skeleton(&manifest.id), skeleton(&manifest.name));
    for (other_id, other_name) in others.iter().filter(|(other, _)| *other != manifest.id) {
        let near = manifest.id.len().min(other_id.len()) >= SHORTEST_SIMILAR
            && manifest.id.len().max(other_id.len()) <= LONGEST_ID
            && strsim::damerau_levenshtein(&manifest.id, other_id) == 1;
        if near || (!id.is_empty() && id == skeleton(other_id)) {
            findings.review(
                "MAN-015",
                "/id",
                format!("The id {} looks like the existing {}.", quote(&manifest.id), quote(other_id)),
                "A reviewer will look at it; choose another id if it is not a product of that name.",
            );
        }
        if !name.is_empty() && name == skeleton(other_name) {
            findings.review(
                "MAN-015",
                "/name",
                format!("The name looks like that of the existing {}.", quote(other_id)),
                "A reviewer will look at it; say in the name what tells the two apart.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules that an id in a folder of its name breaks.
    fn broken(text: &str) -> Vec<&'static str> {
        let mut manifest: Manifest = toml::from_str(include_str!("../../../tests/check/good.toml")).unwrap();
        text.clone_into(&mut manifest.id);
        let mut findings = Findings::default();
        id(&manifest, text, &mut findings);
        findings.finish().into_iter().map(|it| it.rule).collect()
    }

    #[test]
    fn an_id_is_a_slug_that_no_feed_could_have_made() {
        assert_eq!(broken("exam-ple-2"), Vec::<&str>::new());
        for wrong in ["exam--ple", "-example", "example-", "Example", "exam_ple", "", &"x".repeat(65)] {
            assert_eq!(broken(wrong), ["MAN-004"], "{wrong:?}");
        }
    }
}
