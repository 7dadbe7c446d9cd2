//! Private offers.

use crate::Database;
use crate::convert::count;
use crate::effects::{apply, conclude};
use crate::entity::offer::{Column, Entity, Model};
use async_trait::async_trait;
use contract::billing::Interval;
use contract::money::{Currency, Money};
use contract::offer::OfferState;
use contract::{ListingId, OrganizationId, PartnerId, Timestamp, UserId};
use domain::ports::{Effects, Offer, Offers};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select};

fn to_offer(row: Model) -> Result<Offer> {
    let wrong = |what: &str| Error::Corrupt(format!("{what} of offer {}", row.id));
    let currency = Currency::parse(&row.currency).ok_or_else(|| wrong("currency"))?;
    Ok(Offer {
        interval: Interval::parse(&row.interval).ok_or_else(|| wrong("interval"))?,
        state: OfferState::parse(&row.state).ok_or_else(|| wrong("state"))?,
        price: Money::new(row.minor, currency),
        id: row.id,
        partner: PartnerId(row.partner_id),
        organization: OrganizationId(row.organization_id),
        listing: ListingId(row.listing_id),
        plan: row.plan,
        message: row.message,
        months: count(row.months),
        created_by: UserId(row.created_by),
        created_at: Timestamp(row.created_at),
        expires_at: Timestamp(row.expires_at),
    })
}

impl Database {
    async fn offers_in(&self, found: Select<Entity>) -> Result<Vec<Offer>> {
        let found = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
        found.all(&self.connection).await.map_err(Error::storage)?.into_iter().map(to_offer).collect()
    }
}

#[async_trait]
impl Offers for Database {
    async fn add_offer(&self, it: &Offer, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        let row = Model {
            id: it.id.clone(),
            partner_id: it.partner.0.clone(),
            organization_id: it.organization.0.clone(),
            listing_id: it.listing.0.clone(),
            plan: it.plan.clone(),
            message: it.message.clone(),
            currency: it.price.currency.code().to_owned(),
            minor: it.price.minor,
            interval: it.interval.as_str().to_owned(),
            months: i64::from(it.months),
            state: it.state.as_str().to_owned(),
            created_by: it.created_by.0.clone(),
            created_at: it.created_at.0,
            expires_at: it.expires_at.0,
        };
        Entity::insert(row.into_active_model()).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn offers_of(&self, partner: &PartnerId) -> Result<Vec<Offer>> {
        self.offers_in(Entity::find().filter(Column::PartnerId.eq(partner.as_str()))).await
    }

    async fn offers_for(&self, organization: &OrganizationId) -> Result<Vec<Offer>> {
        self.offers_in(Entity::find().filter(Column::OrganizationId.eq(organization.as_str()))).await
    }

    async fn end_offer(&self, id: &str, state: OfferState, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let ended = Entity::update_many()
            .col_expr(Column::State, Expr::value(state.as_str()))
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(OfferState::Open.as_str()))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        conclude(tx, ended.rows_affected, effects).await
    }
}
