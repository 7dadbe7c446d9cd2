//! One test per rule: a good listing, broken in one place, has exactly that problem at exactly that place.

#[path = "check/cases.rs"]
mod cases;
#[path = "check/inputs.rs"]
mod inputs;

use cases::CASES;
use domain::catalog::check::{CheckInput, ManifestText, Problem, RULES, Report, check, schema};
use std::collections::BTreeSet;

const GOOD: &str = include_str!("check/good.toml");
const README: &str = include_str!("check/good.md");

fn partners() -> BTreeSet<String> {
    BTreeSet::from(["example-labs".to_owned(), "prometheus".to_owned()])
}

fn run(manifest: &str, readme: Option<&str>, icon: Option<&str>) -> Report {
    let partners = partners();
    check(&CheckInput {
        folder: "example",
        manifest: ManifestText::Toml(manifest),
        readme,
        icon,
        partners: Some(&partners),
        others: &[("grafana", "Grafana")],
    })
}

fn places(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.rule, problem.pointer.as_str())).collect()
}

#[track_caller]
fn broken(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from:?} is not there exactly once");
    GOOD.replace(from, to)
}

#[test]
fn the_good_listing_is_bronze() {
    let report = run(GOOD, Some(README), None);
    assert_eq!(report.problems, []);
    assert_eq!(report.certification().as_str(), "bronze");
}

