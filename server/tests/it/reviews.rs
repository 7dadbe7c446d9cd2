//! Reviews: who writes them, what becomes of them, and what they do to a listing.

use crate::harness::{App, Browser, HOUR_MS, MONITOR, NORTHWIND, TEXT, Upstream, publish};
use axum::body::Body;
use axum::http::{Method, header};
use contract::review::{ModerationQueue, ReviewForm, ReviewStanding};
use serde_json::{Value, json};

on_both!(
    whoever_uses_it_writes_a_review,
    whoever_does_not_use_it_is_told_why,
    whoever_uninstalled_it_has_45_days,
    a_person_has_one_review_with_its_history,
    four_at_once_are_one_review,
    a_vote_counts_once_and_can_be_taken_back,
    the_partner_answers_once,
    a_report_is_decided,
    a_hidden_review_comes_back_when_it_is_changed,
    the_average_orders_and_filters_the_search,
    reviews_are_filtered_and_paged,
    programs_read_reviews,
    what_is_written_is_bounded_and_cleaned,
    nobody_writes_all_day,
    a_review_is_deleted_by_its_author,
    reviews_outlive_accounts_and_organizations_without_naming_them,
    exports_have_reviews,
    pages_show_reviews_to_everybody,
);

const DAY_MS: i64 = 24 * HOUR_MS;

async fn rating(app: &App) -> Value {
    app.follow().await;
    let listing: Value = app.visitor().get("/api/v1/listings/monitor").await.good();
    listing["card"]["rating"].clone()
}

async fn standing(browser: &Browser<'_>) -> ReviewStanding {
    browser.call("review_form", &[("id", "monitor")]).await.good::<Option<ReviewForm>>().unwrap().standing
}

async fn whoever_uses_it_writes_a_review(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    assert_eq!(rating(app).await, Value::Null, "no reviews are no stars");
    app.clock.advance(8 * DAY_MS);
    // A colleague did not install it, and uses it all the same.
    let member = app.sign_in("member").await;
    assert_eq!(standing(&member).await, ReviewStanding::MayWrite);
    let form = [
        ("listing", "monitor"),
        ("stars", "4"),
        ("title", "Calm nights"),
        ("text", TEXT),
        ("size", "medium"),
        ("aspects[setup]", "5"),
        ("aspects[docs]", "3"),
        ("aspects[support]", ""),
    ];
    let answer = member.call("write_review", &form).await;
    assert_eq!(answer.goes_on_to(), "/integrations/monitor?tab=reviews");
    let page = app.visitor().review_page(&[]).await;
    let it = &page.reviews[0].review;
    assert_eq!((it.author.as_str(), it.stars, it.title.as_str()), ("Max Member", 4, "Calm nights"));
    assert_eq!((it.release.as_str(), it.used.as_str()), ("1.0.0", "less than a month"));
    let aspects: Vec<(&str, u8)> = it.aspects.iter().map(|it| (it.aspect.as_str(), it.stars)).collect();
    assert_eq!(aspects, [("setup", 5), ("docs", 3)]);
    assert_eq!((page.distribution, page.total, page.standing), (vec![0, 1, 0, 0, 0], 1, ReviewStanding::SignIn));
    assert_eq!(page.rating.unwrap().stars(), "3.6", "(5 × 3.5 + 4) / 6");
    assert_eq!(rating(app).await, json!({ "tenths": 36, "count": 1 }));
    assert_eq!(standing(&member).await, ReviewStanding::MayChange);
    assert!(app.audited().await.contains(&"review.written".to_owned()));
    for account in ["partner", "partner-member"] {
        assert_eq!(app.notices(account).await, ["Test Monitor is reviewed: 4 of 5 stars"]);
    }
    app.clock.advance(207 * DAY_MS);
    app.sign_in("admin").await.reviews("5", "Still calm").await;
    let newest = app.visitor().review_page(&[("order", "newest")]).await.reviews.remove(0);
    assert_eq!(newest.review.used, "7 months");
    assert_eq!(domain::audit::verify(&app.services).await.unwrap().1, []);
}

