//! Rate limits: how much one address, one account, one token or one installation may ask (GCRA, by `governor`).
//!
//! Each node counts for itself. Pages of anonymous visitors are not limited here: they come from memory.

use super::problem::Problem;
use crate::AppState;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use contract::{ErrorCode, PublicError};
use domain::ports::Clock as PortClock;
use domain::{Actor, Origin, Via};
use governor::clock::Clock;
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Keys that nothing is known of any more are forgotten when there are more than this. What is left is bounded by time: one
/// failed try is remembered for two seconds, so a flood of them fills memory with those of a moment and no further.
const MANY: usize = 10_000;

/// The clock port as the library wants it.
#[derive(Clone)]
struct Ticks(Arc<dyn PortClock>);

impl Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(u64::try_from(self.0.now().0).unwrap_or_default()))
    }
}

/// A number of requests a second, and how many may come at once.
struct Bucket {
    limiter: RateLimiter<String, HashMapStateStore<String>, Ticks, StateInformationMiddleware>,
    clock: Ticks,
    burst: u32,
    /// Number of keys at which to forget the next time. It is twice what was left, so that a flood of new keys does not have
    /// all of them looked at for each.
    full: AtomicUsize,
}

/// What a bucket says of a request.
enum Word {
    /// So many more may come at once.
    Go(u32),
    /// Come back after this many seconds.
    Wait(u64),
}

impl Bucket {
    fn new(clock: &Ticks, per_second: u32, burst: u32) -> Self {
        let number = |it: u32| NonZeroU32::new(it).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(number(per_second)).allow_burst(number(burst));
        Self {
            limiter: RateLimiter::new(quota, HashMapStateStore::default(), clock.clone()),
            clock: clock.clone(),
            burst,
            full: AtomicUsize::new(MANY),
        }
    }

    fn ask(&self, key: &str) -> Word {
        if self.limiter.len() > self.full.load(Ordering::Relaxed) {
            self.limiter.retain_recent();
            self.full.store(MANY.max(self.limiter.len() * 2), Ordering::Relaxed);
        }
        match self.limiter.check_key(&key.to_owned()) {
            Ok(state) => Word::Go(state.remaining_burst_capacity()),
            Err(until) => Word::Wait(until.wait_time_from(self.clock.now()).as_secs() + 1),
        }
    }
}

/// Failed attempts to get in. Whoever failed too often waits, whatever they bring next: otherwise guessing would go on at
/// the speed at which wrong guesses are refused.
struct Failures {
    bucket: Bucket,
    /// Addresses that wait, and until when.
    shut: Mutex<HashMap<String, i64>>,
}

impl Failures {
    /// Milliseconds that an address waits after one failure too many.
    const PAUSE_MS: i64 = 60_000;

    fn now(&self) -> i64 {
        self.bucket.clock.0.now().0
    }

    /// Seconds that the address still has to wait.
    fn wait(&self, key: &str) -> Option<u64> {
        let until = self.shut.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied()?;
        let left = until - self.now();
        (left > 0).then(|| u64::try_from(left / 1000 + 1).unwrap_or(1))
    }

    fn count(&self, key: &str) {
        if let Word::Wait(_) = self.bucket.ask(key) {
            let now = self.now();
            let mut shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
            if shut.len() > MANY {
                shut.retain(|_, until| *until > now);
            }
            shut.insert(key.to_owned(), now + Self::PAUSE_MS);
        }
    }
}

/// All limits.
pub struct Limits {
    /// Calls of server functions, sign-in and REST, by address.
    address: Bucket,
    /// Changes, by account.
    account: Bucket,
    /// REST, by token.
    token: Bucket,
    /// Failed sign-ins and wrong tokens, by address.
    failures: Failures,
    /// Deliveries, by inbound address.
    inbound: Bucket,
}

impl Limits {
    /// Nobody has asked yet. Every limit is multiplied by `factor`.
    pub fn new(clock: Arc<dyn PortClock>, factor: u32) -> Self {
        let clock = Ticks(clock);
        let bucket = |per_second: u32, burst: u32| {
            Bucket::new(&clock, per_second.saturating_mul(factor), burst.saturating_mul(factor))
        };
        Self {
            address: bucket(100, 1000),
            account: bucket(10, 300),
            token: bucket(10, 120),
            failures: Failures { bucket: bucket(1, 60), shut: Mutex::default() },
            inbound: bucket(100, 1000),
        }
    }
}

fn too_many(wait: u64) -> Response<Body> {
    let mut response = Problem(PublicError::new(
        ErrorCode::RateLimited,
        "Too many requests",
        format!("There were more requests than are allowed in a short time. Nothing was done with this one; in {wait} s it may be tried again."),
        "Wait as long as “Retry-After” says, then try again.",
    ))
    .into_response();
    if let Ok(value) = HeaderValue::from_str(&wait.to_string()) {
        response.headers_mut().insert("retry-after", value);
    }
    response
}

