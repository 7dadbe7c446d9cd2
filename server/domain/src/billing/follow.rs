//! Following up what the processor said: asks what it is now, and keeps it.

mod partner;
mod returns;

pub use partner::arrived;

use super::buy::follow_order;
use super::ledger::{Posting, rules};
use super::share::{self, Kind, Sold};
use super::{budget, changes};
use crate::ports::{Bought, InvoiceLine, InvoiceStatus, Kept, KeptSubscription, ProcessorInvoice};
use crate::{Error, Result, Services};
use contract::Timestamp;
use serde_json::Value;

/// How often a subscription is compared anew when somebody else keeps it at the same time.
const TRIES: u32 = 5;

/// Follows a notice up. What we did not sell, and kinds that change nothing here, are left alone.
pub async fn follow(services: &Services, notice: &Value) -> Result<()> {
    let text = |name: &str| notice[name].as_str().unwrap_or_default();
    let (kind, object) = (text("kind"), text("object"));
    if kind.starts_with("customer.subscription.") {
        subscription(services, object).await.map(|_| ())
    } else if kind.starts_with("checkout.session.") {
        follow_order(services, object).await
    } else if kind.starts_with("invoice.") && object.starts_with("in_") {
        invoice(services, object).await
    } else if kind.starts_with("charge.dispute.") {
        returns::dispute(services, object).await
    } else if kind == "charge.refund.updated" || kind.starts_with("refund.") {
        returns::refund(services, object).await
    } else if matches!(kind, "charge.succeeded" | "charge.updated" | "charge.refunded") {
        returns::charge(services, object).await
    } else if kind == "account.updated" {
        partner::account(services, object).await
    } else if matches!(kind, "payout.paid" | "payout.failed" | "payout.canceled" | "payout.updated") {
        partner::payout(services, text("account"), object).await
    } else {
        Ok(())
    }
}

/// A subscription as it is now; nothing where we did not sell it.
pub(super) async fn subscription(services: &Services, id: &str) -> Result<Option<KeptSubscription>> {
    let asked = services.clock.now();
    let Some(now) = services.payments.subscription(id).await? else { return Ok(None) };
    let Some(bought) = &now.bought else {
        tracing::warn!(subscription = id, "a subscription without a listing; somebody made it by hand");
        return Ok(None);
    };
    for _ in 0..TRIES {
        let before = services.billing.kept_subscription(id).await?;
        let effects = changes::told(services, before.as_ref(), &now, bought, asked).await?;
        if services.spending.keep_told(before.as_ref(), &now, bought, asked, &effects).await? != Kept::Changed {
            return services.billing.kept_subscription(id).await;
        }
    }
    Err(Error::Payments(format!("{id} changes faster than it can be followed")))
}

/// An invoice as it is now, posted when it is paid.
async fn invoice(services: &Services, id: &str) -> Result<()> {
    let asked = services.clock.now();
    let Some(it) = services.payments.invoice(id).await? else { return Ok(()) };
    let mut sold = Vec::new();
    for line in &it.lines {
        if let Some(bought) = bought(services, line).await? {
            sold.push((line, bought));
        }
    }
    // All lines of a customer's invoice are of the same organization.
    let Some((_, first)) = sold.first() else { return Ok(()) };
    let organization = first.organization.clone();
    let postings = if it.status == InvoiceStatus::Paid { paid(services, &it, &sold).await? } else { Vec::new() };
    services.billing.keep_invoice(&it, &organization, &postings, asked).await?;
    budget::watch_budget(services, &organization).await
}

/// What a line is for. Its subscription may not have been told of yet.
async fn bought(services: &Services, line: &InvoiceLine) -> Result<Option<Bought>> {
    let Some(id) = &line.subscription else { return Ok(None) };
    let kept = match services.billing.kept_subscription(id).await? {
        Some(kept) => Some(kept),
        None => subscription(services, id).await?,
    };
    Ok(kept.map(|kept| kept.bought))
}

/// Postings of a paid invoice: each line, and the payment.
async fn paid(services: &Services, it: &ProcessorInvoice, sold: &[(&InvoiceLine, Bought)]) -> Result<Vec<Posting>> {
    let at: Timestamp = it.paid_at.unwrap_or(it.created);
    let mut postings = Vec::with_capacity(sold.len() + 1);
    let shares = services.share_rules.share_rules().await?;
    for (line, bought) in sold {
        let Some(listing) = services.catalogue.listing(&bought.listing).await? else {
            return Err(Error::Corrupt(format!("line {} is of {}, which there is not", line.id, bought.listing)));
        };
        let what = Sold {
            partner: listing.partner.id.clone(),
            listing: bought.listing.clone(),
            kind: Kind::PaidListing,
            feature: None,
            contract: bought.contract.clone(),
        };
        let line = rules::Line {
            id: line.id.clone(),
            invoice: it.id.clone(),
            organization: bought.organization.clone(),
            partner: listing.partner.id,
            listing: bought.listing.clone(),
            plan: bought.plan.clone(),
            net: line.net,
            tax: line.tax,
        };
        postings.push(rules::sale(&line, &share::applied(&shares, &what, at), at));
    }
    if let Some((_, first)) = sold.first() {
        postings.push(rules::payment(&it.id, &it.id, &first.organization, it.paid, at));
    }
    Ok(postings)
}
