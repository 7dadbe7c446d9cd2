//! The repositories, each promise on SQLite and on PostgreSQL.
//!
//! [`on_both!`] at the top of a file lists its tests. Each gets a database of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't be set up fails")]

/// Makes `sqlite::name` and `postgres::name` of each `async fn name(at: &Scratch)`.
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
                    let scratch = $crate::databases::$database().await;
                    super::$name(&scratch).await;
                    scratch.remove().await;
                }
            )+
        }
    };
}

mod arrivals;
mod builders;
mod catalogue;
mod concurrency;
mod databases;
mod identities;
mod installations;
mod keys;
mod ledger;