#[test]
fn each_mistake_is_one_problem_at_one_place() {
    let mut wrong = Vec::new();
    for (from, to, rule, pointer) in CASES {
        let report = run(&broken(from, to), Some(README), None);
        if places(&report.problems) != [(*rule, *pointer)] {
            let shown: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
            wrong.push(format!("{to:?} should be {rule} {pointer}, is {shown:#?}"));
        }
        assert!(report.problems.iter().all(|it| !it.what.is_empty() && !it.fix.is_empty()));
        assert_eq!(report.certification().as_str(), "none", "{to}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_beside_the_manifest() {
    let readme = |text: &str| {
        places(&run(GOOD, Some(text), None).problems).into_iter().map(|(rule, _)| rule.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(places(&run(GOOD, None, None).problems), [("DOC-001", "/README.md")]);
    assert_eq!(readme(" \n"), ["DOC-001"]);
    assert_eq!(readme(&"x".repeat(128 * 1024 + 1)), ["DOC-001"]);
    assert_eq!(readme(&README.replace("## Set-up", "## Whatever")), ["DOC-002"]);
    assert_eq!(
        readme(&README.replace("- **The token is refused**: it was revoked or belongs to another account.", "None.")),
        ["DOC-004"]
    );
    assert_eq!(readme(&README.replace("#troubleshooting", "#trouble")), ["DOC-005"]);
    assert_eq!(readme(&README.replace("https://docs", "http://docs")), ["DOC-005"]);
    assert_eq!(readme(&format!("{README}\n![x](https://a.example/x.png)")), ["DOC-006"]);
    for link in ["javascript:alert(1)", "../../etc/passwd", "/staff", "data:text/html,x", "LICENSE"] {
        assert_eq!(readme(&README.replace("https://docs.example.com", link)), ["SEC-011"], "{link}");
    }
    let icon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><script/></svg>";
    assert_eq!(places(&run(GOOD, Some(README), Some(icon)).problems), [("SEC-012", "/icon.svg")]);
}

#[test]
fn capabilities_need_their_parts() {
    let without = |start: &str, end: &str| {
        let from = GOOD.find(start).expect(start);
        let to = from + GOOD[from..].find(end).expect(end);
        format!("{}{}", &GOOD[..from], &GOOD[to..])
    };
    for (start, end, rule, pointer) in [
        ("[test]", "[[capability]]", "CON-001", "/test"),
        ("[capability.setup]", "[capability.probe]", "CON-010", "/capability/0/setup"),
        ("[capability.map]", "[capability.setup]", "CON-007", "/capability/0/map"),
        (
            "[capability.map]\nsummary = \"{{ item.name }}\"",
            "[[capability]]\ntype = \"action\"",
            "CON-006",
            "/capability/1/map",
        ),
        (
            "request = { url = \"https://api",
            "expect = { status = [200] }\n[capability.map]",
            "CON-006",
            "/capability/1/request",
        ),
        (
            "request = { method = \"POST\", url = \"{{ secrets",
            "expect = { status = [201]",
            "CON-008",
            "/capability/2/request",
        ),
    ] {
        let report = run(&without(start, end), Some(README), None);
        assert_eq!(places(&report.problems), [(rule, pointer)], "{:#?}", report.problems);
    }
    let only_test = format!("{}{}", &GOOD[..GOOD.find("[[capability]]").expect("capability")], "");
    assert_eq!(places(&run(&only_test, Some(README), None).problems), [("CON-001", "/capability")]);
    let entry = &GOOD[..GOOD.find("[test]").expect("test")];
    let report = run(entry, Some(README), None);
    assert_eq!(places(&report.problems), []);
    assert_eq!(report.certification().as_str(), "none", "a catalogue entry is not certified");
}

#[test]
fn every_problem_is_reported_at_once() {
    let changes = [
        ("id = \"example\"", "id = \"../../example\""),
        ("version = \"1.2.0\"", "version = \"new\""),
        ("support = \"community\"", "support = \"always\""),
        ("tags = [\"alerts\", \"tickets\"]", "tags = 7"),
        ("listing = \"webhook\"", "listing = \"webhook\"\nlistign = \"x\""),
        ("homepage = \"https://www.example.com\"\n", ""),
        ("type = \"integer\"", "type = \"number\""),
        ("cadence = \"5m\"\n", ""),
        ("{{ item.name | trim }}", "{{ secrets.token }}"),
        ("{{ config.base_url }}/api/status", "https://evil.example/"),
        ("pattern = \"[a-z]+\"", "pattern = \"(\""),
        ("example = \"Test\"", ""),
    ];
    let mut text = GOOD.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    let report = run(&text, Some(README), None);
    let mut found = places(&report.problems);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("CON-005", "/capability/0/cadence"),
            ("CON-009", "/capability/2/input/0/example"),
            ("CON-015", "/config/2/pattern"),
            ("MAN-002", "/config/3/type"),
            ("MAN-002", "/links/homepage"),
            ("MAN-002", "/listign"),
            ("MAN-002", "/support"),
            ("MAN-002", "/tags"),
            ("MAN-004", "/id"),
            ("MAN-005", "/id"),
            ("MAN-007", "/version"),
            ("SEC-001", "/test/request/url"),
            ("SEC-004", "/capability/0/map/summary"),
        ],
        "twelve mistakes, of which the id breaks two rules"
    );
    assert!(report.manifest.is_none(), "a manifest with stand-ins is not handed out");
}

#[test]
fn problems_read_like_sentences() {
    let line = |from: &str, to: &str| run(&broken(from, to), Some(README), None).problems[0].to_string();
    assert_eq!(
        line("listing = \"webhook\"", "listing = \"webhook\"\nsumary = \"x\""),
        "error MAN-002 /sumary: There is no key `sumary`. Did you mean `summary`?"
    );
    assert_eq!(
        line("support = \"community\"", "support = \"comunity\""),
        "error MAN-002 /support: `comunity` is not a value of this key. Use `community`, `business-hours` or `24x7`. Did you mean `community`?"
    );
    assert_eq!(
        line("default = \"10\"", "default = 10"),
        "error MAN-002 /config/3/default: This is a whole number. Make it text in quotes."
    );
    assert_eq!(
        line("config.team }}", "config.taem }}"),
        "error SEC-005 /capability/0/map/source: There is no `config.taem`. Did you mean `team`?"
    );
    let report = run("manifest = 1\nname = \"x\nid = 3\n", Some(README), None);
    assert_eq!(places(&report.problems), [("MAN-001", "")]);
    assert!(report.problems[0].what.contains("at line 2, column"), "{}", report.problems[0]);
}

#[test]
fn every_rule_is_listed_and_tested() {
    let source =
        concat!(include_str!("check_rules.rs"), include_str!("check/cases.rs"), include_str!("check/inputs.rs"));
    let listed: BTreeSet<_> = RULES.iter().map(|(id, _)| *id).collect();
    assert_eq!(listed.len(), RULES.len());
    for (id, _) in RULES {
        assert!(source.contains(&format!("\"{id}\"")), "{id} has no test");
    }
    assert!(CASES.iter().all(|(_, _, rule, _)| listed.contains(rule)));
}

#[test]
fn the_schema_is_for_editors() {
    let schema = schema();
    assert_eq!(schema["$id"], "/schemas/integration-1.json");
    assert!(schema["title"].is_string());
}

#[test]
fn the_example_in_the_catalogue_is_clean() {
    let partners = partners();
    let report = check(&CheckInput {
        folder: "alertmanager",
        manifest: ManifestText::Toml(include_str!("../../../catalog/alertmanager/integration.toml")),
        readme: Some(include_str!("../../../catalog/alertmanager/README.md")),
        icon: None,
        partners: Some(&partners),
        others: &[("prometheus", "Prometheus")],
    });
    assert_eq!(report.problems, []);
    assert_eq!(report.certification().as_str(), "bronze");
}
