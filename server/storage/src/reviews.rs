//! Reviews with their earlier versions, votes and reports.

use crate::Database;
use crate::effects::apply;
use crate::entity::{
    installation, membership, person, review, review_effort, review_report, review_version, review_vote,
};
use crate::review_figures::{changed, figures, shown};
use crate::review_rows::{from_review, to_earlier, to_report, to_review};
use async_trait::async_trait;
use contract::install::ConnectionState;
use contract::review::{EarlierReview, ReviewOrder};
use contract::{InstallationId, ListingId, OrganizationId, PartnerId, ReviewId, Timestamp, UserId};
use domain::ports::{
    Along, Effects, Effort, Recipient, Report, Review, ReviewFigures, Reviews, Start, Use, WantedReviews,
};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, TryInsertResult,
};

fn texts(ids: &[ReviewId]) -> Vec<String> {
    ids.iter().map(|id| id.0.clone()).collect()
}

/// The reviews that fit, without order and place.
fn fitting(listing: &ListingId, wanted: &WantedReviews) -> Select<review::Entity> {
    let mut found = shown(listing.as_str());
    if let Some(stars) = wanted.stars {
        found = found.filter(review::Column::Stars.eq(i64::from(stars)));
    }
    if !wanted.release.is_empty() {
        found = found.filter(review::Column::Version.eq(&wanted.release));
    }
    if let Some(size) = wanted.size {
        found = found.filter(review::Column::Size.eq(size.as_str()));
    }
    found
}

/// What comes behind a place in an order.
fn behind(order: ReviewOrder, helpful: u32, id: &ReviewId) -> Condition {
    let later = review::Column::Id.lt(&id.0);
    match order {
        ReviewOrder::Newest => Condition::all().add(later),
        ReviewOrder::Helpful => {
            let helpful = i64::from(helpful);
            let equal = Condition::all().add(review::Column::Helpful.eq(helpful)).add(later);
            Condition::any().add(review::Column::Helpful.lt(helpful)).add(equal)
        }
    }
}

impl Database {
    async fn to_reviews(&self, rows: Vec<review::Model>) -> Result<Vec<Review>> {
        let names = self.names_of(rows.iter().map(|row| row.author_id.clone()).collect()).await?;
        rows.into_iter().map(|row| to_review(row, &names)).collect()
    }

    async fn all_reviews(&self, found: Select<review::Entity>) -> Result<Vec<Review>> {
        let rows = found.all(&self.connection).await.map_err(Error::storage)?;
        self.to_reviews(rows).await
    }
}

/// Everybody sees the change, and nobody sees half of it.
async fn finish(tx: DatabaseTransaction, listing: &ListingId, effects: &Effects, now: Timestamp) -> Result<bool> {
    changed(&tx, listing.as_str(), now).await?;
    apply(&tx, effects).await?;
    tx.commit().await.map_err(Error::storage)?;
    Ok(true)
}

