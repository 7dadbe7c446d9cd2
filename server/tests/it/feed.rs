//! Catalogue feeds: what a line becomes, what is refused, and that importing again changes nothing.

use crate::harness::{App, Upstream, publish, wish};
use contract::feed::{FeedRefusal, FeedReport};
use contract::listing::ListingDetail;
use domain::Actor;
use domain::catalog::feed::Import;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Handle;

on_both!(
    an_entry_is_read_found_and_asked_for,
    importing_again_writes_nothing,
    a_changed_line_changes_its_listing_and_keeps_its_counts,
    hostile_lines_are_refused_and_the_rest_is_imported,
    scripts_never_reach_the_page,
    a_feed_changes_nothing_that_is_not_its_own,
    publishing_takes_an_entry_over,
    a_source_chosen_beforehand_is_the_only_one,
    keepers_of_catalogues_do_not_become_partners,
    large_feeds_are_stored_in_batches,
    every_line_is_counted_once_whatever_it_holds,
);

/// Imports and gives the report, refusals included.
pub async fn import(app: &App, source: Option<&str>, feed: &[u8]) -> FeedReport {
    let mut import = Import::begin(&app.services, &Actor::System, source).await.unwrap();
    for piece in feed.chunks(1000) {
        import.push(piece).await.unwrap();
    }
    import.finish().await.unwrap();
    let refusals = import.take_refusals();
    FeedReport { refusals, ..import.report().clone() }
}

/// A line with more than it needs.
pub fn line(id: &str, name: &str, more: &Value) -> String {
    let mut line = json!({ "id": id, "name": name, "summary": format!("Watches {name}.") });
    line.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    line.to_string()
}

/// Added, changed, unchanged, refused.
fn counts(report: &FeedReport) -> (u64, u64, u64, u64) {
    (report.added, report.changed, report.unchanged, report.refused)
}

async fn detail(app: &App, id: &str) -> Option<ListingDetail> {
    app.visitor().call("listing", &[("id", id)]).await.good()
}

/// Everything that an import writes to, as text.
async fn picture(app: &App) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT id || partner_id || name || version || CAST(installs + requests + updated_at AS TEXT) FROM listing ORDER BY id",
        "SELECT listing_id || version || manifest || readme || CAST(published_at AS TEXT) FROM release ORDER BY listing_id, version",
        "SELECT listing_id || source || entry_id || listed_by || digest FROM feed_entry ORDER BY listing_id",
        "SELECT CAST(sequence AS TEXT) || listing_id FROM change ORDER BY sequence",
        "SELECT chain || hash FROM audit_head ORDER BY chain",
    ] {
        all.extend(app.scratch.texts(sql).await);
    }
    all
}

async fn an_entry_is_read_found_and_asked_for(app: &App) {
    let more = json!({
        "partner": "Acme Catalogue", "description": "# Quasar\n\nCounts *quasars*.\n\n## Set-up\n\nNone.", "version": "v2.1",
        "categories": ["monitoring/metrics", "Far Away"], "tags": ["Night Sky"], "aliases": ["QSO"],
        "links": { "homepage": "https://quasar.example", "source": null }, "rank": 7,
    });
    let report = import(app, None, line("acme/quasar", "Quasar", &more).as_bytes()).await;
    assert_eq!((counts(&report), report.lines), ((1, 0, 0, 0), 1), "{report:?}");
    assert_eq!(report.ignored_keys, ["rank"]);
    assert!(app.follow().await);

    let found = detail(app, "acme--quasar").await.unwrap();
    assert_eq!((found.card.installable, found.feed.as_deref()), (false, Some("acme")));
    assert_eq!((found.card.partner_id.as_str(), found.card.partner_name.as_str()), ("", "Acme Catalogue"));
    assert_eq!(
        (found.version.as_str(), found.tags.as_slice()),
        ("2.1.0", &["far-away".into(), "night-sky".into()][..])
    );
    assert_eq!(found.categories, [("monitoring/metrics".into(), "Metrics".into())]);
    assert_eq!((found.pricing.as_str(), found.license.as_str()), ("Not stated", "Not stated"));
    assert_eq!(found.links.len(), 1);
    assert!(found.readme.overview_html.contains("<em>quasars</em>") && found.readme.setup_html.contains("None."));

    let page: Value = app.visitor().get("/api/v1/search?q=qso").await.good();
    assert_eq!(page["hits"][0]["id"], "acme--quasar");
    let html = app.visitor().get("/integrations/acme--quasar").await;
    assert_eq!(html.status, 200);
    assert!(html.body.contains("Catalogue entry, not installable yet"), "{}", html.body);
    assert!(html.body.contains("Listed by Acme Catalogue in acme") && !html.body.contains("\"/partners/\""));

    let admin = app.sign_in("admin").await;
    assert_eq!(admin.call("request_integration", &[("id", "acme--quasar")]).await.status, 200);
    assert_eq!(detail(app, "acme--quasar").await.unwrap().requests, 1);
    admin.call("begin_install", &[("listing", "acme--quasar")]).await.problem(409, "conflict");
}

