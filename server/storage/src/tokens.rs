//! API tokens, and answers kept under idempotency keys.

use crate::Database;
use crate::convert::{from_json, to_json};
use crate::effects::apply;
use crate::entity::{api_token, idempotency};
use async_trait::async_trait;
use contract::token::TokenView;
use contract::{OrganizationId, Timestamp, TokenId, UserId};
use domain::ports::{Effects, KeptAnswer, KeptAnswers, NewToken, TokenOwner, Tokens};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, TryInsertResult};

/// Use is remembered to the minute, so that a busy token does not write with each request.
const USED_MS: i64 = 60_000;

fn to_view(row: api_token::Model) -> Result<TokenView> {
    Ok(TokenView {
        id: TokenId(row.id),
        name: row.name,
        hint: row.hint,
        scopes: from_json(&row.scopes, "scopes")?,
        created_at: Timestamp(row.created_at),
        expires_at: Timestamp(row.expires_at),
        last_used_at: row.last_used_at.map(Timestamp),
    })
}

fn valid(now: Timestamp) -> Condition {
    Condition::all().add(api_token::Column::RevokedAt.is_null()).add(api_token::Column::ExpiresAt.gt(now.0))
}

#[async_trait]
impl Tokens for Database {
    async fn create_token(&self, new: &NewToken, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        let row = api_token::ActiveModel {
            id: Set(new.view.id.0.clone()),
            organization_id: Set(new.organization.0.clone()),
            person_id: Set(new.person.0.clone()),
            name: Set(new.view.name.clone()),
            hint: Set(new.view.hint.clone()),
            token_hash: Set(new.hash.clone()),
            scopes: Set(to_json(&new.view.scopes, "scopes")?),
            created_at: Set(new.view.created_at.0),
            expires_at: Set(new.view.expires_at.0),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        api_token::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn tokens(&self, organization: &OrganizationId, person: &UserId, now: Timestamp) -> Result<Vec<TokenView>> {
        let rows = api_token::Entity::find()
            .filter(api_token::Column::OrganizationId.eq(&organization.0))
            .filter(api_token::Column::PersonId.eq(&person.0))
            .filter(valid(now))
            .order_by_desc(api_token::Column::CreatedAt)
            .order_by_desc(api_token::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_view).collect()
    }

    async fn revoke_token(
        &self,
        organization: &OrganizationId,
        person: &UserId,
        id: &TokenId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let revoked = api_token::Entity::update_many()
            .col_expr(api_token::Column::RevokedAt, Expr::value(now.0))
            .filter(api_token::Column::Id.eq(&id.0))
            .filter(api_token::Column::OrganizationId.eq(&organization.0))
            .filter(api_token::Column::PersonId.eq(&person.0))
            .filter(api_token::Column::RevokedAt.is_null())
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if revoked.rows_affected > 0 {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(revoked.rows_affected > 0)
    }

    async fn token_owner(&self, hash: &str, now: Timestamp) -> Result<Option<TokenOwner>> {
        let row = api_token::Entity::find().filter(api_token::Column::TokenHash.eq(hash)).filter(valid(now));
        let Some(row) = row.one(&self.connection).await.map_err(Error::storage)? else { return Ok(None) };
        let Some(viewer) = self.viewer(&row.person_id, &row.organization_id).await? else { return Ok(None) };
        if row.last_used_at.is_none_or(|at| now.0 - at >= USED_MS) {
            api_token::Entity::update_many()
                .col_expr(api_token::Column::LastUsedAt, Expr::value(now.0))
                .filter(api_token::Column::Id.eq(&row.id))
                .exec(&self.connection)
                .await
                .map_err(Error::storage)?;
        }
        Ok(Some(TokenOwner { viewer, scopes: from_json(&row.scopes, "scopes")?, id: TokenId(row.id) }))
    }
}

#[async_trait]
impl KeptAnswers for Database {
    async fn claim_key(
        &self,
        organization: &OrganizationId,
        key: &str,
        fingerprint: &str,
        now: Timestamp,
        abandoned: Timestamp,
    ) -> Result<Option<KeptAnswer>> {
        let tx = self.begin().await?;
        idempotency::Entity::delete_many()
            .filter(idempotency::Column::OrganizationId.eq(&organization.0))
            .filter(idempotency::Column::Key.eq(key))
            .filter(idempotency::Column::Status.eq(0))
            .filter(idempotency::Column::CreatedAt.lt(abandoned.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        let row = idempotency::ActiveModel {
            organization_id: Set(organization.0.clone()),
            key: Set(key.to_owned()),
            fingerprint: Set(fingerprint.to_owned()),
            status: Set(0),
            body: Set(String::new()),
            created_at: Set(now.0),
        };
        let inserted = idempotency::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
        let known = match inserted.map_err(Error::storage)? {
            TryInsertResult::Inserted(_) => None,
            _ => idempotency::Entity::find_by_id((organization.0.clone(), key.to_owned()))
                .one(&tx)
                .await
                .map_err(Error::storage)?,
        };
        tx.commit().await.map_err(Error::storage)?;
        Ok(known.map(|row| KeptAnswer {
            fingerprint: row.fingerprint,
            status: u16::try_from(row.status).unwrap_or_default(),
            body: row.body,
            at: Timestamp(row.created_at),
        }))
    }

    async fn keep_answer(&self, organization: &OrganizationId, key: &str, status: u16, body: &str) -> Result<()> {
        let row = idempotency::ActiveModel {
            organization_id: Set(organization.0.clone()),
            key: Set(key.to_owned()),
            status: Set(i64::from(status)),
            body: Set(body.to_owned()),
            ..Default::default()
        };
        idempotency::Entity::update(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn free_key(&self, organization: &OrganizationId, key: &str) -> Result<()> {
        let key = (organization.0.clone(), key.to_owned());
        idempotency::Entity::delete_by_id(key).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn purge_answers(&self, before: Timestamp) -> Result<u64> {
        let old = idempotency::Entity::delete_many().filter(idempotency::Column::CreatedAt.lt(before.0));
        Ok(old.exec(&self.connection).await.map_err(Error::storage)?.rows_affected)
    }
}
