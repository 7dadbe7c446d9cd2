//! The server in one process, through its router: every area on SQLite and on PostgreSQL.
//!
//! [`on_both!`] at the top of a file lists its tests. Each gets an [`harness::App`] of its own: database, search index,
//! clock, browser files. What stands for the customer's systems is a real HTTP server, [`harness::Upstream`].

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't be set up fails")]

/// Makes `sqlite::name` and `postgres::name` of each `async fn name(app: &App)`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        on_both!(@on sqlite: $($name),+);
        on_both!(@on postgres: $($name),+);
    };
    (@on $database:ident: $($name:ident),+) => {
        mod $database {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let app = $crate::harness::App::start($crate::databases::$database().await).await;
                    super::$name(&app).await;
                    app.remove().await;
                }
            )+
        }
    };
}

#[path = "../../storage/tests/it/databases.rs"]
mod databases;
mod harness;

mod abuse;
mod account;
mod api;
mod approvals;
mod audit;
mod audit_stream;
mod begin;
mod buying;
mod choose;
mod connection_test;
mod crawlers;
mod csrf;
mod entitled;
mod feed;
mod feed_api;
mod feed_crash;
mod github;
mod guessing;
mod health;
mod histories;
mod inbound;
mod insight;
mod interrupted;
mod invitations;
mod live_events;
mod members;
mod metering;
mod notices;
mod oidc_replay;
mod organizations;
mod page_cache;
mod pages;
mod payments;
mod payouts;
mod permissions;
mod plain_forms;
mod policy;
mod pricing;
mod prove;
mod queue;
mod recommend;
mod refunds;
mod requests;
mod revenue;
mod reviews;
mod roles;
mod save;
mod scheduled;
mod search_api;
mod search_follow;
mod server_functions;
mod sessions;
mod sign_in;
mod single_sign_on;
mod spend;
mod tenants;
mod uninstall;
