//! Partners' accounts (Stripe Connect), transfers to them, and payouts to their banks.

use crate::Stripe;
use crate::failure::failed;
use crate::wire::{self, instant, listed, money};
use async_trait::async_trait;
use contract::PartnerId;
use domain::ports::{
    NewTransfer, PayoutStatus, Payouts, ProcessorAccount, ProcessorPayout, ProcessorTransfer, Reversal, Sent,
};
use domain::{Error, Result};
use miniserde::Deserialize;
use serde::Serialize;
use std::collections::HashMap;
use stripe::StripeError;

#[derive(Deserialize)]
struct Account {
    id: String,
    charges_enabled: bool,
    payouts_enabled: bool,
    details_submitted: bool,
    capabilities: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
struct Link {
    url: String,
}

#[derive(Deserialize)]
struct Transfer {
    id: String,
    amount: i64,
    currency: String,
    created: i64,
    destination: Option<String>,
    #[serde(rename = "transfer_group")]
    group: Option<String>,
    amount_reversed: i64,
}

#[derive(Deserialize)]
struct TransferReversal {
    id: String,
    amount: i64,
    currency: String,
    created: i64,
}

#[derive(Deserialize)]
struct Payout {
    id: String,
    amount: i64,
    currency: String,
    status: String,
    arrival_date: i64,
}

listed!(Transfer, TransferReversal, Payout);

#[derive(Serialize)]
struct NewAccount<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    business_profile: Profile<'a>,
    capabilities: Capabilities,
    metadata: OfPartner<'a>,
}

#[derive(Serialize)]
struct Profile<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Capabilities {
    transfers: Requested,
}

#[derive(Serialize)]
struct Requested {
    requested: bool,
}

#[derive(Serialize)]
struct OfPartner<'a> {
    partner: &'a str,
}

#[derive(Serialize)]
struct NewLink<'a> {
    account: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    return_url: &'a str,
    refresh_url: &'a str,
}

#[derive(Serialize)]
struct Order<'a> {
    amount: i64,
    currency: String,
    destination: &'a str,
    transfer_group: &'a str,
    metadata: OfPartner<'a>,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct InGroup<'a> {
    transfer_group: &'a str,
}

fn account(it: &Account) -> ProcessorAccount {
    let capabilities = it.capabilities.as_ref();
    ProcessorAccount {
        id: it.id.clone(),
        charges_enabled: it.charges_enabled,
        payouts_enabled: it.payouts_enabled,
        details_submitted: it.details_submitted,
        transfers_enabled: capabilities.and_then(|it| it.get("transfers")).is_some_and(|state| state == "active"),
    }
}

fn reversal(it: TransferReversal) -> Result<Reversal> {
    Ok(Reversal { amount: money(it.amount, &it.currency, &it.id)?, at: instant(it.created), id: it.id })
}

fn payout(it: Payout) -> Result<ProcessorPayout> {
    Ok(ProcessorPayout {
        amount: money(it.amount, &it.currency, &it.id)?,
        status: match it.status.as_str() {
            "paid" => PayoutStatus::Paid,
            "failed" | "canceled" => PayoutStatus::Failed,
            _ => PayoutStatus::OnItsWay,
        },
        arrives: instant(it.arrival_date),
        id: it.id,
    })
}

impl Stripe {
    async fn to_transfer(&self, it: Transfer) -> Result<ProcessorTransfer> {
        let mut reversals = Vec::new();
        if it.amount_reversed > 0 {
            let path = format!("/transfers/{}/reversals", it.id);
            let found: Vec<TransferReversal> = wire::list(&self.client, &path, &Nothing {}, None).await?;
            reversals = found.into_iter().map(reversal).collect::<Result<_>>()?;
        }
        Ok(ProcessorTransfer {
            amount: money(it.amount, &it.currency, &it.id)?,
            account: it.destination.unwrap_or_default(),
            run: it.group.unwrap_or_default(),
            at: instant(it.created),
            reversals,
            id: it.id,
        })
    }
}

