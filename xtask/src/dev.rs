//! `cargo xtask dev`: builds, serves, and does so again whenever a source file changes.
//!
//! The server runs with `MARKETPLACE_DEV=1`. Pages then reload themselves as soon as a new process answers.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::Path,
    process::{Child, Command},
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context, Result};

use crate::{
    process,
    web::{self, Mode},
    workspace,
};

const WATCHED: &[&str] =
    &["app", "frontend", "server", "style", "search-index", "migrations", "catalog", "Cargo.toml", "Cargo.lock"];
/// Short enough to feel immediate; a look at all files takes a few milliseconds.
const LOOK_EVERY: Duration = Duration::from_millis(300);
const GRACE_TO_STOP: Duration = Duration::from_secs(10);

/// Runs until it is interrupted.
pub fn run() -> Result<()> {
    let mut server: Option<Server> = None;
    loop {
        let seen = state_of_sources();
        match build() {
            Ok(build) if server.as_mut().is_some_and(|server| server.runs(&build)) => {}
            Ok(build) => {
                if let Some(old) = server.take() {
                    old.stop()?;
                }
                server = Some(Server::start(build)?);
            }
            Err(error) => eprintln!("error: {error:#}\nwaiting for a change"),
        }
        while state_of_sources() == seen {
            std::thread::sleep(LOOK_EVERY);
        }
        println!("\n— changed, building —");
    }
}

/// What a running server was started from.
#[derive(PartialEq)]
struct Build {
    site_hash: String,
    binary: Option<SystemTime>,
}

fn build() -> Result<Build> {
    let manifest = web::build(Mode::Dev)?;
    process::run(process::cargo(None).args(["build", "--package", "server"]))?;
    let binary = fs::metadata(binary_path()).and_then(|file| file.modified()).ok();
    Ok(Build { site_hash: manifest.hash, binary })
}

fn binary_path() -> std::path::PathBuf {
    workspace::target_dir().join("debug/marketplace")
}

struct Server {
    process: Child,
    build: Build,
}

impl Server {
    fn start(build: Build) -> Result<Self> {
        process::run(&mut marketplace(&["migrate"]))?;
        for catalog in ["catalog", "catalog-demo"] {
            process::run(&mut marketplace(&["seed", "--catalog", catalog]))?;
        }
        let process = marketplace(&["serve"]).spawn().context("cannot start the server")?;
        Ok(Self { process, build })
    }

    fn runs(&mut self, build: &Build) -> bool {
        self.build == *build && matches!(self.process.try_wait(), Ok(None))
    }

    /// Asks it to stop, so that it can finish requests and release the search index; insists after a while.
    fn stop(mut self) -> Result<()> {
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let asked = Instant::now();
        while self.process.try_wait()?.is_none() {
            if asked.elapsed() > GRACE_TO_STOP {
                self.process.kill()?;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

fn marketplace(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary_path());
    command.args(arguments).current_dir(workspace::root());
    command.env("MARKETPLACE_SITE", workspace::site_dir()).env("MARKETPLACE_DEV", "1");
    if std::env::var_os("MARKETPLACE_ALLOW_PRIVATE").is_none() {
        command.env("MARKETPLACE_ALLOW_PRIVATE", "127.0.0.0/8,localhost");
    }
    command
}

/// Changes when any watched file appears, goes, or is written.
fn state_of_sources() -> u64 {
    let mut state = DefaultHasher::new();
    for name in WATCHED {
        add_state(&workspace::root().join(name), &mut state);
    }
    state.finish()
}

fn add_state(path: &Path, state: &mut DefaultHasher) {
    let Ok(metadata) = fs::metadata(path) else { return };
    if metadata.is_file() {
        path.hash(state);
        metadata.len().hash(state);
        metadata.modified().ok().hash(state);
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        add_state(&entry, state);
    }
}
