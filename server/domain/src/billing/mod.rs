//! Money: what an organization may use for what it pays, who gets which part of a payment, and the books.
//!
//! The processor says that something changed ([`take`]); a job asks what it is now and keeps it ([`follow()`]). What was never
//! told is asked for ([`reconcile`]), and the books are compared with the processor's invoices ([`prove`]).
//!
//! What may be used is decided by [`access()`]. What metered plans charge for is counted as it arrives ([`running`]), reported
//! ([`report_usage`]), shown ([`usage()`]), and limited by caps ([`capped`]) and budgets ([`budget()`]).

mod access;
mod bill;
mod budget;
mod buy;
mod cap;
mod change;
mod changes;
mod currency;
pub mod entitlement;
mod follow;
mod forecast;
pub mod ledger;
mod metering;
mod notice;
mod offer;
pub mod payout;
mod plan;
pub mod price;
mod pricing;
mod proof;
mod report;
mod returned;
mod revenue;
pub mod share;
mod shares;
pub mod split;
pub mod statement;
mod sync;
mod told;
mod trial;
mod usage;
mod wizard;

pub use access::{Access, access, entitlement_of};
pub use bill::bill;
pub use budget::{SPEND_JOB, budget, set_budget, watch_spending};
pub use buy::{Wish, buy, settle_open};
pub use cap::{capped, set_cap, watch_cap, watch_caps};
pub use change::{Deed, NewTerms, change, change_page, decide, portal};
pub use changes::announce_price_change;
pub use currency::{currency, currency_is_fixed, set_currency};
pub use follow::{arrived, follow};
pub use metering::{Running, metered_plan, running};
pub use notice::{NOTICE_JOB, RECONCILE_JOB, Reconciled, reconcile, take};
pub use offer::{NewOffer, accept_offer, decline_offer, make_offer, partner_offers, withdraw_offer};
pub use plan::plan_of;
pub use pricing::{plan_view, pricing, pricing_view};
pub use proof::{Proof, prove};
pub use report::{REPORT_JOB, Reported, report_usage};
pub use revenue::{revenue, statement_csv};
pub use shares::{agree, described, end, shares};
pub use sync::{PRICES_JOB, PriceReport, sync_prices};
pub use trial::{TRIAL_JOB, trial_notices};
pub use usage::usage;
pub use wizard::plan_step;
