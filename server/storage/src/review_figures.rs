//! What the reviews of a listing come to, and keeping the listing in step with it.

use crate::catalogue::append_change;
use crate::convert::count;
use crate::entity::{listing, review};
use crate::review_rows::column;
use contract::Timestamp;
use contract::review::Aspect;
use domain::ports::ReviewFigures;
use domain::review::average;
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};

/// Reviews of a listing that are shown.
pub(crate) fn shown(listing: &str) -> Select<review::Entity> {
    review::Entity::find().filter(review::Column::ListingId.eq(listing)).filter(review::Column::Hidden.eq(false))
}

/// How often each number of stars is in a column, from one to five.
async fn spread(db: &impl ConnectionTrait, listing: &str, of: review::Column) -> Result<[u32; 5]> {
    let rows: Vec<(i64, i64)> = shown(listing)
        .select_only()
        .column(of)
        .column_as(review::Column::Id.count(), "number")
        .filter(of.is_not_null())
        .group_by(of)
        .into_tuple()
        .all(db)
        .await
        .map_err(Error::storage)?;
    let mut stars = [0; 5];
    for (value, number) in rows {
        let place = usize::try_from(value - 1).ok().and_then(|at| stars.get_mut(at));
        *place.ok_or_else(|| Error::Corrupt(format!("{value} stars of {listing}")))? = count(number);
    }
    Ok(stars)
}

/// Everything that is shown above a list of reviews.
pub(crate) async fn figures(db: &impl ConnectionTrait, listing: &str) -> Result<ReviewFigures> {
    let mut figures =
        ReviewFigures { stars: spread(db, listing, review::Column::Stars).await?, ..ReviewFigures::default() };
    for aspect in Aspect::ALL {
        let stars = spread(db, listing, column(*aspect)).await?;
        let (sum, number) = (1..).zip(stars).fold((0, 0), |(sum, all), (value, it)| (sum + value * it, all + it));
        if number > 0 {
            figures.aspects.push((*aspect, sum, number));
        }
    }
    figures.releases = shown(listing)
        .select_only()
        .column(review::Column::Version)
        .distinct()
        .into_tuple()
        .all(db)
        .await
        .map_err(Error::storage)?;
    Ok(figures)
}

/// Brings the listing's average up to its reviews, and tells search and pages that something changed. One counts at a time,
/// or two that change in the same moment would not see each other.
pub(crate) async fn changed(db: &impl ConnectionTrait, id: &str, now: Timestamp) -> Result<()> {
    listing::Entity::find_by_id(id).lock_exclusive().one(db).await.map_err(Error::storage)?;
    let stars = spread(db, id, review::Column::Stars).await?;
    let reviews: i64 = stars.iter().map(|it| i64::from(*it)).sum();
    listing::Entity::update_many()
        .col_expr(listing::Column::Rating, Expr::value(i64::from(average(&stars).unwrap_or_default())))
        .col_expr(listing::Column::Reviews, Expr::value(reviews))
        .filter(listing::Column::Id.eq(id))
        .exec(db)
        .await
        .map_err(Error::storage)?;
    append_change(db, id, now).await
}
