//! What load balancers ask.

use crate::harness::{App, Options};

on_both!(a_living_node_says_so, a_node_is_ready_when_it_can_serve);

async fn a_living_node_says_so(app: &App) {
    let answer = app.visitor().get("/healthz").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok"));
}

async fn a_node_is_ready_when_it_can_serve(app: &App) {
    assert_eq!(app.visitor().get("/readyz").await.status, 200);
    let node = app.node(Options::default()).await;
    let answer = node.visitor().get("/readyz").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("search index"), "{answer:?}");
    app.scratch.change_schema("ALTER TABLE change RENAME TO hidden_change").await;
    let answer = app.visitor().get("/readyz").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("database"), "{answer:?}");
    assert_eq!(app.visitor().get("/healthz").await.status, 200, "the process itself is well");
}