async fn whoever_does_not_use_it_is_told_why(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    app.visitor().write("monitor", "5", "Great").await.problem(401, "sign_in_required");
    assert_eq!(standing(&admin).await, ReviewStanding::NotInstalled);
    let problem = admin.write("monitor", "5", "Great").await.problem(403, "forbidden");
    assert!(problem["detail"].as_str().unwrap().contains("have it installed"), "{problem}");
    // A test that passes proves the credential, and no data.
    admin.install(&upstream).await;
    assert_eq!(standing(&admin).await, ReviewStanding::NotProven);
    let problem = admin.write("monitor", "5", "Great").await.problem(403, "forbidden");
    assert!(problem["detail"].as_str().unwrap().contains("nothing has arrived"), "{problem}");
    let stranger = app.sign_in("reviewer").await;
    assert_eq!(standing(&stranger).await, ReviewStanding::NotInstalled, "what others have installed counts for them");
    // Whoever publishes it does not rate it, also not as a customer of themselves.
    let partner = app.sign_in("partner").await;
    partner.install_and_prove(app, &upstream).await;
    assert_eq!(standing(&partner).await, ReviewStanding::OwnListing);
    let problem = partner.write("monitor", "5", "Great").await.problem(403, "forbidden");
    assert!(problem["detail"].as_str().unwrap().contains("team that publishes"), "{problem}");
    admin.write("nothing", "5", "Great").await.problem(404, "not_found");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM review").await, 0);
    for (who, text) in [(&stranger, "has not installed it"), (&partner, "Your team publishes")] {
        let page = who.get("/integrations/monitor/review").await;
        assert!(page.status == 200 && page.body.contains(text), "{text}");
    }
}

async fn whoever_uninstalled_it_has_45_days(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    let id = admin.install_and_prove(app, &upstream).await;
    app.clock.advance(10 * DAY_MS);
    assert_eq!(app.sign_in("admin").await.uninstall(&id).await.status, 200);
    app.clock.advance(44 * DAY_MS);
    app.sign_in("admin").await.reviews("2", "We left it").await;
    let it = app.visitor().review_page(&[]).await.reviews.remove(0).review;
    assert_eq!(it.used, "less than a month", "it was used until it was uninstalled");
    app.clock.advance(2 * DAY_MS);
    let member = app.sign_in("member").await;
    assert_eq!(standing(&member).await, ReviewStanding::TooLongAgo);
    let problem = member.write("monitor", "2", "We left it").await.problem(403, "forbidden");
    assert!(problem["detail"].as_str().unwrap().contains("45 days"), "{problem}");
    // What was written stays; it can't be changed any more, and it can be deleted.
    let admin = app.sign_in("admin").await;
    admin.write("monitor", "5", "Changed my mind").await.problem(403, "forbidden");
    assert_eq!(admin.call("delete_review", &[("listing", "monitor")]).await.status, 200);
}

async fn a_person_has_one_review_with_its_history(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("5", "Splendid").await;
    assert_eq!(admin.reviews("5", "Splendid").await, id, "the same again changes nothing");
    assert!(admin.review(&id).await.unwrap().review.earlier.is_empty());
    publish(&app.services, &MONITOR.replace("version = \"1.0.0\"", "version = \"2.0.0\"")).await;
    app.clock.advance(HOUR_MS);
    assert_eq!(admin.reviews("2", "It broke").await, id);
    assert_eq!(admin.reviews("1", "Still broken").await, id);
    let page = app.visitor().review_page(&[]).await;
    let it = &page.reviews[0].review;
    let earlier: Vec<(u8, &str)> = it.earlier.iter().map(|it| (it.stars, it.title.as_str())).collect();
    assert_eq!(earlier, [(2, "It broke"), (5, "Splendid")]);
    assert!(it.edited_at.unwrap() > it.created_at);
    assert_eq!((page.total, page.distribution), (1, vec![0, 0, 0, 0, 1]));
    assert_eq!(rating(app).await["tenths"], 31, "the average follows");
    let form = admin.call("review_form", &[("id", "monitor")]).await.good::<Option<ReviewForm>>().unwrap();
    assert_eq!((form.stars, form.title.as_str(), form.text.as_str()), (1, "Still broken", TEXT));
    let edits = app.audited().await.into_iter().filter(|it| it == "review.changed").count();
    assert_eq!(edits, 2);
}

