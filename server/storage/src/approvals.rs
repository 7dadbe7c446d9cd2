//! Requests for approval with their comments.

use crate::Database;
use crate::convert::from_name;
use crate::effects::{apply, conclude};
use crate::entity::{approval, approval_comment, person};
use async_trait::async_trait;
use contract::approval::ApprovalState;
use contract::{ApprovalId, ListingId, OrganizationId, Timestamp, UserId};
use domain::ports::{Approval, Approvals, Comment, Effects};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, TryInsertResult,
};
use std::collections::HashMap;

const OPEN: &str = ApprovalState::Open.as_str();

fn from_approval(it: &Approval) -> approval::ActiveModel {
    approval::ActiveModel {
        id: Set(it.id.0.clone()),
        organization_id: Set(it.organization.0.clone()),
        listing_id: Set(it.listing.0.clone()),
        version: Set(it.version.clone()),
        requested_by: Set(it.requested_by.0.clone()),
        reason: Set(it.reason.clone()),
        why: Set(it.why.clone()),
        state: Set(it.state.as_str().to_owned()),
        created_at: Set(it.created_at.0),
        expires_at: Set(it.expires_at.0),
        answered_by: Set(it.answered_by.as_ref().map(|by| by.0.clone())),
        answered_at: Set(it.ended_at.map(|at| at.0)),
        answer: Set(it.answer.clone()),
        revision: Set(it.revision),
    }
}

fn to_approval(row: approval::Model, names: &HashMap<String, String>) -> Result<Approval> {
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    Ok(Approval {
        requester: name(&row.requested_by),
        answerer: row.answered_by.as_deref().map(name).unwrap_or_default(),
        state: from_name(&row.state, "state of a request")?,
        id: ApprovalId(row.id),
        organization: OrganizationId(row.organization_id),
        listing: ListingId(row.listing_id),
        version: row.version,
        requested_by: UserId(row.requested_by),
        reason: row.reason,
        why: row.why,
        created_at: Timestamp(row.created_at),
        expires_at: Timestamp(row.expires_at),
        answered_by: row.answered_by.map(UserId),
        ended_at: row.answered_at.map(Timestamp),
        answer: row.answer,
        revision: row.revision,
    })
}

impl Database {
    /// Names of people by their ids.
    pub(crate) async fn names_of(&self, ids: Vec<String>) -> Result<HashMap<String, String>> {
        let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(&self.connection).await;
        Ok(people.map_err(Error::storage)?.into_iter().map(|row| (row.id, row.name)).collect())
    }

    async fn to_approvals(&self, rows: Vec<approval::Model>) -> Result<Vec<Approval>> {
        let people = rows.iter().flat_map(|row| std::iter::once(&row.requested_by).chain(&row.answered_by));
        let names = self.names_of(people.cloned().collect()).await?;
        rows.into_iter().map(|row| to_approval(row, &names)).collect()
    }
}

#[async_trait]
impl Approvals for Database {
    async fn create_approval(&self, new: &Approval, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        // Which of the unique indexes is hit does not matter: the id is new, so it is the one of open requests.
        let inserted = approval::Entity::insert(from_approval(new))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert()
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        let new = matches!(inserted, TryInsertResult::Inserted(_));
        if new {
            apply(&tx, effects).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        Ok(new)
    }

    async fn approval(&self, organization: &OrganizationId, id: &ApprovalId) -> Result<Option<Approval>> {
        let rows = approval::Entity::find_by_id(&id.0)
            .filter(approval::Column::OrganizationId.eq(&organization.0))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(self.to_approvals(rows).await?.pop())
    }

    async fn approvals(&self, organization: &OrganizationId, by: Option<&UserId>, limit: u64) -> Result<Vec<Approval>> {
        let mut found = approval::Entity::find().filter(approval::Column::OrganizationId.eq(&organization.0));
        if let Some(by) = by {
            found = found.filter(approval::Column::RequestedBy.eq(&by.0));
        }
        let rows = found
            .order_by_desc(Expr::col(approval::Column::State).eq(OPEN))
            .order_by_desc(approval::Column::CreatedAt)
            .order_by_desc(approval::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.to_approvals(rows).await
    }

    async fn approvals_after(
        &self,
        organization: &OrganizationId,
        after: Option<&ApprovalId>,
        limit: u64,
    ) -> Result<Vec<Approval>> {
        let rows = approval::Entity::find()
            .filter(approval::Column::OrganizationId.eq(&organization.0))
            .filter(Condition::all().add_option(after.map(|after| approval::Column::Id.gt(&after.0))))
            .order_by_asc(approval::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.to_approvals(rows).await
    }

    async fn approvals_for(
        &self,
        organization: &OrganizationId,
        listing: &ListingId,
        by: &UserId,
    ) -> Result<Vec<Approval>> {
        let rows = approval::Entity::find()
            .filter(approval::Column::OrganizationId.eq(&organization.0))
            .filter(approval::Column::ListingId.eq(&listing.0))
            .filter(approval::Column::RequestedBy.eq(&by.0))
            .order_by_desc(approval::Column::CreatedAt)
            .order_by_desc(approval::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.to_approvals(rows).await
    }

    async fn change_approval(&self, it: &Approval, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let changed = approval::Entity::update_many()
            .set(approval::ActiveModel {
                state: Set(it.state.as_str().to_owned()),
                expires_at: Set(it.expires_at.0),
                answered_by: Set(it.answered_by.as_ref().map(|by| by.0.clone())),
                answered_at: Set(it.ended_at.map(|at| at.0)),
                answer: Set(it.answer.clone()),
                revision: Set(it.revision + 1),
                ..Default::default()
            })
            .filter(approval::Column::Id.eq(&it.id.0))
            .filter(approval::Column::OrganizationId.eq(&it.organization.0))
            .filter(approval::Column::Revision.eq(it.revision))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        conclude(tx, changed.rows_affected, effects).await
    }

    async fn approval_comments(&self, organization: &OrganizationId, id: &ApprovalId) -> Result<Vec<Comment>> {
        let rows = approval_comment::Entity::find()
            .filter(approval_comment::Column::OrganizationId.eq(&organization.0))
            .filter(approval_comment::Column::ApprovalId.eq(&id.0))
            .order_by_asc(approval_comment::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let names = self.names_of(rows.iter().map(|row| row.person_id.clone()).collect()).await?;
        let comment = |row: approval_comment::Model| Comment {
            name: names.get(&row.person_id).cloned().unwrap_or_default(),
            author: UserId(row.person_id),
            text: row.text,
            at: Timestamp(row.at),
        };
        Ok(rows.into_iter().map(comment).collect())
    }

    async fn comment_approval(
        &self,
        organization: &OrganizationId,
        id: &ApprovalId,
        comment: &Comment,
        effects: &Effects,
    ) -> Result<()> {
        let row = approval_comment::ActiveModel {
            id: NotSet,
            approval_id: Set(id.0.clone()),
            organization_id: Set(organization.0.clone()),
            person_id: Set(comment.author.0.clone()),
            text: Set(comment.text.clone()),
            at: Set(comment.at.0),
        };
        let tx = self.begin().await?;
        approval_comment::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn lapsed_approvals(&self, now: Timestamp, limit: u64) -> Result<Vec<Approval>> {
        let rows = approval::Entity::find()
            .filter(approval::Column::State.eq(OPEN))
            .filter(approval::Column::ExpiresAt.lte(now.0))
            .order_by_asc(approval::Column::ExpiresAt)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.to_approvals(rows).await
    }
}
