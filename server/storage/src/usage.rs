//! What organizations run, as numbers.

use crate::Database;
use crate::convert::count;
use crate::entity::installation::{Column, Entity};
use async_trait::async_trait;
use contract::install::ConnectionState;
use contract::{ListingId, Timestamp};
use domain::ports::{Neighbour, Neighbourhood, Usage};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select};

/// Installations through which data has flowed and that are still there.
fn running() -> Select<Entity> {
    Entity::find()
        .filter(Column::State.ne(ConnectionState::Uninstalled.as_str()))
        .filter(Column::FirstProofAt.is_not_null())
}

fn organizations() -> Expr {
    Expr::col((Entity, Column::OrganizationId)).count_distinct()
}

impl Database {
    /// Number of different organizations in each listing's rows, where there are so many.
    async fn by_listing(&self, rows: Select<Entity>, least: u32) -> Result<Vec<(ListingId, u32)>> {
        let found: Vec<(String, i64)> = rows
            .select_only()
            .column(Column::ListingId)
            .column_as(organizations(), "number")
            .group_by(Column::ListingId)
            .having(organizations().gte(i64::from(least)))
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(found.into_iter().map(|(id, number)| (ListingId(id), count(number))).collect())
    }
}

#[async_trait]
impl Usage for Database {
    async fn neighbourhood(&self, listing: &ListingId, least: u32) -> Result<Neighbourhood> {
        let own = running().select_only().column(Column::OrganizationId).filter(Column::ListingId.eq(&listing.0));
        let beside = running().filter(Column::OrganizationId.in_subquery(own.into_query()));
        let both = self.by_listing(beside, least).await?;
        let Some(here) = both.iter().find(|(id, _)| id == listing).map(|(_, number)| *number) else {
            return Ok(Neighbourhood::default());
        };
        let ids: Vec<&str> = both.iter().map(|(id, _)| id.as_str()).collect();
        let totals = self.by_listing(running().filter(Column::ListingId.is_in(ids)), least).await?;
        let all: Option<i64> = running()
            .select_only()
            .column_as(organizations(), "number")
            .into_tuple()
            .one(&self.connection)
            .await
            .map_err(Error::storage)?;
        let others = both.into_iter().filter(|(id, _)| id != listing);
        let neighbours = others.map(|(listing, both)| {
            let here = totals.iter().find(|(id, _)| *id == listing).map_or(both, |(_, number)| *number);
            Neighbour { listing, here, both }
        });
        Ok(Neighbourhood { all: count(all.unwrap_or_default()), here, neighbours: neighbours.collect() })
    }

    async fn begun(&self, from: Timestamp, to: Timestamp, least: u32) -> Result<Vec<(ListingId, u32)>> {
        let rows = running().filter(Column::CreatedAt.gte(from.0)).filter(Column::CreatedAt.lt(to.0));
        self.by_listing(rows, least).await
    }
}