async fn four_at_once_are_one_review(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let titles = ["One", "Two", "Three", "Four"];
    let answers = futures::future::join_all(titles.iter().map(|title| admin.write("monitor", "3", title))).await;
    assert!(answers.iter().any(|it| it.status == 200), "{answers:?}");
    assert!(answers.iter().all(|it| it.status == 200 || it.status == 409), "{answers:?}");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM review").await, 1);
    assert_eq!(rating(app).await["count"], 1);
}

async fn a_vote_counts_once_and_can_be_taken_back(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("4", "Good").await;
    let reader = app.sign_in("reviewer").await;
    let vote = async |browser: &Browser<'_>, helpful: &str| {
        browser.call("vote_review", &[("id", &id), ("helpful", helpful)]).await
    };
    for _ in 0..3 {
        assert_eq!(vote(&reader, "true").await.status, 200);
    }
    let seen = reader.review(&id).await.unwrap();
    assert_eq!((seen.review.helpful, seen.voted, seen.mine), (1, true, false));
    assert_eq!(vote(&app.sign_in("member").await, "true").await.status, 200);
    assert_eq!(app.visitor().review(&id).await.unwrap().review.helpful, 2);
    assert_eq!(vote(&reader, "false").await.status, 200);
    assert_eq!(vote(&reader, "false").await.status, 200);
    assert_eq!(app.visitor().review(&id).await.unwrap().review.helpful, 1);
    assert_eq!(vote(&admin, "true").await.problem(403, "forbidden")["title"], "This is your own review");
    vote(&app.sign_in("partner").await, "true").await.problem(403, "forbidden");
    vote(&app.visitor(), "true").await.problem(401, "sign_in_required");
    reader.call("vote_review", &[("id", "rev_none"), ("helpful", "true")]).await.problem(404, "not_found");
    // Votes of others survive an edit.
    admin.reviews("3", "Fair").await;
    assert_eq!(app.visitor().review(&id).await.unwrap().review.helpful, 1);
}

async fn the_partner_answers_once(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("2", "Slow").await;
    let answer =
        async |browser: &Browser<'_>, text: &str| browser.call("answer_review", &[("id", &id), ("text", text)]).await;
    answer(&admin, "I answer myself.").await.problem(403, "forbidden");
    answer(&app.sign_in("operator").await, "Staff answers.").await.problem(403, "forbidden");
    let partner = app.sign_in("partner").await;
    assert!(partner.review_page(&[]).await.can_answer);
    assert_eq!(answer(&partner, " \n").await.problem(422, "invalid")["field"], "text");
    assert_eq!(answer(&partner, "Release 2 is faster.").await.status, 200);
    let seen = app.visitor().review(&id).await.unwrap().review.answer.unwrap();
    assert_eq!(
        (seen.partner.as_str(), seen.text.as_str(), seen.edited_at),
        ("Prometheus", "Release 2 is faster.", None)
    );
    assert_eq!(app.notices("admin").await, ["Prometheus answered your review of Test Monitor"]);
    // A colleague edits the answer; there is still one, and nobody is told of a comma.
    let colleague = app.sign_in("partner-member").await;
    assert_eq!(answer(&colleague, "Release 2 is much faster.").await.status, 200);
    let seen = app.visitor().review(&id).await.unwrap().review.answer.unwrap();
    assert_eq!(seen.text, "Release 2 is much faster.");
    assert!(seen.edited_at.is_some());
    assert_eq!(app.notices("admin").await.len(), 1);
    // Another partner's team has nothing to say here.
    app.scratch.change("UPDATE person SET partner_id = 'example-labs' WHERE id = 'usr_demo_partner'").await;
    let other = app.sign_in("partner").await;
    assert_eq!(answer(&other, "Ours is faster.").await.problem(403, "forbidden")["title"], "Not your integration");
    assert!(!other.review_page(&[]).await.can_answer);
}

