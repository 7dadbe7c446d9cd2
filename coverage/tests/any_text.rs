//! No text whatever stops the reading: files are written by hand, by templates, and by nobody.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use coverage::{Job, Technology, assess, read};
use proptest::prelude::*;

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 40] = [
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "-\n",
    ": ",
    ":",
    "services",
    "receivers",
    "route",
    "exporters",
    "service",
    "pipelines",
    "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yml: |\n",
    "image: a/b:1",
    "{",
    "}",
    "[",
    "]",
    "{{",
    "}}",
    "\"",
    "'",
    "#",
    " #",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">-\n",
    "---\n",
    "...",
    "resource \"a_b\" \"c\" {\n",
    "= ",
    "<<EOT\n",
    "EOT\n",
    "${",
    "\\",
    "\u{feff}",
    "ü🔥\u{2028}",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![3 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,4}"];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in text(), name in "[a-z.]{0,4}(\\.tf|\\.yml|)") {
        let reading = read(&name, &text);
        let lines = u32::try_from(text.lines().count().max(1)).unwrap();
        for mention in &reading.mentions {
            prop_assert!(mention.line >= 1 && mention.line <= lines, "{:?} of {} lines", mention, lines);
        }
        let marks = ["image:a/*".to_owned(), "host:x.y".to_owned()];
        let known = [Technology { id: "b", marks: &marks, does: vec![Job::OnCall], installed: true }];
        assess(&[&reading, &reading], &known);
    }
}

/// What would take quadratic time takes seconds here, and a moment when it is linear.
#[test]
fn hostile_files_take_no_longer_than_others() {
    for piece in [
        "a: [\n",
        "- ",
        "a: \"\n",
        "{",
        "[",
        "a:\n ",
        "a: {b: [\n",
        "x \"${",
        "a = \"${\"\n",
        "a: |\n",
        "? ",
        "image: x\n",
    ] {
        let text = piece.repeat(coverage::MAX_BYTES / 4 / piece.len());
        read("a.yml", &text);
        read("a.tf", &text);
        read("a", &format!("services:\n  a:\n    image: b\n{text}"));
    }
}
