//! Invoices and their lines.

use contract::Timestamp;
use contract::money::{Currency, Money};
use domain::ports::{InvoiceLine, InvoiceStatus, ProcessorInvoice};
use domain::{Error, Result};
use stripe_shared::{BillingBillResourceInvoicingTaxesTaxTaxBehavior as TaxBehavior, Invoice, InvoiceLineItem};

fn instant(seconds: i64) -> Timestamp {
    Timestamp(seconds.saturating_mul(1000))
}

/// As the domain sees it, with these lines: an invoice itself brings only its first.
pub fn read(it: &Invoice, lines: &[InvoiceLineItem]) -> Result<ProcessorInvoice> {
    let id = it.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let unknown = |what: &str, value: &str| Error::Payments(format!("unknown {what} {value:?} of {id}"));
    let code = it.currency.to_string();
    let currency = Currency::parse(&code).ok_or_else(|| unknown("currency", &code))?;
    let named = it.status.as_ref().map_or("draft", |status| status.as_str());
    let status = InvoiceStatus::parse(named).ok_or_else(|| unknown("status", named))?;
    Ok(ProcessorInvoice {
        number: it.number.clone().unwrap_or_default(),
        customer: it.customer.as_ref().map(|it| it.id().to_string()).unwrap_or_default(),
        status,
        currency,
        total: Money::new(it.total, currency),
        paid: Money::new(it.amount_paid, currency),
        created: instant(it.created),
        paid_at: it.status_transitions.paid_at.map(instant),
        url: it.hosted_invoice_url.clone().unwrap_or_default(),
        lines: lines.iter().map(|it| line(it, currency)).collect(),
        id,
    })
}

fn line(it: &InvoiceLineItem, currency: Currency) -> InvoiceLine {
    let taxes = it.taxes.iter().flatten();
    let (mut exclusive, mut inclusive) = (0, 0);
    for tax in taxes {
        match tax.tax_behavior {
            TaxBehavior::Inclusive => inclusive += tax.amount,
            _ => exclusive += tax.amount,
        }
    }
    let discount: i64 = it.discount_amounts.iter().flatten().map(|it| it.amount).sum();
    InvoiceLine {
        id: it.id.to_string(),
        subscription: subscription(it),
        net: Money::new(it.amount - discount - inclusive, currency),
        tax: Money::new(exclusive + inclusive, currency),
    }
}

fn subscription(it: &InvoiceLineItem) -> Option<String> {
    let parent = it.parent.as_ref()?;
    let of_item = parent.subscription_item_details.as_ref().and_then(|it| it.subscription.clone());
    of_item.or_else(|| parent.invoice_item_details.as_ref().and_then(|it| it.subscription.clone()))
}