async fn queue(browser: &Browser<'_>) -> ModerationQueue {
    browser.call("moderation", &[]).await.good()
}

async fn a_report_is_decided(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("1", "Bad words").await;
    let (member, staff) = (app.sign_in("member").await, app.sign_in("reviewer").await);
    let report = async |browser: &Browser<'_>, reason: &str| {
        browser.call("report_review", &[("id", &id), ("reason", reason), ("note", "Line two.")]).await
    };
    assert_eq!(report(&member, "taste").await.problem(422, "invalid")["field"], "reason");
    report(&admin, "abuse").await.problem(403, "forbidden");
    report(&app.visitor(), "abuse").await.problem(401, "sign_in_required");
    assert_eq!(report(&member, "abuse").await.status, 200);
    report(&member, "spam").await.problem(409, "conflict");
    assert!(member.review(&id).await.unwrap().reported);
    let waiting = queue(&staff).await.waiting;
    assert_eq!((waiting.len(), waiting[0].reports.len(), waiting[0].reports[0].note.as_str()), (1, 1, "Line two."));
    member.call("moderation", &[]).await.problem(403, "forbidden");
    let decide = async |browser: &Browser<'_>, decision: &str, reason: &str| {
        browser.call("decide_review", &[("id", &id), ("decision", decision), ("reason", reason)]).await
    };
    decide(&admin, "keep", "Mine.").await.problem(403, "forbidden");
    assert_eq!(decide(&staff, "burn", "Why not.").await.problem(422, "invalid")["field"], "decision");
    assert_eq!(decide(&staff, "hide", "").await.problem(422, "invalid")["field"], "reason");
    assert_eq!(decide(&staff, "keep", "Harsh, and allowed.").await.status, 200);
    assert_eq!(queue(&staff).await.waiting, []);
    assert_eq!(app.notices("admin").await, ["Your review of Test Monitor is shown"]);
    assert_eq!(app.notices("member").await, ["The review of Test Monitor that you reported was kept"]);
    decide(&staff, "hide", "Again.").await.problem(409, "conflict");
    report(&member, "abuse").await.problem(409, "conflict");

    // Somebody else reports it, and this time it goes.
    assert_eq!(report(&app.sign_in("billing").await, "abuse").await.status, 200);
    assert_eq!(decide(&staff, "hide", "It insults a colleague.").await.status, 200);
    assert!(app.visitor().review(&id).await.is_none());
    assert_eq!(rating(app).await, Value::Null, "what is hidden does not count");
    assert_eq!(app.notices("admin").await[1], "Your review of Test Monitor was hidden");
    assert_eq!(admin.review_page(&[]).await.hidden.as_deref(), Some("It insults a colleague."));
    for name in ["vote_review", "report_review", "answer_review"] {
        let browser = app.sign_in("partner").await;
        browser
            .call(name, &[("id", &id), ("helpful", "true"), ("reason", "spam"), ("text", "Hm, no.")])
            .await
            .problem(404, "not_found");
    }
    assert_eq!(queue(&staff).await.hidden.len(), 1);
    let kept =
        "SELECT action FROM audit_event WHERE chain NOT LIKE 'org%' AND action LIKE 'review.%' ORDER BY sequence";
    assert_eq!(app.scratch.texts(kept).await, ["review.kept", "review.hidden"]);
    assert_eq!(domain::audit::verify(&app.services).await.unwrap().1, []);
}