/// `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers).
fn tell(headers: &mut HeaderMap, limit: u32, remaining: u32) {
    for (name, number) in [("ratelimit-limit", limit), ("ratelimit-remaining", remaining)] {
        headers.insert(name, HeaderValue::from(number));
    }
}

/// Whether a path is limited by address: all but pages and files.
fn is_call(path: &str) -> bool {
    ["/api/", "/auth/", "/unsubscribe"].iter().any(|area| path.starts_with(area))
}

/// What of an address counts: of IPv6 the network, because whoever has one address of it has 2^64 of them.
fn network(ip: &str) -> String {
    match ip.parse() {
        Ok(IpAddr::V6(it)) if it.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = it.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => ip.to_owned(),
    }
}

/// Limits calls by address, and counts failed attempts to get in.
pub async fn by_address(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    if !is_call(request.uri().path()) {
        return next.run(request).await;
    }
    let ip = request.extensions().get::<Origin>().map(|origin| network(&origin.ip)).unwrap_or_default();
    if let Word::Wait(wait) = state.limits.address.ask(&ip) {
        return too_many(wait);
    }
    let path = request.uri().path();
    let entering =
        (path.starts_with("/auth/") && path != "/auth/sign-out") || request.headers().contains_key("authorization");
    if let Some(wait) = state.limits.failures.wait(&ip).filter(|_| entering) {
        return too_many(wait);
    }
    let response = next.run(request).await;
    let refused = matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND);
    if entering && (refused || response.extensions().get::<FailedSignIn>().is_some()) {
        state.limits.failures.count(&ip);
    }
    response
}

/// Marks an answer: somebody tried to get in and failed.
#[derive(Clone, Copy, Debug)]
pub struct FailedSignIn;

/// Limits deliveries by inbound address: one installation's storm is not another's outage.
pub async fn by_delivery(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    match state.limits.inbound.ask(request.uri().path()) {
        Word::Wait(wait) => too_many(wait),
        Word::Go(_) => next.run(request).await,
    }
}

/// Limits changes by account and REST by token; needs to know who asks.
pub async fn by_actor(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let bucket = match request.extensions().get::<Actor>() {
        Some(Actor::Person(person)) => match &person.via {
            Via::Token(id, _) => Some((&state.limits.token, id.0.clone())),
            Via::Session(..) if !safe => Some((&state.limits.account, person.user().0.clone())),
            Via::Session(..) => None,
        },
        _ => None,
    };
    let Some((bucket, key)) = bucket else { return next.run(request).await };
    match bucket.ask(&key) {
        Word::Wait(wait) => {
            let mut response = too_many(wait);
            tell(response.headers_mut(), bucket.burst, 0);
            response
        }
        Word::Go(remaining) => {
            let mut response = next.run(request).await;
            tell(response.headers_mut(), bucket.burst, remaining);
            response
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Timestamp;
    use std::sync::atomic::AtomicI64;

    #[derive(Default)]
    struct Hand(AtomicI64);

    impl PortClock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::SeqCst))
        }
    }

    fn limits() -> (Arc<Hand>, Limits) {
        let clock = Arc::new(Hand(AtomicI64::new(1_795_180_361_000)));
        (clock.clone(), Limits::new(clock, 1))
    }

    #[test]
    fn a_flood_of_addresses_does_not_fill_memory() {
        let (clock, limits) = limits();
        let mut most = 0;
        for n in 0..200_000 {
            // Ten thousand a second, each from an address of its own.
            clock.0.fetch_add(i64::from(n % 10 == 0), Ordering::SeqCst);
            limits.failures.count(&n.to_string());
            most = most.max(limits.failures.bucket.limiter.len());
        }
        assert!(most <= 40_000, "{most} addresses are remembered");
        assert_eq!(limits.failures.shut.lock().unwrap().len(), 0, "nobody who failed once is shut out");
    }

    #[test]
    fn addresses_that_are_shut_out_are_forgotten_again() {
        let (clock, limits) = limits();
        for n in 0..20_000 {
            for _ in 0..=60 {
                limits.failures.count(&n.to_string());
            }
            assert!(limits.failures.wait(&n.to_string()).is_some());
            clock.0.fetch_add(20, Ordering::SeqCst);
        }
        let shut = limits.failures.shut.lock().unwrap().len();
        assert!(shut <= MANY + 1, "{shut}");
    }

    #[test]
    fn one_network_is_one_address() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "::ffff:203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network(""), "");
    }
}
