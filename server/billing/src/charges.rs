//! Charges, refunds and disputes.

use crate::Stripe;
use crate::wire::{self, instant, listed, money};
use async_trait::async_trait;
use domain::ports::{
    Charges, DisputeStatus, Movement, ProcessorCharge, ProcessorDispute, ProcessorRefund, RefundStatus,
};
use domain::{Error, Result};
use miniserde::Deserialize;
use serde::Serialize;
use stripe::Client;

#[derive(Deserialize)]
struct Charge {
    id: String,
    amount: i64,
    amount_refunded: i64,
    currency: String,
    payment_intent: Option<String>,
    balance_transaction: Option<String>,
}

#[derive(Deserialize)]
struct BalanceTransaction {
    id: String,
    amount: i64,
    currency: String,
    fee: i64,
    created: i64,
}

#[derive(Deserialize)]
struct Refund {
    id: String,
    amount: i64,
    currency: String,
    charge: Option<String>,
    status: Option<String>,
    created: i64,
    balance_transaction: Option<String>,
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
    amount: i64,
    currency: String,
    charge: String,
    status: String,
    created: i64,
    balance_transactions: Vec<BalanceTransaction>,
}

#[derive(Deserialize)]
struct InvoicePayment {
    id: String,
    invoice: String,
    payment: Payment,
}

#[derive(Deserialize)]
struct Payment {
    payment_intent: Option<String>,
}

listed!(Charge, Refund, Dispute, InvoicePayment);

#[derive(Serialize)]
struct OfCharge<'a> {
    charge: &'a str,
}

#[derive(Serialize)]
struct OfIntent<'a> {
    payment_intent: &'a str,
}

#[derive(Serialize)]
struct OfInvoice<'a> {
    invoice: &'a str,
}

/// Invoice payments are found by what paid them.
#[derive(Serialize)]
struct PaidBy<'a> {
    payment: PaymentOf<'a>,
}

#[derive(Serialize)]
struct PaymentOf<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    payment_intent: &'a str,
}

fn movement(it: &BalanceTransaction) -> Result<Movement> {
    let of = |minor| money(minor, &it.currency, &it.id);
    Ok(Movement { amount: of(it.amount)?, fee: of(it.fee)?, at: instant(it.created), id: it.id.clone() })
}

async fn moved(client: &Client, id: Option<&str>) -> Result<Option<Movement>> {
    let Some(id) = id else { return Ok(None) };
    let found = wire::get::<BalanceTransaction>(client, &format!("/balance_transactions/{id}"), None).await?;
    found.as_ref().map(movement).transpose()
}

/// The invoice that a payment intent paid.
async fn invoice_of(client: &Client, intent: Option<&str>) -> Result<Option<String>> {
    let Some(payment_intent) = intent else { return Ok(None) };
    let query = PaidBy { payment: PaymentOf { kind: "payment_intent", payment_intent } };
    let payments: Vec<InvoicePayment> = wire::list(client, "/invoice_payments", &query, None).await?;
    Ok(payments.into_iter().next().map(|it| it.invoice))
}

async fn charge(client: &Client, it: &Charge, invoice: Option<String>) -> Result<ProcessorCharge> {
    Ok(ProcessorCharge {
        id: it.id.clone(),
        invoice,
        amount: money(it.amount, &it.currency, &it.id)?,
        refunded: money(it.amount_refunded, &it.currency, &it.id)?,
        movement: moved(client, it.balance_transaction.as_deref()).await?,
    })
}

async fn refund(client: &Client, it: Refund) -> Result<Option<ProcessorRefund>> {
    // A refund that was made by hand to somebody's bank is of no payment.
    let Some(charge) = it.charge else { return Ok(None) };
    let named = it.status.as_deref().unwrap_or("pending");
    let status = RefundStatus::parse(named);
    let status = status.ok_or_else(|| Error::Payments(format!("unknown status {named:?} of {}", it.id)))?;
    Ok(Some(ProcessorRefund {
        charge,
        amount: money(it.amount, &it.currency, &it.id)?,
        status,
        created: instant(it.created),
        movement: moved(client, it.balance_transaction.as_deref()).await?,
        id: it.id,
    }))
}

fn dispute(it: Dispute) -> Result<ProcessorDispute> {
    Ok(ProcessorDispute {
        charge: it.charge,
        amount: money(it.amount, &it.currency, &it.id)?,
        status: match it.status.as_str() {
            "won" => DisputeStatus::Won,
            "lost" => DisputeStatus::Lost,
            _ => DisputeStatus::Open,
        },
        created: instant(it.created),
        movements: it.balance_transactions.iter().map(movement).collect::<Result<_>>()?,
        id: it.id,
    })
}

#[async_trait]
impl Charges for Stripe {
    async fn charge(&self, id: &str) -> Result<Option<ProcessorCharge>> {
        let Some(it) = wire::get::<Charge>(&self.client, &format!("/charges/{id}"), None).await? else {
            return Ok(None);
        };
        let invoice = invoice_of(&self.client, it.payment_intent.as_deref()).await?;
        charge(&self.client, &it, invoice).await.map(Some)
    }

    async fn charges_of(&self, invoice: &str) -> Result<Vec<ProcessorCharge>> {
        let query = OfInvoice { invoice };
        let payments: Vec<InvoicePayment> = wire::list(&self.client, "/invoice_payments", &query, None).await?;
        let mut all = Vec::new();
        for payment in &payments {
            let Some(payment_intent) = payment.payment.payment_intent.as_deref() else { continue };
            let charges: Vec<Charge> = wire::list(&self.client, "/charges", &OfIntent { payment_intent }, None).await?;
            for it in &charges {
                all.push(charge(&self.client, it, Some(invoice.to_owned())).await?);
            }
        }
        Ok(all)
    }

    async fn refund(&self, id: &str) -> Result<Option<ProcessorRefund>> {
        match wire::get::<Refund>(&self.client, &format!("/refunds/{id}"), None).await? {
            Some(it) => refund(&self.client, it).await,
            None => Ok(None),
        }
    }

    async fn refunds_of(&self, charge: &str) -> Result<Vec<ProcessorRefund>> {
        let refunds: Vec<Refund> = wire::list(&self.client, "/refunds", &OfCharge { charge }, None).await?;
        let mut all = Vec::with_capacity(refunds.len());
        for it in refunds {
            all.extend(refund(&self.client, it).await?);
        }
        Ok(all)
    }

    async fn dispute(&self, id: &str) -> Result<Option<ProcessorDispute>> {
        wire::get::<Dispute>(&self.client, &format!("/disputes/{id}"), None).await?.map(dispute).transpose()
    }

    async fn disputes_of(&self, charge: &str) -> Result<Vec<ProcessorDispute>> {
        let all: Vec<Dispute> = wire::list(&self.client, "/disputes", &OfCharge { charge }, None).await?;
        all.into_iter().map(dispute).collect()
    }
}
