//! Without a processor there are no payments, and nobody is paid.

use crate::Nobody;
use async_trait::async_trait;
use contract::PartnerId;
use domain::ports::{
    Charges, NewTransfer, Payouts, ProcessorAccount, ProcessorCharge, ProcessorDispute, ProcessorPayout,
    ProcessorRefund, ProcessorTransfer, Reversal, Sent,
};
use domain::{Error, Result};

fn nothing<T>() -> Result<T> {
    Err(Error::Payments("payments are not configured".to_owned()))
}

#[async_trait]
impl Charges for Nobody {
    async fn charge(&self, _: &str) -> Result<Option<ProcessorCharge>> {
        Ok(None)
    }

    async fn charges_of(&self, _: &str) -> Result<Vec<ProcessorCharge>> {
        Ok(Vec::new())
    }

    async fn refund(&self, _: &str) -> Result<Option<ProcessorRefund>> {
        Ok(None)
    }

    async fn refunds_of(&self, _: &str) -> Result<Vec<ProcessorRefund>> {
        Ok(Vec::new())
    }

    async fn dispute(&self, _: &str) -> Result<Option<ProcessorDispute>> {
        Ok(None)
    }

    async fn disputes_of(&self, _: &str) -> Result<Vec<ProcessorDispute>> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl Payouts for Nobody {
    async fn create_account(&self, _: &PartnerId, _: &str) -> Result<ProcessorAccount> {
        nothing()
    }

    async fn account_link(&self, _: &str, _: &str, _: &str) -> Result<String> {
        nothing()
    }

    async fn account(&self, _: &str) -> Result<Option<ProcessorAccount>> {
        Ok(None)
    }

    async fn transfer(&self, _: &NewTransfer) -> Result<Sent> {
        nothing()
    }

    async fn transfer_of(&self, _: &str) -> Result<Option<ProcessorTransfer>> {
        Ok(None)
    }

    async fn transfers(&self) -> Result<Vec<ProcessorTransfer>> {
        Ok(Vec::new())
    }

    async fn reverse(&self, _: &str, _: &str) -> Result<Reversal> {
        nothing()
    }

    async fn payout(&self, _: &str, _: &str) -> Result<Option<ProcessorPayout>> {
        Ok(None)
    }

    async fn payouts_of(&self, _: &str) -> Result<Vec<ProcessorPayout>> {
        Ok(Vec::new())
    }
}
