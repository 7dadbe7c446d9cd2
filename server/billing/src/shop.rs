//! Selling, as the domain sees it.

use crate::{Nobody, Stripe, changes, orders, prices};
use async_trait::async_trait;
use contract::money::Currency;
use contract::{ErrorCode, OrganizationId, PublicError};
use domain::Result;
use domain::ports::{Checkout, ListedPrice, Order, PlanChange, Preview, Shop, WantedPrice};

#[async_trait]
impl Shop for Stripe {
    async fn put_price(&self, wanted: &WantedPrice) -> Result<String> {
        prices::put(&self.client, wanted).await
    }

    async fn prices(&self) -> Result<Vec<ListedPrice>> {
        prices::all(&self.client).await
    }

    async fn retire_price(&self, id: &str) -> Result<()> {
        prices::retire(&self.client, id).await
    }

    async fn create_customer(
        &self,
        organization: &OrganizationId,
        currency: Currency,
        name: &str,
        email: &str,
    ) -> Result<String> {
        orders::customer(&self.client, organization, currency, (name, email)).await
    }

    async fn begin_checkout(&self, order: &Order) -> Result<Checkout> {
        orders::begin(&self.client, order, self.automatic_tax).await
    }

    async fn checkout(&self, id: &str) -> Result<Option<Checkout>> {
        orders::now(&self.client, id).await
    }

    async fn expire_checkout(&self, id: &str) -> Result<Option<Checkout>> {
        orders::expire(&self.client, id).await
    }

    async fn portal(&self, customer: &str, return_url: &str) -> Result<String> {
        orders::portal(&self.client, customer, return_url).await
    }

    async fn preview(&self, change: &PlanChange) -> Result<Preview> {
        changes::preview(&self.client, change).await
    }

    async fn change(&self, change: &PlanChange, key: &str) -> Result<()> {
        changes::change(&self.client, change, key).await
    }

    async fn end_after(&self, subscription: &str, months: u32) -> Result<()> {
        changes::end_after(&self.client, subscription, months).await
    }

    async fn end_with_period(&self, subscription: &str, ends: bool) -> Result<()> {
        changes::end_with_period(&self.client, subscription, ends).await
    }

    async fn pause(&self, subscription: &str, paused: bool) -> Result<()> {
        changes::pause(&self.client, subscription, paused).await
    }
}

fn closed<T>() -> Result<T> {
    Err(PublicError::new(
        ErrorCode::NotFound,
        "Nothing is sold here",
        "Payments are not configured on this marketplace.",
        "Use what is free, or ask whoever runs the marketplace.",
    )
    .into())
}

#[async_trait]
impl Shop for Nobody {
    async fn put_price(&self, _: &WantedPrice) -> Result<String> {
        closed()
    }

    async fn prices(&self) -> Result<Vec<ListedPrice>> {
        Ok(Vec::new())
    }

    async fn retire_price(&self, _: &str) -> Result<()> {
        closed()
    }

    async fn create_customer(&self, _: &OrganizationId, _: Currency, _: &str, _: &str) -> Result<String> {
        closed()
    }

    async fn begin_checkout(&self, _: &Order) -> Result<Checkout> {
        closed()
    }

    async fn checkout(&self, _: &str) -> Result<Option<Checkout>> {
        Ok(None)
    }

    async fn expire_checkout(&self, _: &str) -> Result<Option<Checkout>> {
        Ok(None)
    }

    async fn portal(&self, _: &str, _: &str) -> Result<String> {
        closed()
    }

    async fn preview(&self, _: &PlanChange) -> Result<Preview> {
        closed()
    }

    async fn change(&self, _: &PlanChange, _: &str) -> Result<()> {
        closed()
    }

    async fn end_after(&self, _: &str, _: u32) -> Result<()> {
        closed()
    }

    async fn end_with_period(&self, _: &str, _: bool) -> Result<()> {
        closed()
    }

    async fn pause(&self, _: &str, _: bool) -> Result<()> {
        closed()
    }
}
