//! A payment processor that knows what a test tells it. Its notices are signed and read as the real one's.

use super::app::{App, Options};
use super::browser::{Answer, Browser};
use super::cash::{Fuse, Held};
use super::meters::TestMeters;
use async_trait::async_trait;
use axum::body::Body;
use axum::http::Method;
use billing::Stripe;
use contract::Timestamp;
use domain::Result;
use domain::ports::{NoticeRefusal, PaymentNotice, Payments, ProcessorInvoice, ProcessorSubscription, Selling};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Signs notices, also those of the double.
pub const SECRET: &str = "whsec_of_the_tests";

/// The processor of one test.
pub struct Processor {
    stripe: Stripe,
    subscriptions: Mutex<HashMap<String, ProcessorSubscription>>,
    invoices: Mutex<HashMap<String, ProcessorInvoice>>,
    /// What happened, told or not.
    events: Mutex<Vec<PaymentNotice>>,
    away: AtomicBool,
    /// Its meters.
    pub meters: Arc<TestMeters>,
    pub(super) cash: Held,
    /// What interrupts payouts.
    pub fuse: Arc<Fuse>,
}

impl Processor {
    /// One that knows nothing yet, and a node that asks it.
    pub async fn with_node(app: &App) -> (Arc<Self>, App) {
        let processor = Arc::new(Self {
            stripe: Stripe::new("sk_test_none", SECRET, Some("http://127.0.0.1:9")).unwrap(),
            subscriptions: Mutex::default(),
            invoices: Mutex::default(),
            events: Mutex::default(),
            away: AtomicBool::new(false),
            meters: Arc::new(TestMeters::new(Arc::clone(&app.clock))),
            cash: Held::default(),
            fuse: Arc::default(),
        });
        let node = app.node(Options { payments: Some(processor.clone()), ..Options::default() }).await;
        (processor, node)
    }

    /// This is how the subscription is now.
    pub fn has_subscription(&self, it: ProcessorSubscription) {
        self.subscriptions.lock().unwrap().insert(it.id.clone(), it);
    }

    /// This is how the invoice is now.
    pub fn has_invoice(&self, it: ProcessorInvoice) {
        self.invoices.lock().unwrap().insert(it.id.clone(), it);
    }

    /// Whether it answers nothing.
    pub fn is_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    pub(super) fn answers(&self) -> Result<()> {
        let away = self.away.load(Ordering::SeqCst);
        if away { Err(domain::Error::Payments("nobody there".to_owned())) } else { Ok(()) }
    }

    /// Something happened, and the notice never comes.
    pub fn loses(&self, event: &str, kind: &str, object: &str, at: Timestamp) {
        let (id, kind, object) = (event.to_owned(), kind.to_owned(), object.to_owned());
        self.events.lock().unwrap().push(PaymentNotice { id, kind, object, at, account: None });
    }

    /// Tells that something happened.
    pub async fn tell(&self, node: &App, event: &str, kind: &str, object: &str) -> Answer {
        let now = node.services.clock.now();
        let body = notice(event, kind, object);
        deliver(&node.visitor(), &signature(&body, now), body).await
    }
}

impl Processor {
    /// Tells that something happened in a partner's account.
    pub async fn tell_of(&self, node: &App, event: &str, kind: &str, object: &str, account: &str) -> Answer {
        let now = node.services.clock.now();
        let object = json!({ "id": object });
        let body = json!({ "id": event, "type": kind, "created": 1_700_000_000, "account": account, "data": { "object": object } });
        let body = body.to_string();
        deliver(&node.visitor(), &signature(&body, now), body).await
    }
}

/// The body of a notice.
pub fn notice(event: &str, kind: &str, object: &str) -> String {
    json!({ "id": event, "type": kind, "created": 1_700_000_000, "data": { "object": { "id": object } } }).to_string()
}

/// The header that proves a body.
pub fn signature(body: &str, at: Timestamp) -> String {
    let time = at.0.div_euclid(1000);
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{time}.{body}").as_bytes());
    format!("t={time},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Delivers a notice.
pub async fn deliver(browser: &Browser<'_>, signature: &str, body: String) -> Answer {
    let request = browser.request(Method::POST, "/webhooks/stripe").header("stripe-signature", signature);
    browser.send(request.body(Body::from(body)).unwrap()).await
}

#[async_trait]
impl Payments for Processor {
    fn selling(&self) -> Selling {
        Selling::Test
    }

    fn notice(
        &self,
        body: &[u8],
        signature: &str,
        now: Timestamp,
    ) -> std::result::Result<PaymentNotice, NoticeRefusal> {
        self.stripe.notice(body, signature, now)
    }

    async fn notices_since(&self, since: Timestamp) -> Result<Vec<PaymentNotice>> {
        self.answers()?;
        Ok(self.events.lock().unwrap().iter().filter(|it| it.at >= since).cloned().collect())
    }

    async fn subscription(&self, id: &str) -> Result<Option<ProcessorSubscription>> {
        self.answers()?;
        Ok(self.subscriptions.lock().unwrap().get(id).cloned())
    }

    async fn invoice(&self, id: &str) -> Result<Option<ProcessorInvoice>> {
        self.answers()?;
        Ok(self.invoices.lock().unwrap().get(id).cloned())
    }
}