/// What a refused order means. Nothing was moved; anything else is not known to be so, and is tried again with the same key.
fn refused(error: StripeError) -> Result<Sent> {
    match error {
        StripeError::Stripe(error, 400 | 402 | 404) => {
            // Something else was ordered under this key: it may have moved money.
            if error.type_.as_str() == "idempotency_error" {
                return Err(Error::Payments(error.message.unwrap_or_default()));
            }
            let code = error.code.as_ref().map(ToString::to_string).unwrap_or_default();
            let words = error.message.unwrap_or_default();
            match code.as_str() {
                "balance_insufficient" => Ok(Sent::Short),
                _ => Ok(Sent::Refused(words)),
            }
        }
        other => Err(failed(other)),
    }
}

#[async_trait]
impl Payouts for Stripe {
    async fn create_account(&self, partner: &PartnerId, name: &str) -> Result<ProcessorAccount> {
        let form = NewAccount {
            kind: "express",
            business_profile: Profile { name },
            capabilities: Capabilities { transfers: Requested { requested: true } },
            metadata: OfPartner { partner: partner.as_str() },
        };
        let key = format!("partner-account-{partner}");
        let made: Account = wire::post(&self.client, "/accounts", &form, Some(&key)).await?.map_err(failed)?;
        Ok(account(&made))
    }

    async fn account_link(&self, account: &str, back: &str, again: &str) -> Result<String> {
        let form = NewLink { account, kind: "account_onboarding", return_url: back, refresh_url: again };
        let link: Link = wire::post(&self.client, "/account_links", &form, None).await?.map_err(failed)?;
        Ok(link.url)
    }

    async fn account(&self, id: &str) -> Result<Option<ProcessorAccount>> {
        let found = wire::get::<Account>(&self.client, &format!("/accounts/{id}"), None).await?;
        Ok(found.as_ref().map(account))
    }

    async fn transfer(&self, it: &NewTransfer) -> Result<Sent> {
        let form = Order {
            amount: it.amount.minor,
            currency: it.amount.currency.code().to_lowercase(),
            destination: &it.account,
            transfer_group: &it.run,
            metadata: OfPartner { partner: it.partner.as_str() },
        };
        match wire::post::<Transfer, _>(&self.client, "/transfers", &form, Some(&it.key)).await? {
            Ok(made) => self.to_transfer(made).await.map(Sent::Done),
            Err(error) => refused(error),
        }
    }

    async fn transfer_of(&self, run: &str) -> Result<Option<ProcessorTransfer>> {
        let query = InGroup { transfer_group: run };
        let found: Vec<Transfer> = wire::list(&self.client, "/transfers", &query, None).await?;
        match found.into_iter().last() {
            Some(it) => self.to_transfer(it).await.map(Some),
            None => Ok(None),
        }
    }

    async fn transfers(&self) -> Result<Vec<ProcessorTransfer>> {
        let found: Vec<Transfer> = wire::list(&self.client, "/transfers", &Nothing {}, None).await?;
        let mut all = Vec::with_capacity(found.len());
        for it in found {
            all.push(self.to_transfer(it).await?);
        }
        Ok(all)
    }

    async fn reverse(&self, transfer: &str, key: &str) -> Result<Reversal> {
        let path = format!("/transfers/{transfer}/reversals");
        reversal(wire::post(&self.client, &path, &Nothing {}, Some(key)).await?.map_err(failed)?)
    }

    async fn payout(&self, account: &str, id: &str) -> Result<Option<ProcessorPayout>> {
        let found = wire::get::<Payout>(&self.client, &format!("/payouts/{id}"), Some(account)).await?;
        found.map(payout).transpose()
    }

    async fn payouts_of(&self, account: &str) -> Result<Vec<ProcessorPayout>> {
        let all: Vec<Payout> = wire::list(&self.client, "/payouts", &Nothing {}, Some(account)).await?;
        all.into_iter().map(payout).collect()
    }
}
