//! What we keep of selling: customers, prices, orders on their way.

use crate::Database;
use crate::convert::{from_json, to_currency, to_json};
use crate::effects::apply;
use crate::entity::{billing_customer, price, purchase};
use async_trait::async_trait;
use contract::billing::Interval;
use contract::money::Currency;
use contract::{ListingId, OrganizationId, Timestamp, UserId};
use domain::ports::{CheckoutState, Effects, KeptPrice, Purchase, Purchases};
use domain::{Error, Result};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

fn interval(name: &str) -> Result<Interval> {
    Interval::parse(name).ok_or_else(|| Error::Corrupt(format!("there is no interval {name:?}")))
}

fn to_price(row: price::Model) -> Result<KeptPrice> {
    Ok(KeptPrice {
        plan: from_json(&row.plan, "plan of a price")?,
        interval: interval(&row.interval)?,
        id: row.id,
        key: row.key,
        listing: ListingId(row.listing_id),
        created_at: Timestamp(row.created_at),
    })
}

fn to_purchase(row: purchase::Model) -> Result<Purchase> {
    let state = CheckoutState::parse(&row.state);
    Ok(Purchase {
        state: state.ok_or_else(|| Error::Corrupt(format!("state {:?} of {}", row.state, row.id)))?,
        interval: interval(&row.interval)?,
        id: row.id,
        organization: OrganizationId(row.organization_id),
        person: UserId(row.person_id),
        listing: ListingId(row.listing_id),
        plan: row.plan,
        seats: u64::try_from(row.seats).unwrap_or_default(),
        offer: (!row.offer.is_empty()).then_some(row.offer),
        session: row.session,
        url: row.url,
        created_at: Timestamp(row.created_at),
    })
}

#[async_trait]
impl Purchases for Database {
    async fn customers_of(&self, organization: &OrganizationId) -> Result<Vec<(Currency, String)>> {
        use billing_customer::Column;
        let rows = billing_customer::Entity::find()
            .filter(Column::OrganizationId.eq(&organization.0))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Currency)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(|row| Ok((to_currency(&row.currency)?, row.customer))).collect()
    }

    async fn keep_customer(
        &self,
        organization: &OrganizationId,
        currency: Currency,
        customer: &str,
        now: Timestamp,
    ) -> Result<()> {
        let row = billing_customer::Model {
            organization_id: organization.0.clone(),
            currency: currency.code().to_owned(),
            customer: customer.to_owned(),
            created_at: now.0,
        };
        let insert = billing_customer::Entity::insert(row.into_active_model()).on_conflict_do_nothing();
        insert.exec(&self.connection).await.map(|_| ()).map_err(Error::storage)
    }

    async fn keep_price(&self, it: &KeptPrice) -> Result<()> {
        let row = price::Model {
            id: it.id.clone(),
            key: it.key.clone(),
            listing_id: it.listing.0.clone(),
            plan: to_json(&it.plan, "plan of a price")?,
            interval: it.interval.as_str().to_owned(),
            created_at: it.created_at.0,
        };
        let insert = price::Entity::insert(row.into_active_model()).on_conflict_do_nothing();
        insert.exec(&self.connection).await.map(|_| ()).map_err(Error::storage)
    }

    async fn kept_price(&self, id: &str) -> Result<Option<KeptPrice>> {
        let row = price::Entity::find_by_id(id).one(&self.connection).await.map_err(Error::storage)?;
        row.map(to_price).transpose()
    }

    async fn kept_prices(&self, listing: &ListingId) -> Result<Vec<KeptPrice>> {
        let rows = price::Entity::find()
            .filter(price::Column::ListingId.eq(&listing.0))
            .order_by_asc(price::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_price).collect()
    }

    async fn begin_purchase(&self, it: &Purchase, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        let row = purchase::Model {
            id: it.id.clone(),
            organization_id: it.organization.0.clone(),
            person_id: it.person.0.clone(),
            listing_id: it.listing.0.clone(),
            plan: it.plan.clone(),
            interval: it.interval.as_str().to_owned(),
            seats: i64::try_from(it.seats).unwrap_or(i64::MAX),
            offer: it.offer.clone().unwrap_or_default(),
            session: it.session.clone(),
            url: it.url.clone(),
            state: it.state.as_str().to_owned(),
            created_at: it.created_at.0,
        };
        purchase::Entity::insert(row.into_active_model()).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn open_purchases(&self, organization: &OrganizationId, listing: &ListingId) -> Result<Vec<Purchase>> {
        let rows = purchase::Entity::find()
            .filter(purchase::Column::OrganizationId.eq(&organization.0))
            .filter(purchase::Column::ListingId.eq(&listing.0))
            .filter(purchase::Column::State.eq(CheckoutState::Open.as_str()))
            .order_by_desc(purchase::Column::CreatedAt)
            .order_by_desc(purchase::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_purchase).collect()
    }

    async fn purchase_by_session(&self, session: &str) -> Result<Option<Purchase>> {
        let found = purchase::Entity::find().filter(purchase::Column::Session.eq(session));
        found.one(&self.connection).await.map_err(Error::storage)?.map(to_purchase).transpose()
    }

    async fn purchase_sent(&self, id: &str, session: &str, url: Option<&str>) -> Result<()> {
        let row = purchase::ActiveModel {
            id: Set(id.to_owned()),
            session: Set(Some(session.to_owned())),
            url: Set(url.map(str::to_owned)),
            ..Default::default()
        };
        purchase::Entity::update(row).exec(&self.connection).await.map(|_| ()).map_err(Error::storage)
    }

    async fn purchase_ended(&self, id: &str, state: CheckoutState) -> Result<()> {
        let row = purchase::ActiveModel {
            id: Set(id.to_owned()),
            state: Set(state.as_str().to_owned()),
            ..Default::default()
        };
        purchase::Entity::update(row).exec(&self.connection).await.map(|_| ()).map_err(Error::storage)
    }
}