async fn importing_again_writes_nothing(app: &App) {
    let feed: Vec<String> =
        (0..30).map(|n| line(&format!("acme/t{n}"), &format!("Thing {n}"), &json!({ "tags": ["x"] }))).collect();
    let feed = feed.join("\n");
    assert_eq!(counts(&import(app, None, feed.as_bytes()).await), (30, 0, 0, 0));
    app.follow().await;
    let before = picture(app).await;
    app.clock.advance(60_000);
    for _ in 0..2 {
        assert_eq!(counts(&import(app, None, feed.as_bytes()).await), (0, 0, 30, 0));
    }
    assert_eq!(picture(app).await, before);
    assert!(!app.follow().await);
}

async fn a_changed_line_changes_its_listing_and_keeps_its_counts(app: &App) {
    let first = line("acme/quasar", "Quasar", &json!({ "version": "1.0.0" }));
    import(app, None, first.as_bytes()).await;
    let before = detail(app, "acme--quasar").await.unwrap();
    app.sign_in("admin").await.call("request_integration", &[("id", "acme--quasar")]).await;
    app.clock.advance(60_000);
    let second = line("acme/quasar", "Blazar", &json!({ "version": "1.1.0" }));
    assert_eq!(counts(&import(app, None, second.as_bytes()).await), (0, 1, 0, 0));
    app.follow().await;
    let after = detail(app, "acme--quasar").await.unwrap();
    assert_eq!((after.card.name.as_str(), after.version.as_str(), after.requests), ("Blazar", "1.1.0", 1));
    assert_eq!((after.releases.len(), after.published_at), (2, before.published_at));
    assert!(after.updated_at > before.updated_at);
    let page: Value = app.visitor().get("/api/v1/search?q=quasar").await.good();
    assert!(!page["hits"].to_string().contains("acme--quasar\""), "{page}");
}