#[async_trait]
impl Reviews for Database {
    async fn uses(&self, organization: &OrganizationId, listing: &ListingId) -> Result<Vec<Use>> {
        let rows = installation::Entity::find()
            .filter(installation::Column::OrganizationId.eq(&organization.0))
            .filter(installation::Column::ListingId.eq(&listing.0))
            .order_by_desc(installation::Column::CreatedAt)
            .order_by_desc(installation::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let one = |row: installation::Model| Use {
            installation: InstallationId(row.id),
            release: row.version,
            proven_at: row.first_proof_at.map(Timestamp),
            gone: row.state == ConnectionState::Uninstalled.as_str(),
            gone_at: row.uninstalled_at.map(Timestamp),
        };
        Ok(rows.into_iter().map(one).collect())
    }

    async fn review(&self, id: &ReviewId) -> Result<Option<Review>> {
        Ok(self.all_reviews(review::Entity::find_by_id(&id.0)).await?.pop())
    }

    async fn review_by(&self, listing: &ListingId, author: &UserId) -> Result<Option<Review>> {
        let found = review::Entity::find()
            .filter(review::Column::ListingId.eq(&listing.0))
            .filter(review::Column::AuthorId.eq(&author.0));
        Ok(self.all_reviews(found).await?.pop())
    }

    async fn reviews(&self, listing: &ListingId, wanted: &WantedReviews) -> Result<Vec<Review>> {
        let mut found = fitting(listing, wanted);
        if wanted.order == ReviewOrder::Helpful {
            found = found.order_by_desc(review::Column::Helpful);
        }
        found = found.order_by_desc(review::Column::Id).limit(wanted.limit);
        found = match &wanted.start {
            Start::Offset(offset) => found.offset(*offset),
            Start::After(helpful, id) => found.filter(behind(wanted.order, *helpful, id)),
        };
        self.all_reviews(found).await
    }

    async fn count_reviews(&self, listing: &ListingId, wanted: &WantedReviews) -> Result<u32> {
        let number = fitting(listing, wanted).count(&self.connection).await.map_err(Error::storage)?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    async fn review_figures(&self, listing: &ListingId) -> Result<ReviewFigures> {
        figures(&self.connection, listing.as_str()).await
    }

    async fn earlier_reviews(&self, reviews: &[ReviewId]) -> Result<Vec<(ReviewId, EarlierReview)>> {
        let rows = review_version::Entity::find()
            .filter(review_version::Column::ReviewId.is_in(texts(reviews)))
            .order_by_desc(review_version::Column::Sequence)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_earlier).collect()
    }

    async fn create_review(&self, new: &Review, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        // Which of the unique indexes is hit does not matter: the id is new, so it is the one of the author.
        let inserted = review::Entity::insert(from_review(new))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert()
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if !matches!(inserted, TryInsertResult::Inserted(_)) {
            return Ok(false);
        }
        finish(tx, &new.listing, effects, new.created_at).await
    }

    async fn change_review(&self, it: &Review, along: Along<'_>, effects: &Effects, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let mut row = from_review(it);
        // Counted by others in the meantime, so never written back.
        (row.id, row.helpful, row.revision) = (NotSet, NotSet, Set(it.revision + 1));
        let updated = review::Entity::update_many()
            .set(row)
            .filter(review::Column::Id.eq(&it.id.0))
            .filter(review::Column::Revision.eq(it.revision))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if updated.rows_affected == 0 {
            return Ok(false);
        }
        match along {
            Along::Nothing => {}
            Along::Keep(earlier) => {
                let row = review_version::ActiveModel {
                    sequence: NotSet,
                    review_id: Set(it.id.0.clone()),
                    version: Set(earlier.release.clone()),
                    stars: Set(earlier.stars.into()),
                    title: Set(earlier.title.clone()),
                    body: Set(earlier.text.clone()),
                    written_at: Set(earlier.at.0),
                };
                review_version::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
            }
            Along::CloseReports => {
                review_report::Entity::update_many()
                    .col_expr(review_report::Column::ClosedAt, Expr::value(now.0))
                    .filter(review_report::Column::ReviewId.eq(&it.id.0))
                    .filter(review_report::Column::ClosedAt.is_null())
                    .exec(&tx)
                    .await
                    .map_err(Error::storage)?;
            }
        }
        finish(tx, &it.listing, effects, now).await
    }

    async fn delete_review(&self, it: &Review, effects: &Effects, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let deleted = review::Entity::delete_many()
            .filter(review::Column::Id.eq(&it.id.0))
            .filter(review::Column::Revision.eq(it.revision))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if deleted.rows_affected == 0 {
            return Ok(false);
        }
        let versions = review_version::Entity::delete_many().filter(review_version::Column::ReviewId.eq(&it.id.0));
        versions.exec(&tx).await.map_err(Error::storage)?;
        let votes = review_vote::Entity::delete_many().filter(review_vote::Column::ReviewId.eq(&it.id.0));
        votes.exec(&tx).await.map_err(Error::storage)?;
        let reports = review_report::Entity::delete_many().filter(review_report::Column::ReviewId.eq(&it.id.0));
        reports.exec(&tx).await.map_err(Error::storage)?;
        finish(tx, &it.listing, effects, now).await
    }

    async fn votes_of(&self, person: &UserId, reviews: &[ReviewId]) -> Result<Vec<ReviewId>> {
        let rows = review_vote::Entity::find()
            .filter(review_vote::Column::PersonId.eq(&person.0))
            .filter(review_vote::Column::ReviewId.is_in(texts(reviews)))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(|row| ReviewId(row.review_id)).collect())
    }

