//! The README.

use super::problem::Findings;
use super::text::{is_bidi, quote};
use crate::catalog::markdown::{MAX_MARKDOWN_BYTES, outline, plain_text, sections};

const PLACE: &str = "/README.md";
const SECTIONS: [&str; 3] = ["What it does here", "Set-up", "Troubleshooting"];
/// A section with fewer letters says nothing.
const SHORTEST: usize = 30;

pub(super) fn check(readme: Option<&str>, findings: &mut Findings) {
    let Some(readme) = readme.filter(|text| !text.trim().is_empty()) else {
        findings.error("DOC-001", PLACE, "There is no README.md, or it is empty.", "Write one; see docs/manifest.md.");
        return;
    };
    if readme.len() > MAX_MARKDOWN_BYTES {
        let size = readme.len() / 1024;
        findings.error(
            "DOC-001",
            PLACE,
            format!("The README is {size} KiB long; 128 KiB are the most."),
            "Shorten it.",
        );
        return;
    }
    if readme.chars().any(is_bidi) {
        findings.error("MAN-016", PLACE, "The README contains direction-changing characters.", "Remove them.");
    }
    let found = sections(readme);
    for wanted in SECTIONS {
        let section = found.iter().find(|section| section.title.as_deref().is_some_and(|title| same(title, wanted)));
        match section {
            None => findings.error(
                "DOC-002",
                PLACE,
                format!("The section “{wanted}” is missing."),
                format!("Add it under the heading “## {wanted}”."),
            ),
            Some(section) if plain_text(section.markdown).len() < wanted.len() + SHORTEST => findings.warning(
                "DOC-004",
                PLACE,
                format!("The section “{wanted}” says next to nothing."),
                "Write what people need to get through on their own.",
            ),
            Some(_) => {}
        }
    }
    links(readme, findings);
}

fn same(title: &str, wanted: &str) -> bool {
    let squeeze = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).collect::<String>().to_lowercase();
    squeeze(title) == squeeze(wanted)
}

fn links(readme: &str, findings: &mut Findings) {
    let outline = outline(readme);
    if outline.images > 0 {
        findings.warning(
            "DOC-006",
            PLACE,
            format!("The README has {} images, which are not shown.", outline.images),
            "Say it in words; images would tell their host who reads the page.",
        );
    }
    for link in &outline.links {
        let lower = link.trim().to_ascii_lowercase();
        if let Some(anchor) = lower.strip_prefix('#') {
            if !outline.anchors.contains(anchor) {
                findings.warning(
                    "DOC-005",
                    PLACE,
                    format!("No heading has the anchor {}.", quote(link)),
                    "Mend the link.",
                );
            }
        } else if lower.starts_with("https://") || lower.starts_with("mailto:") {
            if lower.starts_with("https://") && url::Url::parse(link).is_err() {
                findings.warning("DOC-005", PLACE, format!("{} is not an address.", quote(link)), "Mend the link.");
            }
        } else if lower.starts_with("http://") {
            findings.warning("DOC-005", PLACE, format!("{} is not encrypted.", quote(link)), "Link to https.");
        } else {
            findings.error(
                "SEC-011",
                PLACE,
                format!("The link {} leads out of the page in a way that is not allowed.", quote(link)),
                "Link to https addresses or to headings of the README only.",
            );
        }
    }
}
