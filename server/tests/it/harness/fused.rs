//! Everything that selling keeps and asks behind one fuse: when it blows, nothing of it goes on, as when the process is killed.

use super::cash::Fuse;
use async_trait::async_trait;
use contract::money::Currency;
use contract::{ListingId, OrganizationId, Timestamp};
use domain::billing::ledger::Posting;
use domain::ports::{
    Billing, Bought, Budget, Cap, Checkout, CheckoutState, Effects, InvoiceBooks, Job, Kept, KeptPrice,
    KeptSubscription, ListedPrice, Order, PaymentNotice, PlanChange, Posted, Preview, ProcessorInvoice,
    ProcessorSubscription, Purchase, Purchases, Queue, Shop, Spending, WantedPrice,
};
use domain::{Result, Services};
use serde_json::Value;
use std::sync::Arc;

macro_rules! fused {
    ($name:ident: $port:ident { $(fn $method:ident($($arg:ident: $type:ty),*) -> $out:ty;)* }) => {
        struct $name {
            inner: Arc<dyn $port>,
            fuse: Arc<Fuse>,
        }

        #[async_trait]
        impl $port for $name {
            $(async fn $method(&self, $($arg: $type),*) -> Result<$out> {
                self.fuse.step(self.inner.$method($($arg),*)).await
            })*
        }
    };
}

fused!(FusedPurchases: Purchases {
    fn customers_of(organization: &OrganizationId) -> Vec<(Currency, String)>;
    fn keep_customer(organization: &OrganizationId, currency: Currency, customer: &str, now: Timestamp) -> ();
    fn keep_price(price: &KeptPrice) -> ();
    fn kept_price(id: &str) -> Option<KeptPrice>;
    fn kept_prices(listing: &ListingId) -> Vec<KeptPrice>;
    fn begin_purchase(it: &Purchase, effects: &Effects) -> ();
    fn open_purchases(organization: &OrganizationId, listing: &ListingId) -> Vec<Purchase>;
    fn purchase_by_session(session: &str) -> Option<Purchase>;
    fn purchase_sent(id: &str, session: &str, url: Option<&str>) -> ();
    fn purchase_ended(id: &str, state: CheckoutState) -> ();
});

fused!(FusedBilling: Billing {
    fn take_notice(notice: &PaymentNotice, effects: &Effects, now: Timestamp) -> bool;
    fn followed(id: &str, now: Timestamp) -> ();
    fn waiting_notices(before: Timestamp, limit: u64) -> Vec<PaymentNotice>;
    fn keep_subscription(it: &ProcessorSubscription, bought: &Bought, asked: Timestamp) -> ();
    fn kept_subscription(id: &str) -> Option<KeptSubscription>;
    fn subscriptions_of(organization: &OrganizationId) -> Vec<KeptSubscription>;
    fn keep_invoice(it: &ProcessorInvoice, organization: &OrganizationId, postings: &[Posting], asked: Timestamp) -> ();
    fn paid_invoices(after: &str, limit: u64) -> Vec<String>;
    fn invoices_of(organization: &OrganizationId) -> Vec<ProcessorInvoice>;
});

fused!(FusedSpending: Spending {
    fn keep_told(
        before: Option<&KeptSubscription>, it: &ProcessorSubscription, bought: &Bought, asked: Timestamp, effects: &Effects
    ) -> Kept;
    fn trials_until(until: Timestamp) -> Vec<KeptSubscription>;
    fn cap(subscription: &str) -> Option<Cap>;
    fn caps() -> Vec<Cap>;
    fn set_cap(subscription: &str, cap: Option<&Cap>, effects: &Effects, now: Timestamp) -> ();
    fn budget(organization: &OrganizationId) -> Option<Budget>;
    fn budgets() -> Vec<Budget>;
    fn set_budget(organization: &OrganizationId, budget: Option<&Budget>, effects: &Effects, now: Timestamp) -> ();
    fn told_once(key: &str) -> bool;
    fn tell_once(key: &str, organization: &OrganizationId, effects: &Effects, now: Timestamp) -> bool;
});

fused!(FusedBooks: InvoiceBooks {
    fn posted_of(invoice: &str) -> Vec<Posted>;
    fn posted_as(key: &str) -> Option<Posting>;
    fn post_of(invoice: &str, seen: i64, postings: &[Posting]) -> bool;
});

fused!(FusedShop: Shop {
    fn put_price(wanted: &WantedPrice) -> String;
    fn prices() -> Vec<ListedPrice>;
    fn retire_price(id: &str) -> ();
    fn create_customer(organization: &OrganizationId, currency: Currency, name: &str, email: &str) -> String;
    fn begin_checkout(order: &Order) -> Checkout;
    fn checkout(id: &str) -> Option<Checkout>;
    fn expire_checkout(id: &str) -> Option<Checkout>;
    fn portal(customer: &str, return_url: &str) -> String;
    fn preview(change: &PlanChange) -> Preview;
    fn change(change: &PlanChange, key: &str) -> ();
    fn end_after(subscription: &str, months: u32) -> ();
    fn end_with_period(subscription: &str, ends: bool) -> ();
    fn pause(subscription: &str, paused: bool) -> ();
});

fused!(FusedQueue: Queue {
    fn enqueue(kind: &str, key: &str, payload: &Value, run_at: Timestamp) -> ();
    fn claim(worker: &str, now: Timestamp, lease_ms: i64) -> Option<Job>;
    fn complete(id: i64) -> ();
    fn reschedule(id: i64, run_at: Timestamp, error: Option<&str>) -> ();
    fn dead_letter(id: i64, error: &str) -> ();
    fn cancel(kind: &str, key: &str) -> ();
});

/// Puts everything behind the fuse.
pub fn behind(services: &mut Services, fuse: &Arc<Fuse>) {
    macro_rules! put {
        ($($field:ident: $name:ident),+) => {
            $(services.$field = Arc::new($name { inner: services.$field.clone(), fuse: Arc::clone(fuse) });)+
        };
    }
    put!(
        purchases: FusedPurchases,
        billing: FusedBilling,
        spending: FusedSpending,
        invoice_books: FusedBooks,
        shop: FusedShop,
        queue: FusedQueue
    );
}