async fn hostile_lines_are_refused_and_the_rest_is_imported(app: &App) {
    let good = |n: u32| line(&format!("acme/good{n}"), &format!("Good {n}"), &json!({})).into_bytes();
    let bad: Vec<(Vec<u8>, &str)> = vec![
        (b"{\"id\":\"acme/\xff\",\"name\":\"N\",\"summary\":\"S\"}".to_vec(), "not UTF-8"),
        (
            format!(r#"{{"id":"acme/long","name":"{}"}}"#, "x".repeat(10 * 1024 * 1024)).into_bytes(),
            "longer than 1024 KiB",
        ),
        (line("acme/good1", "Again", &json!({})).into_bytes(), "Line 1 already has this id"),
        (line("acme/g00d1", "Look-alike", &json!({})).into_bytes(), "can't be told apart"),
        (line("acme/bidi", "Evil \u{202e}live", &json!({ "summary": "S" })).into_bytes(), "invisible characters"),
        (line("acme/bidi2", "B", &json!({ "summary": "\u{2066}x" })).into_bytes(), "direction-changing"),
        (line("acme/bidi3", "B", &json!({ "description": "\u{202e}x" })).into_bytes(), "direction-changing"),
        (line("acme/b\u{200b}4", "B", &json!({})).into_bytes(), "invisible characters"),
        (line("acme/nul", "N", &json!({ "description": "a\u{0}b" })).into_bytes(), "control"),
        (b"{\"id\":\"acme/nul\",\"name\":\"N\x00\",\"summary\":\"S\"}".to_vec(), "not JSON"),
        (b"\x00\x00".to_vec(), "not JSON"),
        (br#"{"id":"acme/number","name":"N","summary":"S","version":1e308}"#.to_vec(), "“version” is a number"),
        (br#"{"id":"acme/number","name":"N","summary":"S","other":1e999}"#.to_vec(), "number out of range"),
        ("[".repeat(900_000).into_bytes(), "recursion limit"),
        (br#"{"id":{"a":[]},"name":"N","summary":"S"}"#.to_vec(), "“id” is an object"),
        (br#"{"id":"acme/w","name":"N","summary":"S","tags":{"a":1}}"#.to_vec(), "“tags” is an object"),
        (
            br#"{"id":"acme/w","name":"N","summary":"S","links":{"homepage":"javascript:alert(1)"}}"#.to_vec(),
            "https://",
        ),
        (br#"{"id":"acme/w","name":"N","summary":"  "}"#.to_vec(), "“summary” is missing"),
        (b"null".to_vec(), "no object"),
        (b"{} {}".to_vec(), "trailing characters"),
        (b"\xef\xbb\xbf{}".to_vec(), "not JSON"),
    ];
    let mut feed = b"\xef\xbb\xbf".to_vec();
    let mut wanted = Vec::new();
    let mut number = 0;
    let mut add = |bytes: &[u8], end: &[u8]| {
        feed.extend_from_slice(bytes);
        feed.extend_from_slice(end);
        number += 1;
        number
    };
    add(&good(1), b"\r\n");
    add(b"", b"\n");
    add(b" \t ", b"\r\n");
    for (count, (bytes, reason)) in (2..).zip(&bad) {
        wanted.push((add(bytes, b"\n"), *reason));
        add(&good(count), if count % 2 == 0 { b"\n" } else { b"\r\n" });
    }
    let number_of_good = u64::try_from(bad.len()).unwrap() + 1;
    let report = import(app, None, &feed).await;
    assert_eq!(counts(&report), (number_of_good, 0, 0, number_of_good - 1), "{:#?}", report.refusals);
    assert_eq!(report.lines, number_of_good * 2 - 1, "empty lines do not count");
    for (FeedRefusal { line, reason, .. }, (number, part)) in report.refusals.iter().zip(&wanted) {
        assert!(*line == *number && reason.contains(part), "line {line}: {reason}; wanted {number}: {part}");
        assert!(reason.len() < 400, "{reason}");
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM feed_entry").await, i64::try_from(number_of_good).unwrap());
    assert_eq!(report.refusals[2].id.as_deref(), Some("acme/good1"));
}

async fn scripts_never_reach_the_page(app: &App) {
    let evil = "<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>\n\n![i](https://t.example/i)";
    let more = json!({ "description": evil, "tags": ["<script>"], "partner": "<b>Me</b>", "aliases": ["\"><script>"] });
    let report = import(app, None, line("acme/evil", "<script>alert(2)</script>", &more).as_bytes()).await;
    assert_eq!(counts(&report), (1, 0, 0, 0), "{report:?}");
    app.follow().await;
    for path in ["/integrations/acme--evil", "/search?q=alert"] {
        let page = app.visitor().get(path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("alert(2)"), "{path} shows it");
        for part in ["<script>alert", "<img src=x", "href=\"javascript:", "<b>Me</b>", "t.example/i"] {
            assert!(!page.body.contains(part), "{path}: {part}");
        }
    }
}

async fn a_feed_changes_nothing_that_is_not_its_own(app: &App) {
    // As if `monitor` had been an entry before it could be installed.
    let upstream = Upstream::start().await;
    app.sign_in("admin").await.install(&upstream).await;
    app.scratch.change("INSERT INTO feed_entry VALUES ('monitor', '', 'monitor', '', 'monitor-', 'other')").await;
    import(app, None, [line("acme/quasar", "Quasar", &json!({})), line("a/b", "B", &json!({}))].join("\n").as_bytes())
        .await;
    // An address that another source's entry already has, as a clash of two hashes would give.
    app.scratch.change("UPDATE feed_entry SET source = 'older' WHERE listing_id = 'a--b'").await;
    app.follow().await;
    let before = picture(app).await;
    for (id, part) in [
        ("lumen", "published here"),
        ("1umen", "could be taken for that of lumen"),
        ("monitor", "installed this listing"),
        ("a/b", "belongs to the entry older/b"),
        ("acrne/quasar", "could be taken for that of acme--quasar"),
        ("acme/qua5ar", "could be taken for that of acme--quasar"),
    ] {
        let report = import(app, None, line(id, "Mine Now", &json!({})).as_bytes()).await;
        assert_eq!(counts(&report), (0, 0, 0, 1), "{id}: {report:?}");
        assert!(report.refusals[0].reason.contains(part), "{id}: {report:?}");
    }
    assert_eq!(picture(app).await, before, "nothing was written");
    assert!(!app.follow().await);
}

async fn publishing_takes_an_entry_over(app: &App) {
    import(app, None, line("nebula", "Nebula of the feed", &json!({})).as_bytes()).await;
    app.follow().await;
    assert_eq!(detail(app, "nebula").await.unwrap().feed.as_deref(), Some(""));
    publish(&app.services, &wish("nebula", "Nebula")).await;
    app.follow().await;
    let found = detail(app, "nebula").await.unwrap();
    assert_eq!(
        (found.feed, found.card.name.as_str(), found.card.partner_id.as_str()),
        (None, "Nebula", "example-labs")
    );
    let report = import(app, None, line("nebula", "Nebula of the feed", &json!({})).as_bytes()).await;
    assert!(report.refusals[0].reason.contains("published here"), "{report:?}");
    assert_eq!(detail(app, "nebula").await.unwrap().card.name, "Nebula");
}

async fn a_source_chosen_beforehand_is_the_only_one(app: &App) {
    let feed =
        [line("quasar", "Quasar", &json!({})), line("other/x", "X", &json!({})), line("acme/y", "Y", &json!({}))];
    let report = import(app, Some("Acme"), feed.join("\n").as_bytes()).await;
    assert_eq!(counts(&report), (2, 0, 0, 1));
    assert!(report.refusals[0].reason.contains("This import is for acme"), "{report:?}");
    assert!(detail(app, "acme--quasar").await.is_some());
}

async fn keepers_of_catalogues_do_not_become_partners(app: &App) {
    let by = |id: &str, name: &str, partner: &str| line(id, name, &json!({ "partner": partner }));
    let feed = [
        by("acme/a", "Prometheus Pushgateway", "Prometheus"),
        by("acme/b", "Redis", "Prometheus"),
        by("acme/c", "Redis Cloud", "Keeper of All"),
    ];
    import(app, None, feed.join("\n").as_bytes()).await;
    app.follow().await;
    let partners: Vec<(String, String)> = {
        let mut all = Vec::new();
        for id in ["acme--a", "acme--b", "acme--c"] {
            let card = detail(app, id).await.unwrap().card;
            all.push((card.partner_id.0, card.partner_name));
        }
        all
    };
    let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
    assert_eq!(partners, [pair("prometheus", "Prometheus"), pair("", "Prometheus"), pair("", "Keeper of All")]);
    let page: Value = app.visitor().get("/api/v1/search?partner=prometheus").await.good();
    assert_eq!(page["total"], 1 + 1, "the listing that is published here, and the one entry: {page}");
    assert!(!page["facets"].to_string().contains("Keeper of All"), "{page}");
    let found: Value = app.visitor().get("/api/v1/search?q=keeper").await.good();
    assert_eq!(found["hits"][0]["id"], "acme--c", "who lists it is still searched");
    assert!(!app.visitor().get("/sitemap.xml").await.body.contains("/partners/<"));
}

async fn large_feeds_are_stored_in_batches(app: &App) {
    let feed: Vec<String> =
        (0..1203).map(|n| line(&format!("acme/t-{n}-x"), &format!("Doodad {n}"), &json!({}))).collect();
    let report = import(app, None, feed.join("\n").as_bytes()).await;
    assert_eq!(counts(&report), (1203, 0, 0, 0), "{:?}", report.refusals);
    let events = "SELECT subject_name FROM audit_event WHERE action = 'feed.imported' ORDER BY sequence";
    assert_eq!(app.scratch.texts(events).await, ["lines 1 to 500", "lines 501 to 1000", "lines 1001 to 1203"]);
    assert_eq!(domain::audit::verify(&app.services).await.unwrap().1.len(), 0);
    // More than one step of the follower.
    assert!(app.follow().await);
    assert_eq!(app.services.search.position(), Some(app.services.catalogue.last_change().await.unwrap()));
    let page: Value = app.visitor().get("/api/v1/search?q=doodad&limit=1").await.good();
    assert_eq!(page["total"], 1203);
}

/// A line that may be good, may be nearly good, and may be anything.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let word = "[a-zA-Z0-9/_ .é-]{0,12}";
    let key =
        prop::sample::select(vec!["id", "name", "summary", "description", "tags", "links", "version", "source", "x"]);
    let value = prop_oneof![
        word.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(Value::Null),
        vec(any::<String>(), 0..3).prop_map(Value::from),
        (word, any::<String>()).prop_map(|(key, text)| json!({ key: text })),
    ];
    let odd = vec((key, value), 0..5).prop_map(|fields| {
        let object: serde_json::Map<String, Value> =
            fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Value::Object(object).to_string().into_bytes()
    });
    let good = (word, word).prop_map(|(id, name)| line(&id, &name, &json!({})).into_bytes());
    prop_oneof![4 => good, 3 => odd, 3 => vec(any::<u8>(), 0..60), 1 => Just(b" \r".to_vec())]
}

async fn every_line_is_counted_once_whatever_it_holds(app: &App) {
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let feeds = (vec(any_line(), 0..12), vec(1_usize..40, 1..4));
    tokio::task::block_in_place(|| {
        runner.run(&feeds, |(lines, pieces)| {
            let feed = lines.join(&b'\n');
            let text = feed.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&feed);
            let wanted = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
            let report = Handle::current().block_on(async {
                let mut import = Import::begin(&app.services, &Actor::System, None).await.unwrap();
                let (mut rest, mut sizes) = (feed.as_slice(), pieces.iter().cycle());
                while !rest.is_empty() {
                    let (piece, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
                    import.push(piece).await.unwrap();
                    rest = after;
                }
                import.finish().await.unwrap();
                assert_eq!(import.take_refusals().len() as u64, import.report().refused);
                import.report().clone()
            });
            let counted = report.added + report.changed + report.unchanged + report.refused;
            prop_assert_eq!(report.lines, wanted as u64);
            prop_assert_eq!(counted, report.lines);
            // The same again adds and changes nothing.
            let again = Handle::current().block_on(import(app, None, &feed));
            prop_assert_eq!((again.added, again.changed, again.refused), (0, 0, report.refused));
            Ok(())
        })
    })
    .unwrap();
    let entries = app.scratch.number("SELECT COUNT(*) FROM feed_entry").await;
    assert!(entries > 20, "some lines were good: {entries}");
}