    async fn vote(
        &self,
        it: &Review,
        person: &UserId,
        helpful: bool,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let differs = if helpful {
            let row = review_vote::ActiveModel {
                review_id: Set(it.id.0.clone()),
                person_id: Set(person.0.clone()),
                at: Set(now.0),
            };
            let inserted = review_vote::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
            matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_))
        } else {
            let deleted = review_vote::Entity::delete_by_id((it.id.0.clone(), person.0.clone())).exec(&tx).await;
            deleted.map_err(Error::storage)?.rows_affected > 0
        };
        if !differs {
            return Ok(false);
        }
        review::Entity::update_many()
            .col_expr(review::Column::Helpful, Expr::col(review::Column::Helpful).add(if helpful { 1 } else { -1 }))
            .filter(review::Column::Id.eq(&it.id.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        finish(tx, &it.listing, effects, now).await
    }

    async fn open_reports(&self, reviews: &[ReviewId]) -> Result<Vec<Report>> {
        let rows = review_report::Entity::find()
            .filter(review_report::Column::ReviewId.is_in(texts(reviews)))
            .filter(review_report::Column::ClosedAt.is_null())
            .order_by_asc(review_report::Column::At)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let names = self.names_of(rows.iter().map(|row| row.person_id.clone()).collect()).await?;
        rows.into_iter().map(|row| to_report(row, &names)).collect()
    }

    async fn report_review(&self, it: &Report, edited_at: Option<Timestamp>, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let row = review_report::ActiveModel {
            review_id: Set(it.review.0.clone()),
            person_id: Set(it.by.0.clone()),
            organization_id: Set(it.organization.0.clone()),
            reason: Set(it.reason.as_str().to_owned()),
            note: Set(it.note.clone()),
            at: Set(it.at.0),
            closed_at: Set(None),
        };
        let inserted = review_report::Entity::insert(row.clone()).on_conflict_do_nothing().exec(&tx).await;
        let mut stored = matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_));
        if let (false, Some(edited_at)) = (stored, edited_at) {
            let again = review_report::Entity::update_many()
                .set(row)
                .filter(review_report::Column::ReviewId.eq(&it.review.0))
                .filter(review_report::Column::PersonId.eq(&it.by.0))
                .filter(review_report::Column::ClosedAt.lt(edited_at.0))
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
            stored = again.rows_affected > 0;
        }
        if stored {
            apply(&tx, effects).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        Ok(stored)
    }

    async fn waiting_reviews(&self, limit: u64) -> Result<Vec<Review>> {
        let open = review_report::Entity::find()
            .select_only()
            .column(review_report::Column::ReviewId)
            .filter(review_report::Column::ClosedAt.is_null())
            .into_query();
        let edited = Expr::col(review::Column::EditedAt).gt(Expr::col(review::Column::DecidedAt));
        let again = Condition::all().add(review::Column::Hidden.eq(true)).add(edited);
        let found = review::Entity::find()
            .filter(Condition::any().add(review::Column::Id.in_subquery(open)).add(again))
            .order_by_asc(review::Column::Id)
            .limit(limit);
        self.all_reviews(found).await
    }

    async fn hidden_reviews(&self, limit: u64) -> Result<Vec<Review>> {
        let found = review::Entity::find()
            .filter(review::Column::Hidden.eq(true))
            .order_by_desc(review::Column::DecidedAt)
            .order_by_desc(review::Column::Id)
            .limit(limit);
        self.all_reviews(found).await
    }

    async fn spend(&self, who: &UserId, effort: Effort, limit: u64, since: Timestamp, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        // One after the other: two at once would both find room for one more.
        person::Entity::find_by_id(&who.0).lock_exclusive().one(&tx).await.map_err(Error::storage)?;
        let theirs = Condition::all()
            .add(review_effort::Column::PersonId.eq(&who.0))
            .add(review_effort::Column::Kind.eq(effort.as_str()));
        review_effort::Entity::delete_many()
            .filter(theirs.clone())
            .filter(review_effort::Column::At.lt(since.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        let spent = review_effort::Entity::find().filter(theirs).count(&tx).await.map_err(Error::storage)?;
        if spent >= limit {
            return Ok(false);
        }
        let row = review_effort::ActiveModel {
            sequence: NotSet,
            person_id: Set(who.0.clone()),
            kind: Set(effort.as_str().to_owned()),
            at: Set(now.0),
        };
        review_effort::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn partner_team(&self, partner: &PartnerId) -> Result<Vec<(Recipient, OrganizationId)>> {
        let people = person::Entity::find()
            .filter(person::Column::PartnerId.eq(&partner.0))
            .order_by_asc(person::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let memberships = membership::Entity::find()
            .filter(membership::Column::PersonId.is_in(people.iter().map(|row| row.id.clone())))
            .order_by_asc(membership::Column::CreatedAt)
            .order_by_asc(membership::Column::OrganizationId)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let first = |row: person::Model| {
            let membership = memberships.iter().find(|it| it.person_id == row.id)?;
            let organization = OrganizationId(membership.organization_id.clone());
            Some((Recipient { person: UserId(row.id), name: row.name, email: row.email }, organization))
        };
        Ok(people.into_iter().filter_map(first).collect())
    }

    async fn reviews_of(&self, author: &UserId) -> Result<Vec<Review>> {
        let found =
            review::Entity::find().filter(review::Column::AuthorId.eq(&author.0)).order_by_asc(review::Column::Id);
        self.all_reviews(found).await
    }

    async fn reviews_after(
        &self,
        organization: &OrganizationId,
        after: Option<&ReviewId>,
        limit: u64,
    ) -> Result<Vec<Review>> {
        let found = review::Entity::find()
            .filter(review::Column::OrganizationId.eq(&organization.0))
            .filter(Condition::all().add_option(after.map(|after| review::Column::Id.gt(&after.0))))
            .order_by_asc(review::Column::Id)
            .limit(limit);
        self.all_reviews(found).await
    }
}
