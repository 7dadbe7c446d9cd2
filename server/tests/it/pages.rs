//! Pages: status, canonical address, and the policy for what they may load.

use crate::harness::{Answer, App, Options, SITE};
use axum::body::Body;
use axum::http::Method;
use domain::ports::Effects;
use futures::future::join_all;

on_both!(
    pages_that_exist_answer_200,
    pages_that_do_not_exist_answer_404,
    private_pages_ask_to_sign_in,
    pages_for_others_are_refused,
    pages_are_rendered_side_by_side,
    public_pages_name_their_canonical_address,
    inline_scripts_carry_the_nonce_of_the_policy,
    every_answer_is_guarded,
    a_behaviour_only_for_development_stays_there,
    readme_html_is_clean,
);

/// The `href` of the canonical link.
fn canonical(page: &Answer) -> Option<&str> {
    let tag = page.body.split('<').find(|tag| tag.starts_with("link") && tag.contains(r#"rel="canonical""#))?;
    tag.split(r#"href=""#).nth(1)?.split('"').next()
}

async fn pages_that_exist_answer_200(app: &App) {
    for (path, text) in [
        ("/", "Test Monitor"),
        ("/search", "Lumen"),
        ("/search?q=watchtower", "Monitor"),
        ("/search?installable=yes&sort=name", "Monitor"),
        ("/categories/incidents", "Incident management"),
        ("/categories/incidents/alerting", "Alerting"),
        ("/partners/prometheus", "Prometheus"),
        ("/integrations/monitor", "Watches things."),
        ("/integrations/monitor?tab=setup", "Create a token"),
        ("/integrations/monitor?tab=permissions", "Reads alerts."),
        ("/integrations/monitor?tab=releases", "1.0.0"),
        ("/integrations/lumen", "Not installable yet"),
        ("/integrations/monitor/install", "Test Monitor"),
        ("/sign-in", "Ada Admin"),
    ] {
        let page = app.visitor().get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(page.body.contains(text), "{text} on {path}: {}", page.body);
        assert!(page.body.contains("</html>"), "{path} is complete");
    }
}

async fn pages_that_do_not_exist_answer_404(app: &App) {
    let admin = app.sign_in("admin").await;
    for path in [
        "/nothing",
        "/integrations",
        "/integrations/none",
        "/integrations/none/install",
        "/integrations/monitor/nothing",
        "/categories/none",
        "/categories/incidents/none",
        "/partners/none",
        "/installed/ins_none",
        "/integrations/monitor/install?installation=ins_none&step=connect",
    ] {
        let page = admin.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("</html>"), "{path} has a page of its own");
        assert_eq!(canonical(&page), None, "{path}");
        assert!(page.body.contains("noindex"), "{path}: {}", page.body);
    }
}

async fn private_pages_ask_to_sign_in(app: &App) {
    for path in ["/installed", "/installed/ins_none", "/partner", "/staff/requests"] {
        let page = app.visitor().get(path).await;
        assert_eq!(page.status, 401, "{path}");
        assert!(page.body.contains("/sign-in"), "{path} leads to the sign-in page: {}", page.body);
    }
    for path in ["/installed"] {
        assert_eq!(app.sign_in("member").await.get(path).await.status, 200, "{path}");
    }
}

async fn pages_for_others_are_refused(app: &App) {
    for (path, whose) in [("/partner", "partner"), ("/staff/requests", "reviewer")] {
        for account in ["admin", "member", "partner", "reviewer"] {
            let expected = if account == whose { 200 } else { 403 };
            assert_eq!(app.sign_in(account).await.get(path).await.status, expected, "{path} as {account}");
        }
    }
}

async fn pages_are_rendered_side_by_side(app: &App) {
    let admin = app.sign_in("admin").await;
    let paths =
        ["/", "/search?q=monitor", "/integrations/monitor", "/installed", "/sign-in", "/integrations/monitor/install"];
    let pages = (0..120).map(|number| {
        let request = admin.request(Method::GET, paths[number % paths.len()]).body(Body::empty()).unwrap();
        let answer = app.answer(request);
        tokio::spawn(async move { Answer::read(answer.await).await })
    });
    let pages: Vec<Answer> = join_all(pages).await.into_iter().map(Result::unwrap).collect();
    let whole = |page: &Answer| page.status == 200 && page.body.contains("Ada Admin") && page.body.contains("</html>");
    let bad: Vec<_> = pages.iter().enumerate().filter(|(_, page)| !whole(page)).collect();
    let bad: Vec<_> = bad.iter().map(|(number, page)| (paths[number % paths.len()], page.status)).collect();
    assert_eq!(bad, [], "all {} pages are whole", pages.len());
}

async fn public_pages_name_their_canonical_address(app: &App) {
    for (path, wanted) in [
        ("/", "/"),
        ("/search", "/search"),
        ("/categories/incidents/alerting", "/categories/incidents/alerting"),
        ("/partners/prometheus", "/partners/prometheus"),
        ("/integrations/monitor?tab=setup", "/integrations/monitor"),
    ] {
        let page = app.visitor().get(path).await;
        assert_eq!(canonical(&page), Some(format!("{SITE}{wanted}").as_str()), "{path}");
    }
    let private = app.sign_in("admin").await.get("/installed").await;
    assert_eq!(canonical(&private), None);
    assert!(private.body.contains("noindex"));
}

async fn inline_scripts_carry_the_nonce_of_the_policy(app: &App) {
    let admin = app.sign_in("admin").await;
    for path in ["/", "/search?q=monitor", "/integrations/monitor", "/sign-in", "/installed", "/nothing"] {
        let page = admin.get(path).await;
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(nonce.len() >= 16, "{policy}");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let mut scripts = 0;
        for tag in page.body.split("<script").skip(1) {
            let tag = tag.split('>').next().unwrap();
            scripts += 1;
            assert!(tag.contains(&format!(r#"nonce="{nonce}""#)), "{path}: <script{tag}>");
        }
        assert!(scripts > 0, "{path} has scripts");
        assert!(!page.body.contains(" onclick="), "{path}");
        assert!(!page.body.contains("<style"), "{path}");
    }
}

async fn every_answer_is_guarded(app: &App) {
    for path in ["/", "/nothing", "/api/v1/search", "/healthz", "/favicon.svg", "/pkg/test/gone.css", "/in/unknown"] {
        let answer = app.visitor().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(answer.header("x-trace-id").starts_with("trc_"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path} is plain http");
    }
    let secure = app.node(Options { public_url: "https://market.test", ..Options::default() }).await;
    let answer = secure.visitor().get("/healthz").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=31536000"), "{answer:?}");
}

async fn a_behaviour_only_for_development_stays_there(app: &App) {
    assert_eq!(app.visitor().get("/__dev/boot").await.status, 404);
    assert!(!app.visitor().get("/sign-in").await.body.contains("__dev"));
    let node = app.node(Options { dev: true, ..Options::default() }).await;
    assert_eq!(node.visitor().get("/__dev/boot").await.status, 200);
    assert!(node.visitor().get("/sign-in").await.body.contains("__dev"));
}

async fn readme_html_is_clean(app: &App) {
    let readme = "Hello <script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))

## What it does here

Text that is long enough to be a section of its own, really.

## Set-up

Text that is long enough to be a section of its own, really.

## Troubleshooting

Text that is long enough to be a section of its own, really.
";
    let manifest = crate::harness::wish("hostile", "Hostile");
    let table: toml::Table = manifest.parse().unwrap();
    // Behind the back of the checks, which refuse some of this.
    let release = domain::ports::NewRelease {
        manifest: table.try_into().unwrap(),
        readme: readme.to_owned(),
        icon: None,
        certification: contract::listing::Certification::None,
    };
    app.services.catalogue.publish(&release, &Effects::default(), app.services.clock.now()).await.unwrap();
    let page = app.visitor().get("/integrations/hostile").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Hello"));
    assert!(!page.body.contains("alert(1)</script>"));
    assert!(!page.body.contains("<img src=\"x\"") && !page.body.contains("<img src=x"), "{}", page.body);
    assert!(!page.body.contains("href=\"javascript:"));
}
