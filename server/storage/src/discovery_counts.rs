//! Counts of how people look for integrations.

use crate::Database;
use crate::convert::count;
use crate::entity::discovery_count::{ActiveModel, Column, Entity};
use crate::entity::installation;
use async_trait::async_trait;
use contract::{ListingId, Timestamp};
use domain::ports::{Begun, Counted, DiscoveryCounts};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

fn from_day(what: Counted, from: i64) -> Select<Entity> {
    Entity::find().select_only().filter(Column::Kind.eq(what.as_str())).filter(Column::Day.gte(from))
}

/// The sum of a column of whole numbers, as one on both databases.
fn sum() -> sea_orm::sea_query::SimpleExpr {
    Expr::col(Column::Number).sum().cast_as("bigint")
}

fn summed(rows: Vec<(String, i64)>) -> Vec<(String, u32)> {
    rows.into_iter().map(|(subject, number)| (subject, count(number))).collect()
}

#[async_trait]
impl DiscoveryCounts for Database {
    async fn count(&self, day: i64, what: &[(Counted, &str)], most: u64) -> Result<()> {
        let tx = self.begin().await?;
        for (kind, subject) in what {
            let again = Entity::update_many()
                .col_expr(Column::Number, Expr::col(Column::Number).add(1))
                .filter(Column::Day.eq(day))
                .filter(Column::Kind.eq(kind.as_str()))
                .filter(Column::Subject.eq(*subject))
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
            if again.rows_affected > 0 {
                continue;
            }
            let today = Entity::find().filter(Column::Day.eq(day)).filter(Column::Kind.eq(kind.as_str()));
            if today.count(&tx).await.map_err(Error::storage)? >= most {
                continue;
            }
            let row = ActiveModel {
                day: Set(day),
                kind: Set(kind.as_str().to_owned()),
                subject: Set((*subject).to_owned()),
                number: Set(1),
            };
            let again = sea_orm::sea_query::OnConflict::columns([Column::Day, Column::Kind, Column::Subject])
                .value(Column::Number, Expr::col((Entity, Column::Number)).add(1))
                .to_owned();
            Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await.map_err(Error::storage)?;
        }
        tx.commit().await.map_err(Error::storage)
    }

    async fn sums(&self, what: Counted, from: i64, most: u64) -> Result<Vec<(String, u32)>> {
        let rows = from_day(what, from)
            .column(Column::Subject)
            .column_as(sum(), "total")
            .group_by(Column::Subject)
            .order_by(Expr::cust("total"), Order::Desc)
            .order_by_asc(Column::Subject)
            .limit(most)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(summed(rows))
    }

    async fn sums_of(&self, what: Counted, from: i64, subjects: &[String]) -> Result<Vec<(String, u32)>> {
        let rows = from_day(what, from)
            .filter(Column::Subject.is_in(subjects.iter().map(String::as_str)))
            .column(Column::Subject)
            .column_as(sum(), "total")
            .group_by(Column::Subject)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(summed(rows))
    }

    async fn total(&self, what: Counted, from: i64) -> Result<u32> {
        let total: Option<Option<i64>> = from_day(what, from)
            .column_as(sum(), "total")
            .into_tuple()
            .one(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(count(total.flatten().unwrap_or_default()))
    }

    async fn begun(&self, since: Timestamp) -> Result<Vec<Begun>> {
        let rows: Vec<(String, i64, i64)> = installation::Entity::find()
            .select_only()
            .column(installation::Column::ListingId)
            .column_as(installation::Column::Id.count(), "begun")
            .column_as(installation::Column::FirstProofAt.count(), "proven")
            .filter(installation::Column::CreatedAt.gte(since.0))
            .group_by(installation::Column::ListingId)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let begun = rows.into_iter().map(|(listing, begun, proven)| Begun {
            listing: ListingId(listing),
            begun: count(begun),
            proven: count(proven),
        });
        Ok(begun.collect())
    }

    async fn forget(&self, before: i64) -> Result<u64> {
        let old = Entity::delete_many().filter(Column::Day.lt(before)).exec(&self.connection).await;
        Ok(old.map_err(Error::storage)?.rows_affected)
    }
}
