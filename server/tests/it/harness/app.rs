//! The application of one test, and further nodes over the same database.

use super::browser::Browser;
use super::cash::{Fuse, FusedRuns};
use super::clock::{SeededIds, TestClock};
use super::fused;
use super::listings;
use super::mailbox::Mailbox;
use super::processor::{Processor as TestProcessor, SECRET};
use crate::databases::Scratch;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use clap::Parser;
use connect::{AddressPolicy, GuardedClient, HttpConnector, Limits};
use domain::Services;
use domain::ports::Clock;
use search_index::TantivyIndex;
use server::AppState;
use server::browser_files::BrowserFiles;
use server::compose::Processor;
use server::config::Config;
use server::sign_in_config::SignInConfig;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{RwLock, watch};
use tower::ServiceExt;

/// Requests hold it to read, the building of a router to write. A server builds its router once, before the first request;
/// here tests run side by side, and pages that are rendered while a router is built sometimes never become ready.
static ROUTER_BUILDING: RwLock<()> = RwLock::const_new(());

/// Host name of the site.
pub const HOST: &str = "market.test";
/// Address of the site.
pub const SITE: &str = "http://market.test";

/// 32 bytes in base 64.
const MASTER_KEY: &str = "b25lIGtleSBmb3IgYWxsIHRlc3RzLCAzMiBieXRlcyE=";

/// What an operator decides.
pub struct Options {
    /// Address people use.
    pub public_url: &'static str,
    /// Private addresses that connections may call.
    pub allow_private: &'static str,
    /// Whether there are demo accounts.
    pub demo: bool,
    /// Whether pages reload themselves.
    pub dev: bool,
    /// Issuers.
    pub sign_in: SignInConfig,
    /// Name server in place of the system's.
    pub name_server: Option<SocketAddr>,
    /// Time a call to a third party may take, where a test would otherwise wait for long.
    pub patience: Option<Duration>,
    /// The payment processor.
    pub payments: Option<Arc<TestProcessor>>,
    /// Key and address of a running double of Stripe.
    pub stripe: Option<(&'static str, String)>,
    /// Whether Stripe computes taxes.
    pub taxes: bool,
    /// What interrupts selling.
    pub fuse: Option<Arc<Fuse>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_url: SITE,
            allow_private: "127.0.0.0/8",
            demo: true,
            dev: false,
            sign_in: SignInConfig::default(),
            patience: None,
            name_server: None,
            payments: None,
            stripe: None,
            taxes: false,
            fuse: None,
        }
    }
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    config: Config,
}

/// The configuration that flags for these options give.
fn config(options: &Options, database: &str) -> Config {
    let flags = [
        ("--data", "unused"),
        ("--database-url", database),
        ("--public-url", options.public_url),
        ("--webhook-url", options.public_url),
        ("--allow-private", options.allow_private),
        ("--master-key", MASTER_KEY),
    ];
    let flags = flags.into_iter().flat_map(|(name, value)| [name, value]);
    let config = Flags::parse_from(std::iter::once("marketplace").chain(flags)).config;
    Config { name_server: options.name_server, ..config }
}

/// A folder as `cargo xtask web` makes it.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(site.path().join("pkg/test")).unwrap();
    std::fs::write(site.path().join("manifest.json"), r#"{"pkg_dir":"pkg/test"}"#).unwrap();
    std::fs::write(site.path().join("pkg/test/app.css"), "body{}").unwrap();
    site
}

/// One node: router and use cases over the test's database.
pub struct App {
    /// The database.
    pub scratch: Arc<Scratch>,
    /// The use cases' surroundings.
    pub services: Arc<Services>,
    /// The clock, the same for all nodes.
    pub clock: Arc<TestClock>,
    /// Mail that was sent.
    pub mailbox: Arc<Mailbox>,
    router: Router,
    /// Tells the node to stop.
    pub stop: watch::Sender<bool>,
    /// Each node draws other ids.
    nodes: Arc<AtomicU64>,
    _site: tempfile::TempDir,
}