async fn a_hidden_review_comes_back_when_it_is_changed(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("1", "Bad words").await;
    let staff = app.sign_in("reviewer").await;
    let arguments = [("id", id.as_str()), ("reason", "abuse")];
    assert_eq!(app.sign_in("member").await.call("report_review", &arguments).await.status, 200);
    let problem = admin.call("delete_review", &[("listing", "monitor")]).await.problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains("reported"), "{problem}");
    let hide = [("id", id.as_str()), ("decision", "hide"), ("reason", "It insults a colleague.")];
    assert_eq!(staff.call("decide_review", &hide).await.status, 200);
    admin.call("delete_review", &[("listing", "monitor")]).await.problem(409, "conflict");
    assert_eq!(queue(&staff).await.waiting, []);
    app.clock.advance(HOUR_MS);
    assert_eq!(admin.write("monitor", "1", "Better words").await.status, 200);
    assert!(app.visitor().review(&id).await.is_none(), "not before somebody has looked at it");
    let again = queue(&staff).await;
    assert_eq!((again.waiting.len(), again.waiting[0].decision.as_deref()), (1, Some("It insults a colleague.")));
    let keep = [("id", id.as_str()), ("decision", "keep"), ("reason", "Thank you.")];
    assert_eq!(staff.call("decide_review", &keep).await.status, 200);
    assert_eq!(app.visitor().review(&id).await.unwrap().review.title, "Better words");
    assert_eq!(rating(app).await["count"], 1);
    // It was edited since the decision, so the same person may report it again.
    assert_eq!(
        app.sign_in("member").await.call("report_review", &arguments).await.status,
        409,
        "not since the last one"
    );
    app.clock.advance(HOUR_MS);
    assert_eq!(admin.write("monitor", "1", "Worse words").await.status, 200);
    assert_eq!(app.sign_in("member").await.call("report_review", &arguments).await.status, 200);
    // A moderator does not decide about their own.
    app.scratch.change("UPDATE review SET author_id = 'usr_demo_reviewer'").await;
    assert!(queue(&staff).await.waiting[0].mine);
    staff.call("decide_review", &keep).await.problem(403, "forbidden");
}

