//! Random histories: organizations buy, try, change, use, fail to pay, pay, pause, cancel, get money back and dispute it, while
//! prices and shares change and notices come twice, late, in any order or never. In the end the books and what may be used are
//! what Stripe's state implies. Stripe is its double, everything else is real.
//!
//! `HISTORIES` says how many there are, `SEED` which; a failure names the seed of its world, which `WORLD` runs alone.

mod dice;
mod post;
mod steps;
mod truth;

use crate::databases::{self, Scratch};
use crate::harness::sold::{BASIC, TEAM, USAGE};
use crate::harness::{App, Double, MONITOR, Options, publish};
use contract::OrganizationId;
use contract::money::Currency;
use dice::Dice;
use domain::Actor;
use domain::billing::{set_currency, sync_prices};
use domain::ports::Clock;
use post::Post;

const TRIED: &str = r#"{ id = "tried", name = "Tried", summary = "For a start.", trial_days = 14, monthly = { USD = 1900 }, annual = { USD = 19000 } }"#;
const SEATS: &str = r#"{ id = "seats", name = "Seats", summary = "For many.", charge = "per_seat", monthly = { USD = 1000 }, annual = { USD = 10000 } }"#;
/// Both are of the same partner.
const LISTINGS: [&str; 2] = ["monitor", "second"];
/// In the second there is tax to pay.
const COUNTRIES: [&str; 3] = ["US", "DE", "FR"];
/// What they pay in, where there is a price in it.
const CURRENCIES: [Currency; 2] = [Currency::USD, Currency::EUR];
/// Histories that happen in one world.
const TOGETHER: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_whatever_happens_the_books_are_right() {
    whatever_happens_the_books_are_right(databases::sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_whatever_happens_the_books_are_right() {
    whatever_happens_the_books_are_right(databases::postgres).await;
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

async fn whatever_happens_the_books_are_right<F: Future<Output = Scratch>>(fresh: impl Fn() -> F) {
    if let Some(seed) = number("WORLD") {
        return happens(fresh().await, seed, TOGETHER).await;
    }
    let mut left = usize::try_from(number("HISTORIES").unwrap_or(8)).unwrap();
    let mut seeds = Dice::new(number("SEED").unwrap_or(20_261_128));
    let (wanted, began) = (left, std::time::Instant::now());
    while left > 0 {
        let some = left.min(TOGETHER);
        happens(fresh().await, seeds.next(), some).await;
        left -= some;
        eprintln!("{} of {wanted} histories in {:?}", wanted - left, began.elapsed());
    }
}

/// One organization.
struct Fate {
    organization: OrganizationId,
    actor: Actor,
    country: &'static str,
    /// Disputes that are not decided.
    disputes: Vec<String>,
}

/// Some histories side by side, at one Stripe.
struct World {
    double: Double,
    node: App,
    dice: Dice,
    fates: Vec<Fate>,
    post: Post,
    said: Said,
}

/// What happened, for whoever has to understand a failure.
struct Said {
    seed: u64,
    steps: Vec<String>,
}

impl Drop for Said {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("WORLD={}\n{}", self.seed, self.steps.join("\n"));
        }
    }
}

async fn happens(scratch: Scratch, seed: u64, number: usize) {
    let app = App::start(scratch).await;
    let (double, node) = Double::with_node_like(&app, Options { taxes: true, ..Options::default() }).await;
    let said = Said { seed, steps: Vec::new() };
    let mut world = World { double, node, dice: Dice::new(seed), fates: Vec::new(), post: Post::default(), said };
    for listing in 0..LISTINGS.len() {
        world.sells(listing, 0).await;
    }
    world.begin(number).await;
    let rounds = world.dice.between(6, 14);
    for _ in 0..rounds {
        world.terms_change().await;
        for at in 0..number {
            world.step(at).await;
        }
        world.deliver().await;
        let hours = match world.dice.below(100) {
            0..35 => 0,
            35..65 => world.dice.between(1, 72),
            65..90 => world.dice.between(73, 288),
            _ => world.dice.between(600, 800),
        };
        world.said.steps.push(format!("— {hours} hours pass —"));
        world.pass(hours).await;
    }
    world.is_right().await;
    drop(world);
    app.remove().await;
}

impl World {
    fn log(&mut self, at: usize, what: String) {
        self.said.steps.push(format!("{at} at {}: {what}", self.node.clock.now().rfc3339()));
    }

    /// From now on a listing costs this.
    async fn sells(&self, listing: usize, level: i64) {
        let dearer = |plan: &str| {
            // What can be tried has no price in euros.
            let in_euros = !plan.contains("trial_days");
            [4900, 49000, 1900, 19000, 10000, 1000, 100].into_iter().fold(plan.to_owned(), |text, price| {
                let now = price + level * price / 10;
                let euros = if in_euros { format!("EUR = {}, ", now - now / 10) } else { String::new() };
                text.replace(&format!("USD = {price} "), &format!("{euros}USD = {now} "))
            })
        };
        let plans = [BASIC, TEAM, SEATS, TRIED, USAGE].map(dearer).join(", ");
        let manifest = MONITOR
            .replace(
                "pricing = { model = \"free\" }",
                &format!("pricing = {{ model = \"freemium\", plan = [{plans}] }}"),
            )
            .replace("id = \"monitor\"", &format!("id = \"{}\"", LISTINGS[listing]));
        publish(&self.node.services, &manifest).await;
        sync_prices(&self.node.services, true).await.unwrap();
    }

    /// Organizations that have nothing yet.
    async fn begin(&mut self, number: usize) {
        for at in 0..number {
            let organization = OrganizationId(format!("org_history_{at}"));
            let actor = self.node.buyer(&organization).await;
            set_currency(&self.node.services, &actor, CURRENCIES[at % CURRENCIES.len()].code()).await.unwrap();
            self.fates.push(Fate { organization, actor, country: Fate::country_of(at), disputes: Vec::new() });
        }
    }
}
