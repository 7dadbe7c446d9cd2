//! Other inputs than a single mistake: JSON, look-alikes, malice.

use super::{GOOD, README, broken, run};
use domain::catalog::check::{CheckInput, Level, ManifestText, check};
use std::collections::BTreeSet;

#[test]
fn hostile_manifests_are_refused_quickly() {
    let started = std::time::Instant::now();
    let rules =
        |text: &str| run(text, Some(README), None).problems.into_iter().map(|it| it.rule).collect::<BTreeSet<_>>();
    assert_eq!(rules(&"a".repeat(1024 * 1024 + 1)), BTreeSet::from(["MAN-001"]));
    assert_eq!(rules(&format!("a = {}", "[".repeat(500_000))), BTreeSet::from(["MAN-001"]));
    assert_eq!(rules(&"[a]\n".repeat(1000)), BTreeSet::from(["MAN-001"]));
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    assert!(
        rules(&broken("name = \"probe {{ probe.id }}\",", &format!("name = \"{{{{ probe.id }}}}\", x = {deep},")))
            .is_empty()
    );
    let many = (0..60_000).map(|number| format!("key{number} = 1")).collect::<Vec<_>>().join("\n");
    let report = run(&format!("{many}\n{GOOD}"), Some(README), None);
    assert_eq!(report.problems.len(), 501);
    let lists = format!("[{}]", "\"x\",".repeat(200_000));
    assert!(rules(&broken("[\"alerts\", \"tickets\"]", &lists)).contains("MAN-011"));
    for (unit, times) in [("| trim ", 20_000), (".a", 1000), ("[0]", 600), ("~a", 1000), ("|trim", 400), (" or a", 400)]
    {
        let chain = format!("{{{{ item.name {}}}}}", unit.repeat(times));
        let _ = rules(&broken("{{ item.name | trim }}", &chain));
    }
    for unit in ["(", "not ", "-", "[", "{% if a %}", "{% for a in b %}"] {
        let chain = format!("{{{{ {}", unit.repeat(2000 / unit.len()));
        assert_eq!(rules(&broken("{{ item.name | trim }}", &chain)), BTreeSet::from(["SEC-003"]), "{unit}");
    }
    let braces = "{".repeat(200_000);
    let _ = rules(&broken("{{ item.name | trim }}", &braces));
    assert!(started.elapsed().as_secs() < 60, "took {:?}", started.elapsed());
}

#[test]
fn markup_in_texts_is_text() {
    let text = broken("\"Alerts become events.\"", "\"<script>alert(1)</script>\"");
    assert_eq!(run(&text, Some(README), None).problems, [], "it is escaped wherever it is shown");
}

#[test]
fn look_alikes_are_for_a_person() {
    let look = |id: &str, name: &str, others: &[(&str, &str)]| {
        let text = GOOD.replace("\"example\"\nname = \"Example Monitor\"", &format!("\"{id}\"\nname = \"{name}\""));
        let report = check(&CheckInput {
            folder: id,
            manifest: ManifestText::Toml(&text),
            readme: Some(README),
            icon: None,
            partners: None,
            others,
        });
        assert_eq!(report.certification().as_str(), "bronze", "a review alone does not cost the level");
        report
            .problems
            .iter()
            .map(|it| {
                assert_eq!((it.rule, it.level), ("MAN-015", Level::Review));
                it.pointer.clone()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(look("g1tlab", "X", &[("gitlab", "GitLab")]), ["/id"]);
    assert_eq!(look("grafanaa", "X", &[("grafana", "Grafana")]), ["/id"]);
    assert_eq!(look("other", "Grаfаna", &[("grafana", "Grafana")]), ["/name"], "with Cyrillic letters");
    assert_eq!(look("grafana", "Grafana", &[("grafana", "Grafana")]), Vec::<String>::new(), "itself");
    assert_eq!(look("loki", "Loki", &[("jira", "Jira"), ("kiali", "Kiali"), ("wiki", "Wiki")]), Vec::<String>::new());
}

#[test]
fn json_is_read_like_toml() {
    let table: toml::Table = toml::from_str(GOOD).expect("toml");
    let json = serde_json::to_string(&table).expect("json");
    let input = |text| CheckInput {
        folder: "example",
        manifest: ManifestText::Json(text),
        readme: Some(README),
        icon: None,
        partners: None,
        others: &[],
    };
    assert_eq!(check(&input(&json)).problems, []);
    let report = check(&input("{\n \"manifest\": }"));
    assert!(report.problems[0].what.starts_with("This is not valid JSON at line 2"), "{:?}", report.problems);
    for text in ["[]", "7", "null", "{}"] {
        assert!(check(&input(text)).problems.iter().any(|it| it.rule == "MAN-002"), "{text}");
    }
}