async fn the_average_orders_and_filters_the_search(app: &App) {
    let upstream = Upstream::start().await;
    publish(
        &app.services,
        &MONITOR.replace("id = \"monitor\"", "id = \"other\"").replace("Test Monitor", "Other Monitor"),
    )
    .await;
    let admin = app.sign_in("admin").await;
    let moved = admin.install_and_prove(app, &upstream).await;
    app.scratch.change(&format!("UPDATE installation SET listing_id = 'other' WHERE id = '{moved}'")).await;
    admin.install_and_prove(app, &upstream).await;
    assert_eq!(admin.write("other", "2", "So so").await.status, 200);
    let mut order = Vec::new();
    for account in ["admin", "member", "billing"] {
        app.sign_in(account).await.reviews("5", "Splendid").await;
        app.follow().await;
        let page: Value = app.visitor().get("/api/v1/search?sort=rating&rating=4").await.good();
        order.push(page["total"].as_u64().unwrap());
    }
    assert_eq!(order, [0, 0, 1], "four and up takes three of five stars");
    let page: Value = app.visitor().get("/api/v1/search?sort=rating").await.good();
    let ids: Vec<&str> = page["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["monitor", "other", "lumen"]);
    assert_eq!(page["hits"][0]["rating"], json!({ "tenths": 41, "count": 3 }));
    assert!(page["hits"][2].get("rating").is_none(), "what nobody reviewed has no stars");
    let facets = page["facets"].as_array().unwrap();
    let facet = facets.iter().find(|it| it["field"] == "rating").unwrap();
    assert_eq!(facet["values"].as_array().unwrap().len(), 2);
    assert_eq!(facet["values"][0]["label"], "3 stars and up");
}

async fn reviews_are_filtered_and_paged(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("4", "The one").await;
    // More people than the demo has.
    for number in 0..24 {
        let (stars, size) = (number % 5 + 1, ["small", "large", ""][number % 3]);
        let release = if number < 6 { "0.9.0" } else { "1.0.0" };
        app.scratch
            .change(&format!(
                "INSERT INTO review (id, listing_id, author_id, organization_id, version, size, stars, title, body, \
                 used_since, used_until, helpful, hidden, created_at, revision) SELECT 'rev_00{number:02}', listing_id, \
                 'usr_{number}', '', '{release}', '{size}', {stars}, 'T{number}', body, used_since, used_until, \
                 {number}, hidden, {number}, 0 FROM review WHERE id = '{id}'"
            ))
            .await;
    }
    let visitor = app.visitor();
    let first = visitor.review_page(&[]).await;
    assert_eq!((first.total, first.reviews.len(), first.reviews[0].review.helpful), (25, 10, 23));
    assert_eq!(first.releases, ["1.0.0", "0.9.0"]);
    let last = visitor.review_page(&[("page", "3")]).await;
    assert_eq!(last.reviews.len(), 5);
    assert_eq!(visitor.review_page(&[("page", "4")]).await.reviews, []);
    let newest = visitor.review_page(&[("order", "newest")]).await;
    assert_eq!(newest.reviews[0].review.title, "The one");
    let fives = visitor.review_page(&[("stars", "5")]).await;
    assert!(fives.total == 4 && fives.reviews.iter().all(|it| it.review.stars == 5));
    assert_eq!(visitor.review_page(&[("release", "0.9.0")]).await.total, 6);
    assert_eq!(visitor.review_page(&[("size", "large"), ("stars", "2")]).await.total, 2);
    assert_eq!(visitor.review_page(&[("stars", "9"), ("size", "huge"), ("page", "x")]).await.total, 25);
    assert_eq!(first.distribution.iter().sum::<u32>(), 25, "whatever the filters say");
}

async fn programs_read_reviews(app: &App) {
    let upstream = Upstream::start().await;
    for account in ["admin", "member", "billing"] {
        let browser = app.sign_in(account).await;
        if account == "admin" {
            browser.install_and_prove(app, &upstream).await;
        }
        browser.reviews("4", account).await;
    }
    let visitor = app.visitor();
    let mut seen = Vec::new();
    let mut next = Some(String::new());
    while let Some(cursor) = next {
        let query = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
        let page: Value = visitor.get(&format!("/api/v1/listings/monitor/reviews?limit=1{query}")).await.good();
        seen.extend(page["items"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(ToOwned::to_owned);
    }
    assert_eq!(seen, ["billing", "member", "admin"]);
    for (path, status) in [
        ("/api/v1/listings/monitor/reviews?order=newest&stars=4&size=small&release=1.0.0", 200),
        ("/api/v1/listings/nothing/reviews", 404),
        ("/api/v1/listings/monitor/reviews?stars=6", 422),
        ("/api/v1/listings/monitor/reviews?size=huge", 422),
        ("/api/v1/listings/monitor/reviews?order=best", 422),
        ("/api/v1/listings/monitor/reviews?cursor=x", 422),
        ("/api/v1/listings/monitor/reviews?colour=red", 422),
        ("/api/v1/listings/monitor/reviews?limit=0", 422),
    ] {
        assert_eq!(visitor.get(path).await.status, status, "{path}");
    }
    let token = |scope: &'static str| {
        let form = [("name", "Test"), ("scopes[0]", scope), ("days", "1")];
        async move {
            app.sign_in("member").await.call("create_token", &form).await.good::<Value>()["secret"]
                .as_str()
                .unwrap()
                .to_owned()
        }
    };
    let send = async |token: &str, path: &str, body: &Value| {
        let request = visitor
            .request(Method::POST, path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        visitor.send(request.body(Body::from(body.to_string())).unwrap()).await
    };
    let own = "/api/v1/listings/monitor/reviews";
    let good =
        json!({ "stars": 2, "title": "Sent by a program", "text": TEXT, "aspects": { "docs": 1 }, "size": "large" });
    let (may, may_not) = (token("reviews:write").await, token("audit:read").await);
    send(&may_not, own, &good).await.problem(403, "forbidden");
    send(&may, "/api/v1/listings/nothing/reviews", &good).await.problem(404, "not_found");
    send(&may, own, &json!({ "stars": 2 })).await.problem(422, "invalid");
    let written: Value = send(&may, own, &good).await.good();
    assert_eq!((&written["title"], &written["stars"]), (&"Sent by a program".into(), &2.into()));
    assert_eq!(written["earlier"][0]["title"], "member");
    let document: Value = visitor.get("/api/v1/openapi.json").await.good();
    assert!(document["paths"]["/api/v1/listings/{id}/reviews"]["get"].is_object());
}

async fn what_is_written_is_bounded_and_cleaned(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let good = [("listing", "monitor"), ("stars", "4"), ("title", "Good"), ("text", TEXT)];
    let long = "x".repeat(4001);
    let wide = "x".repeat(101);
    for (field, value) in [
        ("stars", "0"),
        ("stars", "6"),
        ("stars", ""),
        ("title", "ab"),
        ("title", wide.as_str()),
        ("text", "Too short."),
        ("text", long.as_str()),
        ("size", "huge"),
    ] {
        let mut form: Vec<(&str, &str)> = good.iter().copied().filter(|(key, _)| *key != field).collect();
        form.push((field, value));
        assert_eq!(admin.call("write_review", &form).await.problem(422, "invalid")["field"], field, "{value}");
    }
    let aspect = [&good[..], &[("aspects[docs]", "9")]].concat();
    assert_eq!(admin.call("write_review", &aspect).await.problem(422, "invalid")["field"], "docs");
    let tricky = "Reads\u{202e} well\u{7}.\r\n\r\n\r\n\r\n<script>alert(1)</script> https://example.com";
    let form = [("listing", "monitor"), ("stars", "4"), ("title", "A\u{2066}\nB c"), ("text", tricky)];
    assert_eq!(admin.call("write_review", &form).await.status, 200);
    let it = app.visitor().review_page(&[]).await.reviews.remove(0).review;
    assert_eq!(it.title, "A B c");
    assert_eq!(it.text, "Reads well.\n\n<script>alert(1)</script> https://example.com");
    app.follow().await;
    let page = app.visitor().get("/integrations/monitor?tab=reviews").await;
    assert!(page.body.contains("&lt;script&gt;alert(1)&lt;/script&gt; https://example.com"), "shown as it is");
    assert!(!page.body.contains("href=\"https://example.com\""), "and never a link");
    let form = admin.get("/integrations/monitor/review").await;
    assert!(form.body.contains("&lt;script>alert(1)&lt;/script>"), "also where it is edited");
}

async fn nobody_writes_all_day(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    for number in 0..10 {
        assert_eq!(admin.write("monitor", "3", &format!("Try {number}")).await.status, 200, "{number}");
    }
    admin.write("monitor", "3", "Once more").await.problem(429, "rate_limited");
    app.clock.advance(DAY_MS + HOUR_MS);
    assert_eq!(app.sign_in("admin").await.write("monitor", "3", "Next day").await.status, 200);
    assert_eq!(
        app.scratch.number("SELECT COUNT(*) FROM review_effort WHERE kind = 'write'").await,
        1,
        "it is forgotten"
    );
}

async fn a_review_is_deleted_by_its_author(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = admin.reviews("4", "Good").await;
    admin.reviews("3", "Fair").await;
    let member = app.sign_in("member").await;
    assert_eq!(member.call("vote_review", &[("id", &id), ("helpful", "true")]).await.status, 200);
    member.call("delete_review", &[("listing", "monitor")]).await.problem(404, "not_found");
    assert_eq!(
        admin.call("delete_review", &[("listing", "monitor")]).await.goes_on_to(),
        "/integrations/monitor?tab=reviews"
    );
    for table in ["review", "review_version", "review_vote", "review_report"] {
        assert_eq!(app.scratch.number(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    assert_eq!(rating(app).await, Value::Null);
    assert!(app.audited().await.contains(&"review.deleted".to_owned()));
    assert_ne!(admin.reviews("4", "Good again").await, id);
}

async fn reviews_outlive_accounts_and_organizations_without_naming_them(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let member = app.sign_in("member").await;
    let id = member.reviews("4", "Good").await;
    let confirm = [("confirm", "max@northwind.example")];
    assert_eq!(member.call("delete_account", &confirm).await.status, 200);
    let it = app.visitor().review(&id).await.unwrap().review;
    assert_eq!((it.author.as_str(), it.stars), ("Deleted person", 4));
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM review_effort").await, 0);
    let confirm = [("confirm", "Northwind Operations")];
    assert_eq!(admin.call("schedule_organization_deletion", &confirm).await.status, 200);
    app.clock.advance(15 * DAY_MS);
    let now = app.services.clock.now();
    app.services.queue.enqueue("delete_organizations", "now", &Value::Null, now).await.unwrap();
    app.work_off().await;
    assert_eq!(app.scratch.number(&format!("SELECT COUNT(*) FROM organization WHERE id = '{NORTHWIND}'")).await, 0);
    assert_eq!(app.scratch.texts("SELECT organization_id FROM review").await, [""]);
    assert!(app.visitor().review(&id).await.is_some());
    assert_eq!(rating(app).await["count"], 1);
}

async fn exports_have_reviews(app: &App) {
    let upstream = Upstream::start().await;
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let id = app.sign_in("member").await.reviews("4", "Good").await;
    let own = admin.reviews("5", "Splendid").await;
    admin.reviews("4", "Less so").await;
    let export: Value = admin.get("/organization/export").await.good();
    let ids: Vec<&str> = export["reviews"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&id, &own]);
    let account: Value = admin.get("/account/export").await.good();
    assert_eq!(account["reviews"][0]["earlier"][0]["title"], "Splendid");
    assert_eq!(account["reviews"].as_array().unwrap().len(), 1);
}

async fn pages_show_reviews_to_everybody(app: &App) {
    let upstream = Upstream::start().await;
    app.follow().await;
    let visitor = app.visitor();
    let before = visitor.get("/integrations/monitor?tab=reviews").await;
    assert!(before.body.contains("No reviews yet") && !before.body.contains("aggregateRating"));
    let admin = app.sign_in("admin").await;
    admin.install_and_prove(app, &upstream).await;
    let form = [("listing", "monitor"), ("stars", "4"), ("title", "Calm nights"), ("text", TEXT)];
    let sent = admin.post("/api/fn/write_review", &form).await;
    assert_eq!((sent.status, sent.location()), (302, "/integrations/monitor?tab=reviews"), "without a script");
    let id = app.scratch.texts("SELECT id FROM review").await.remove(0);
    let voted = app.sign_in("reviewer").await.post("/api/fn/vote_review", &[("id", &id), ("helpful", "true")]).await;
    assert_eq!((voted.status, voted.location()), (302, format!("/integrations/monitor?tab=reviews#{id}").as_str()));
    app.follow().await;
    let after = visitor.get("/integrations/monitor?tab=reviews").await;
    for text in ["Calm nights", TEXT, "Verified install, less than a month", "this helpful"] {
        assert!(after.body.contains(text), "{text}");
    }
    assert!(after.body.contains(r#""ratingValue":"3.6""#), "search engines read it");
    assert!(visitor.get("/integrations/monitor").await.body.contains("Rated "), "the head shows it");
    assert!(visitor.get("/search").await.body.contains("Rated "), "and the results");
    assert!(visitor.get("/search?sort=rating").await.body.contains("3 stars and up"));
}