impl App {
    /// A demo with one installable listing, `monitor`, and one that is only in the catalogue, `lumen`; both in search.
    pub async fn start(scratch: Scratch) -> Self {
        let app = Self::build(Arc::new(scratch), Arc::default(), Arc::default(), Options::default()).await;
        domain::identity::seed_demo(&app.services).await.unwrap();
        listings::seed(&app.services).await;
        app.follow().await;
        app
    }

    /// Another node over the same database, with an index of its own that is still empty.
    pub async fn node(&self, options: Options) -> Self {
        Self::build(Arc::clone(&self.scratch), Arc::clone(&self.clock), Arc::clone(&self.nodes), options).await
    }

    async fn build(scratch: Arc<Scratch>, clock: Arc<TestClock>, nodes: Arc<AtomicU64>, options: Options) -> Self {
        let config = config(&options, &scratch.url);
        let index = Arc::new(TantivyIndex::in_memory().unwrap());
        let ids = Arc::new(SeededIds::new(nodes.fetch_add(1, Ordering::SeqCst) << 32));
        let time: Arc<dyn Clock> = clock.clone();
        let mut services =
            server::compose::with(&config, scratch.open().await, index, time.clone(), ids, options.demo).unwrap();
        let mailbox = Arc::new(Mailbox::default());
        services.mailer = mailbox.clone();
        if let Some(processor) = options.payments {
            services.meters = processor.meters.clone();
            services.payout_runs =
                Arc::new(FusedRuns { inner: services.payout_runs.clone(), fuse: processor.fuse.clone() });
            services.charges = processor.clone();
            services.payouts = processor.clone();
            services.payments = processor;
        }
        if let Some((key, url)) = options.stripe {
            let stripe = billing::Stripe::new(key, SECRET, Some(&url)).unwrap();
            let Processor { payments, shop, meters, charges, payouts } =
                Processor::of(stripe.computing_taxes(options.taxes));
            (services.payments, services.shop, services.meters) = (payments, shop, meters);
            (services.charges, services.payouts) = (charges, payouts);
        }
        if let Some(fuse) = &options.fuse {
            fused::behind(&mut services, fuse);
        }
        if let Some(timeout) = options.patience {
            let client = GuardedClient::new(AddressPolicy::allowing(options.allow_private).unwrap()).unwrap();
            let client = client.limited_to(Limits { timeout, ..Limits::default() });
            services.connector = Arc::new(HttpConnector::new(Arc::new(client), time));
        }
        let services = Arc::new(services);
        let site = site();
        let files = BrowserFiles::load(site.path()).unwrap();
        let (stop, stopped) = watch::channel(false);
        let state = AppState::new(services.clone(), files, options.sign_in, stopped, options.dev).unwrap();
        let router = {
            let _alone = ROUTER_BUILDING.write().await;
            server::router::router(state)
        };
        Self { scratch, services, clock, mailbox, router, stop, nodes, _site: site }
    }

    /// Answers a request; the body of the answer may still be coming. Borrows nothing, so that many can be spawned.
    pub fn answer(&self, request: Request<Body>) -> impl Future<Output = Response<Body>> + Send + 'static {
        let router = self.router.clone();
        async move {
            let _built = ROUTER_BUILDING.read().await;
            router.oneshot(request).await.unwrap()
        }
    }

    /// Brings search up to the database; gives whether there was anything to do.
    pub async fn follow(&self) -> bool {
        domain::catalog::follow(&self.services).await.unwrap()
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// Somebody signed in as a demo account: `admin`, `member`, `partner` (an admin elsewhere), `reviewer`.
    pub async fn sign_in(&self, account: &str) -> Browser<'_> {
        let mut browser = self.visitor();
        let answer = browser.post("/auth/demo", &[("key", account)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser.keep_cookies(&answer);
        browser
    }

    /// Works off everything that is due.
    pub async fn work_off(&self) {
        for _ in 0..100 {
            if !jobs::work_once(&self.services, "worker").await.unwrap() {
                return;
            }
        }
        panic!("the queue never becomes empty");
    }

    /// Removes the database.
    pub async fn remove(&self) {
        self.scratch.remove().await;
    }
}

/// Waits until something holds; fails after a while.
pub async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let wait = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(30), wait).await.is_ok(), "in vain waited until {what}");
}
