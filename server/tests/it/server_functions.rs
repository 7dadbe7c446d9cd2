//! Server functions called with arguments that make no sense. Who may call them is in `permissions`.

use crate::harness::App;

on_both!(arguments_that_make_no_sense_are_refused);

async fn arguments_that_make_no_sense_are_refused(app: &App) {
    let admin = app.sign_in("admin").await;
    for (name, arguments) in [
        ("listing", &[][..]),
        ("suggest", &[("x", "y")]),
        ("begin_install", &[]),
        ("test_connection", &[("listing", "monitor")]),
    ] {
        let answer = admin.call(name, arguments).await;
        assert!((400..500).contains(&answer.status), "{name}: {answer:?}");
        assert_eq!(answer.json::<serde_json::Value>()["code"], "invalid", "{name}: {answer:?}");
    }
    let answer = admin.post("/api/fn/nothing", &[]).await;
    assert!((400..500).contains(&answer.status), "{answer:?}");
}
