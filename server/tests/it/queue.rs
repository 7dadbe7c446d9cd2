//! The durable queue: pauses after failures, dead letters, leases, several workers.

use crate::harness::{App, HOUR_MS, MINUTE_MS, Options, Processor};
use domain::ports::Queue;
use serde_json::{Value, json};
use std::collections::BTreeSet;

on_both!(
    a_failing_job_waits_longer_each_time,
    a_job_is_given_up_after_its_last_try,
    what_comes_back_by_itself_is_never_given_up,
    two_workers_never_take_the_same_job,
    a_crashed_workers_job_is_free_after_its_lease,
    one_open_job_for_each_key,
    jobs_are_taken_in_order,
);

/// A job that nobody can do.
const HOPELESS: &str = "hopeless";

async fn enqueue(app: &App, kind: &str, key: &str) {
    let now = app.services.clock.now();
    app.services.queue.enqueue(kind, key, &json!({ "n": 1 }), now).await.unwrap();
}

async fn work_once(app: &App) -> bool {
    jobs::work_once(&app.services, "worker").await.unwrap()
}

async fn a_failing_job_waits_longer_each_time(app: &App) {
    enqueue(app, HOPELESS, "k").await;
    let mut last = 0;
    for attempt in 1..=5 {
        assert!(work_once(app).await, "attempt {attempt}");
        assert!(!work_once(app).await, "there is a pause after attempt {attempt}");
        let now = app.services.clock.now().0;
        let pause = app.scratch.number("SELECT run_at FROM job").await - now;
        assert!(pause > last, "after attempt {attempt}: {pause} ms");
        last = pause;
        let error = app.scratch.texts("SELECT last_error FROM job").await;
        assert!(error[0].contains(HOPELESS), "{error:?}");
        app.clock.advance(pause + 1);
    }
    assert!(last < HOUR_MS, "but not for ever: {last} ms");
}

async fn a_job_is_given_up_after_its_last_try(app: &App) {
    enqueue(app, HOPELESS, "k").await;
    for attempt in 1..=8 {
        assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE dead").await, 0, "before attempt {attempt}");
        assert!(work_once(app).await, "attempt {attempt}");
        app.clock.advance(24 * HOUR_MS);
    }
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE dead").await, 1);
    assert!(!work_once(app).await, "nobody tries again");
    let errors = app.scratch.texts("SELECT last_error FROM job").await;
    assert!(errors[0].contains(HOPELESS), "it stays for people to see: {errors:?}");
    enqueue(app, HOPELESS, "k").await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job WHERE NOT dead").await, 1, "a new one may come beside it");
}

async fn what_comes_back_by_itself_is_never_given_up(app: &App) {
    let (processor, node) = Processor::with_node(app).await;
    processor.is_away(true);
    node.services.queue.enqueue("reconcile_payments", "hourly", &Value::Null, node.services.clock.now()).await.unwrap();
    for _ in 0..12 {
        assert!(jobs::work_once(&node.services, "worker").await.unwrap());
        node.clock.advance(2 * HOUR_MS);
    }
    assert_eq!(app.scratch.number("SELECT attempts FROM job WHERE kind = 'reconcile_payments' AND NOT dead").await, 12);
    processor.is_away(false);
    node.work_off().await;
    assert_eq!(app.scratch.number("SELECT attempts FROM job WHERE kind = 'reconcile_payments'").await, 0);
}

/// Claims until nothing is left.
async fn claim_all(queue: &dyn Queue, worker: &str, app: &App) -> Vec<i64> {
    let mut mine = Vec::new();
    while let Some(job) = queue.claim(worker, app.services.clock.now(), MINUTE_MS).await.unwrap() {
        mine.push(job.id);
        tokio::task::yield_now().await;
    }
    mine
}

async fn two_workers_never_take_the_same_job(app: &App) {
    const JOBS: usize = 40;
    for n in 0..JOBS {
        enqueue(app, "any", &n.to_string()).await;
    }
    let node = app.node(Options::default()).await;
    let (one, other) =
        tokio::join!(claim_all(&*app.services.queue, "one", app), claim_all(&*node.services.queue, "other", app));
    assert_eq!(one.len() + other.len(), JOBS);
    let all: BTreeSet<i64> = one.iter().chain(&other).copied().collect();
    assert_eq!(all.len(), JOBS, "each once");
}

async fn a_crashed_workers_job_is_free_after_its_lease(app: &App) {
    enqueue(app, "any", "k").await;
    let claim =
        async |worker: &str| app.services.queue.claim(worker, app.services.clock.now(), MINUTE_MS).await.unwrap();
    let first = claim("one").await.unwrap();
    assert_eq!((first.attempt, first.kind.as_str(), first.payload), (1, "any", json!({ "n": 1 })));
    app.clock.advance(MINUTE_MS - 1000);
    assert_eq!(claim("two").await, None);
    app.clock.advance(1000);
    let again = claim("two").await.unwrap();
    assert_eq!((again.id, again.attempt), (first.id, 2));
    app.services.queue.complete(again.id).await.unwrap();
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job").await, 0);
}

async fn one_open_job_for_each_key(app: &App) {
    let now = app.services.clock.now();
    let queue = &app.services.queue;
    let all = (0..8).map(|_| queue.enqueue("any", "k", &Value::Null, now));
    for outcome in futures::future::join_all(all).await {
        outcome.unwrap();
    }
    enqueue(app, "any", "other").await;
    enqueue(app, "another", "k").await;
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM job").await, 3);
    queue.cancel("any", "k").await.unwrap();
    let left = app.scratch.texts("SELECT kind || ' ' || \"key\" FROM job ORDER BY kind").await;
    assert_eq!(left, ["another k", "any other"]);
}

async fn jobs_are_taken_in_order(app: &App) {
    let now = app.services.clock.now();
    for (key, at) in [
        ("third", now.plus_ms(-1)),
        ("first", now.plus_ms(-9)),
        ("later", now.plus_ms(HOUR_MS)),
        ("second", now.plus_ms(-5)),
    ] {
        app.services.queue.enqueue("any", key, &Value::Null, at).await.unwrap();
    }
    for expected in ["first", "second", "third"] {
        let job = app.services.queue.claim("worker", app.services.clock.now(), MINUTE_MS).await.unwrap().unwrap();
        assert_eq!(job.key, expected);
    }
    assert_eq!(app.services.queue.claim("worker", app.services.clock.now(), MINUTE_MS).await.unwrap(), None);
}
