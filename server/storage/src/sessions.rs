//! Sessions as their owners look after them. Beginning one and looking one up is in `identities`.

use crate::Database;
use crate::effects::{apply, conclude};
use crate::entity::{membership, organization, session};
use async_trait::async_trait;
use contract::{OrganizationId, SessionId, Timestamp, UserId};
use domain::ports::{Effects, NewSession, Sessions, StoredSession};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

pub(crate) async fn insert(db: &impl ConnectionTrait, new: &NewSession) -> Result<()> {
    let row = session::ActiveModel {
        id: Set(new.id.0.clone()),
        token_hash: Set(new.token_hash.clone()),
        person_id: Set(new.user.0.clone()),
        organization_id: Set(new.organization.0.clone()),
        created_at: Set(new.created_at.0),
        expires_at: Set(new.expires_at.0),
        authenticated_at: Set(new.created_at.0),
        last_seen_at: Set(new.created_at.0),
        ip: Set(new.ip.clone()),
        user_agent: Set(new.user_agent.clone()),
        issuer: Set(new.issuer.clone()),
        bound: Set(new.bound),
    };
    session::Entity::insert(row).exec(db).await.map_err(Error::storage)?;
    Ok(())
}

/// Lets a session of a person act for this organization; gives whether there still is such a session.
pub(crate) async fn go_over(db: &impl ConnectionTrait, person: &UserId, session: &SessionId, to: &str) -> Result<bool> {
    let changed = session::Entity::update_many()
        .col_expr(session::Column::OrganizationId, Expr::value(to))
        .filter(session::Column::Id.eq(&session.0))
        .filter(session::Column::PersonId.eq(&person.0))
        .exec(db)
        .await
        .map_err(Error::storage)?;
    Ok(changed.rows_affected == 1)
}

#[async_trait]
impl Sessions for Database {
    async fn rotate_session(&self, new: &NewSession, old_hash: Option<&str>, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        if let Some(hash) = old_hash {
            let old = session::Entity::delete_many().filter(session::Column::TokenHash.eq(hash));
            old.exec(&tx).await.map_err(Error::storage)?;
        }
        insert(&tx, new).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn touch_session(&self, session: &SessionId, now: Timestamp) -> Result<()> {
        session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, Expr::value(now.0))
            .filter(session::Column::Id.eq(&session.0))
            // A request that was overtaken does not turn the time back.
            .filter(session::Column::LastSeenAt.lt(now.0))
            .exec(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(())
    }

    async fn sessions(&self, person: &UserId, now: Timestamp) -> Result<Vec<StoredSession>> {
        let rows = session::Entity::find()
            .filter(session::Column::PersonId.eq(&person.0))
            .filter(session::Column::ExpiresAt.gt(now.0))
            .order_by_desc(session::Column::LastSeenAt)
            .order_by_desc(session::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let ids: Vec<String> = rows.iter().map(|row| row.organization_id.clone()).collect();
        let found = organization::Entity::find().filter(organization::Column::Id.is_in(ids)).all(&self.connection);
        let names: HashMap<String, String> =
            found.await.map_err(Error::storage)?.into_iter().map(|row| (row.id, row.name)).collect();
        let view = |row: session::Model| StoredSession {
            organization: names.get(&row.organization_id).cloned().unwrap_or_default(),
            organization_id: OrganizationId(row.organization_id),
            id: SessionId(row.id),
            created_at: Timestamp(row.created_at),
            last_seen_at: Timestamp(row.last_seen_at),
            expires_at: Timestamp(row.expires_at),
            ip: row.ip,
            user_agent: row.user_agent,
            issuer: row.issuer,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    async fn revoke_session(&self, person: &UserId, session: &SessionId, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let ended = session::Entity::delete_many()
            .filter(session::Column::Id.eq(&session.0))
            .filter(session::Column::PersonId.eq(&person.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        conclude(tx, ended.rows_affected, effects).await
    }

    async fn revoke_other_sessions(&self, person: &UserId, keep: &SessionId, effects: &Effects) -> Result<u64> {
        let tx = self.begin().await?;
        let ended = session::Entity::delete_many()
            .filter(session::Column::PersonId.eq(&person.0))
            .filter(session::Column::Id.ne(&keep.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if ended.rows_affected > 0 {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(ended.rows_affected)
    }

    async fn switch_session(
        &self,
        person: &UserId,
        session: &SessionId,
        organization: &OrganizationId,
        effects: &Effects,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let key = (person.0.clone(), organization.0.clone());
        let member = membership::Entity::find_by_id(key).one(&tx).await.map_err(Error::storage)?;
        // Should the membership end in this moment, the next request finds that out.
        if member.is_none() || !go_over(&tx, person, session, &organization.0).await? {
            return Ok(false);
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }
}
