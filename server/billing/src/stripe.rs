//! Stripe behind the port.

use crate::failure::{failed, found};
use crate::{events, invoice, signature, subscription};
use async_trait::async_trait;
use contract::Timestamp;
use domain::Result;
use domain::ports::{NoticeRefusal, PaymentNotice, Payments, ProcessorInvoice, ProcessorSubscription, Selling};
use std::time::Duration;
use stripe::{Client, ClientBuilder};
use stripe_billing::invoice::RetrieveInvoice;
use stripe_billing::invoice_line_item::ListInvoiceInvoiceLineItem;
use stripe_billing::subscription::RetrieveSubscription;
use stripe_shared::InvoiceLineItem;

/// A call ends after this long.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// Lines asked for at once: the most there can be.
const STEP: i64 = 100;

/// The account at Stripe.
#[derive(Clone)]
pub struct Stripe {
    pub(crate) client: Client,
    pub(crate) automatic_tax: bool,
    secret: String,
    selling: Selling,
}

impl std::fmt::Debug for Stripe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stripe").finish_non_exhaustive()
    }
}

impl Stripe {
    /// With a secret key, the secret of the webhook, and another address than Stripe's own.
    pub fn new(key: &str, secret: &str, url: Option<&str>) -> std::result::Result<Self, String> {
        let mut builder = ClientBuilder::new(key).timeout(TIME_LIMIT);
        if let Some(url) = url {
            builder = builder.url(format!("{}/", url.trim_end_matches('/')));
        }
        let client = builder.build().map_err(|error| format!("MARKETPLACE_STRIPE_URL: {error}"))?;
        let test = key.starts_with("sk_test_") || key.starts_with("rk_test_");
        let selling = if test { Selling::Test } else { Selling::Live };
        Ok(Self { client, automatic_tax: false, secret: secret.to_owned(), selling })
    }

    /// Lets the processor compute taxes, for accounts that are registered for them.
    #[must_use]
    pub const fn computing_taxes(mut self, compute: bool) -> Self {
        self.automatic_tax = compute;
        self
    }

    /// For the parts of the interface that have files of their own.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    async fn lines(&self, id: &str) -> Result<Vec<InvoiceLineItem>> {
        let mut lines: Vec<InvoiceLineItem> = Vec::new();
        loop {
            let mut step = ListInvoiceInvoiceLineItem::new(id).limit(STEP);
            if let Some(last) = lines.last() {
                step = step.starting_after(last.id.to_string());
            }
            let page = step.send(&self.client).await.map_err(failed)?;
            let end = !page.has_more || page.data.is_empty();
            lines.extend(page.data);
            if end {
                return Ok(lines);
            }
        }
    }
}

#[async_trait]
impl Payments for Stripe {
    fn selling(&self) -> Selling {
        self.selling
    }

    fn notice(
        &self,
        body: &[u8],
        signature: &str,
        now: Timestamp,
    ) -> std::result::Result<PaymentNotice, NoticeRefusal> {
        signature::check(&self.secret, signature, body, now)?;
        events::read(body).ok_or(NoticeRefusal::NotUnderstood)
    }

    async fn notices_since(&self, since: Timestamp) -> Result<Vec<PaymentNotice>> {
        events::since(&self.client, since).await
    }

    async fn subscription(&self, id: &str) -> Result<Option<ProcessorSubscription>> {
        let answer = found(RetrieveSubscription::new(id).send(&self.client).await)?;
        answer.as_ref().map(subscription::read).transpose()
    }

    async fn invoice(&self, id: &str) -> Result<Option<ProcessorInvoice>> {
        let Some(it) = found(RetrieveInvoice::new(id).send(&self.client).await)? else { return Ok(None) };
        invoice::read(&it, &self.lines(id).await?).map(Some)
    }
}
