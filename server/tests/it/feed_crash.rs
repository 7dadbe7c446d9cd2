//! Index and database never disagree: the real server and the real import are killed at any point, over and over, and
//! search finds what the database has.

use crate::databases::{self, Scratch};
use crate::feed::line;
use crate::harness::until;
use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Imports, each with other texts.
const ROUNDS: u32 = 50;
/// Entries of the feed: more than one transaction takes.
const ENTRIES: u32 = 800;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    run(databases::sqlite().await, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    run(databases::postgres().await, 2).await;
}

/// A process that is killed when the test is over, however it ends.
struct Process(Child);

impl Process {
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Site<'a> {
    folder: &'a TempDir,
    database: &'a str,
    address: String,
}

impl Site<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marketplace"));
        command
            .args(arguments)
            .args(["--database-url", self.database, "--listen", &self.address, "--rate-factor", "1000"])
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .arg("--site")
            .arg(self.folder.path().join("site"))
            .env("MARKETPLACE_LOG", "error")
            .stdout(Stdio::null());
        command
    }

    fn serve(&self) -> Process {
        Process(self.command(&["serve", "--no-worker"]).spawn().unwrap())
    }

    fn import(&self, feed: &Path) -> Process {
        Process(self.command(&["import", &feed.display().to_string()]).spawn().unwrap())
    }

    async fn get(&self, path: &str) -> Option<Value> {
        let answer = reqwest::get(format!("http://{}{path}", self.address)).await.ok()?;
        if answer.status().is_success() { answer.json().await.ok() } else { None }
    }

    async fn ready(&self) {
        let url = format!("http://{}/readyz", self.address);
        until("the server is ready", async || reqwest::get(&url).await.is_ok_and(|it| it.status() == 200)).await;
    }

    /// Id and name of everything that search has.
    async fn searched(&self) -> Option<BTreeMap<String, String>> {
        let (mut all, mut offset) = (BTreeMap::new(), 0);
        loop {
            let page = self.get(&format!("/api/v1/search?limit=100&sort=name&offset={offset}")).await?;
            let hits = page["hits"].as_array()?;
            all.extend(hits.iter().map(|hit| (text(&hit["id"]), text(&hit["name"]))));
            offset += hits.len();
            if hits.is_empty() || offset as u64 >= page["total"].as_u64()? {
                return Some(all);
            }
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Id and name of everything that the database has.
async fn stored(scratch: &Scratch) -> BTreeMap<String, String> {
    let rows = scratch.texts("SELECT id || ' ' || name FROM listing").await;
    rows.iter().map(|row| row.split_once(' ').map(|(id, name)| (id.to_owned(), name.to_owned())).unwrap()).collect()
}

/// The feed of a round: an eighth of the entries is left out, an eighth is as it was, the others are edited.
fn feed(round: u32, rng: &mut TestRng) -> String {
    let mut lines = Vec::new();
    for n in 0..ENTRIES {
        let version = match rng.random_range(0..8) {
            0 => continue,
            1 => 0,
            _ => round,
        };
        lines.push(line(&format!("acme/thing-{n}-x"), &format!("Thing {n} of {version}"), &json!({})));
    }
    lines.join("\n")
}

async fn run(scratch: Scratch, seed: u8) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("site/pkg/test")).unwrap();
    std::fs::write(folder.path().join("site/manifest.json"), r#"{"pkg_dir":"pkg/test"}"#).unwrap();
    std::fs::write(folder.path().join("site/pkg/test/app.css"), "body{}").unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let site = Site { folder: &folder, database: &scratch.url, address };
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let path = folder.path().join("feed.jsonl");
    let mut server = Some(site.serve());
    site.ready().await;
    let mut broken_off = 0;
    // What an import takes that nobody kills: the others are killed at any point of that.
    let mut usual = Duration::from_millis(500);
    for round in 1..=ROUNDS {
        std::fs::write(&path, feed(round, &mut rng)).unwrap();
        let begun = Instant::now();
        let mut import = site.import(&path);
        let mut at = |most: Duration| rng.random_range(Duration::ZERO..most);
        // Every third import and every fifth server is killed, at any time.
        if round % 3 == 0 {
            tokio::time::sleep(at(usual)).await;
            broken_off += u32::from(import.0.try_wait().unwrap().is_none());
            import.kill();
        } else {
            if round % 5 == 0 {
                tokio::time::sleep(at(usual * 2)).await;
                server.take().unwrap().kill();
                server = Some(site.serve());
            }
            tokio::task::block_in_place(|| assert!(import.0.wait().unwrap().success()));
            usual = begun.elapsed();
        }
        if round % 10 == 0 {
            site.ready().await;
            agree(&site, &scratch).await;
        }
    }
    assert!(broken_off > 5, "some imports were in the middle of it: {broken_off}");
    site.ready().await;
    agree(&site, &scratch).await;
    // Every entry came whole: listing, release, feed entry and change belong together.
    let listings: BTreeSet<String> = stored(&scratch).await.into_keys().collect();
    for sql in [
        "SELECT DISTINCT listing_id FROM feed_entry",
        "SELECT DISTINCT listing_id FROM release",
        "SELECT DISTINCT listing_id FROM change",
    ] {
        assert_eq!(scratch.texts(sql).await.into_iter().collect::<BTreeSet<_>>(), listings, "{sql}");
    }
    drop(server);
    scratch.remove().await;
}

async fn agree(site: &Site<'_>, scratch: &Scratch) {
    let wanted = stored(scratch).await;
    assert!(wanted.len() > 500, "{}", wanted.len());
    until("search finds what the database has", async || site.searched().await.is_some_and(|found| found == wanted))
        .await;
}
