//! No processor: nothing is sold, and what is free keeps working.

use async_trait::async_trait;
use contract::Timestamp;
use domain::Result;
use domain::ports::{NoticeRefusal, PaymentNotice, Payments, ProcessorInvoice, ProcessorSubscription, Selling};

/// Stands where no processor is configured.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

#[async_trait]
impl Payments for Nobody {
    fn selling(&self) -> Selling {
        Selling::Off
    }

    fn notice(&self, _: &[u8], _: &str, _: Timestamp) -> std::result::Result<PaymentNotice, NoticeRefusal> {
        Err(NoticeRefusal::NotConfigured)
    }

    async fn notices_since(&self, _: Timestamp) -> Result<Vec<PaymentNotice>> {
        Ok(Vec::new())
    }

    async fn subscription(&self, _: &str) -> Result<Option<ProcessorSubscription>> {
        Ok(None)
    }

    async fn invoice(&self, _: &str) -> Result<Option<ProcessorInvoice>> {
        Ok(None)
    }
}
