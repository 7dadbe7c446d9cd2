//! Issuers and e-mail domains of organizations.

use crate::Database;
use crate::convert::{from_json, from_name, to_json};
use crate::effects::{apply, conclude};
use crate::entity::{identity, organization, organization_domain, organization_issuer, person, session};
use crate::identities::{find_identity, insert_identity, insert_person, update_person};
use crate::memberships::{self, lock, may_change};
use async_trait::async_trait;
use contract::account::OrganizationRole;
use contract::{OrganizationId, Timestamp};
use domain::ports::{Effects, Entrant, MemberChange, RoleMapping, SingleSignOn, StoredDomain, StoredIssuer};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Iterable, PaginatorTrait, QueryFilter, QueryOrder,
    SqlErr, TryInsertResult,
};

fn to_issuer(row: organization_issuer::Model) -> Result<StoredIssuer> {
    let groups: Vec<(String, OrganizationRole)> = from_json(&row.roles, "roles of groups")?;
    let otherwise = row.otherwise.map(|role| from_name(&role, "role")).transpose()?;
    Ok(StoredIssuer {
        issuer: row.issuer,
        client_id: row.client_id,
        client_secret: row.client_secret,
        mapping: RoleMapping { claim: row.groups_claim, groups, otherwise },
        proven_at: row.proven_at.map(Timestamp),
    })
}

/// Ends the sessions that act for an organization and came in with its issuer, or those that did not.
async fn end_sessions(db: &impl ConnectionTrait, organization: &OrganizationId, bound: bool) -> Result<()> {
    session::Entity::delete_many()
        .filter(session::Column::OrganizationId.eq(&organization.0))
        .filter(session::Column::Bound.eq(bound))
        .exec(db)
        .await
        .map_err(Error::storage)?;
    Ok(())
}

/// Gives whether that is a change.
async fn set_required(db: &impl ConnectionTrait, organization: &OrganizationId, required: bool) -> Result<bool> {
    let changed = organization::Entity::update_many()
        .col_expr(organization::Column::SignInRequired, Expr::value(required))
        .filter(organization::Column::Id.eq(&organization.0))
        .filter(organization::Column::SignInRequired.ne(required))
        .exec(db)
        .await
        .map_err(Error::storage)?;
    Ok(changed.rows_affected > 0)
}

/// Their identity, and who they are. What an organization's issuer says of somebody's name and address counts only for
/// people whom nobody else vouches for.
async fn settle(db: &impl ConnectionTrait, it: &Entrant) -> Result<bool> {
    if find_identity(db, &it.identity).await?.is_none() {
        let there = person::Entity::find_by_id(&it.person.0).one(db).await.map_err(Error::storage)?.is_some();
        return if there {
            insert_identity(db, &it.person, &it.identity, it.at).await
        } else {
            insert_person(db, &it.person, &it.identity, None, it.at).await
        };
    }
    let others = identity::Entity::find()
        .filter(identity::Column::PersonId.eq(&it.person.0))
        .filter(identity::Column::Issuer.ne(&it.identity.issuer))
        .count(db)
        .await
        .map_err(Error::storage)?;
    if others == 0 {
        update_person(db, it.person.as_str(), &it.identity).await?;
    }
    Ok(true)
}

/// Their membership and role.
async fn admit(db: &impl ConnectionTrait, it: &Entrant) -> Result<MemberChange> {
    let (organization, person) = (&it.organization, &it.person);
    let Some(was) = it.was else {
        let joined = memberships::insert(db, person.as_str(), organization.as_str(), it.is, it.at).await?;
        return Ok(if joined { MemberChange::Done } else { MemberChange::Stale });
    };
    let change = may_change(db, organization, person, (was, Some(it.is))).await?;
    if change == MemberChange::Done && was != it.is {
        memberships::set_role(db, organization, person, it.is).await?;
    }
    Ok(change)
}

#[async_trait]
impl SingleSignOn for Database {
    async fn issuer_of(&self, organization: &OrganizationId) -> Result<Option<StoredIssuer>> {
        let row = organization_issuer::Entity::find_by_id(&organization.0).one(&self.connection).await;
        row.map_err(Error::storage)?.map(to_issuer).transpose()
    }

    async fn put_issuer(
        &self,
        organization: &OrganizationId,
        it: &StoredIssuer,
        anew: bool,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<()> {
        let row = organization_issuer::ActiveModel {
            organization_id: Set(organization.0.clone()),
            issuer: Set(it.issuer.clone()),
            client_id: Set(it.client_id.clone()),
            client_secret: Set(it.client_secret.clone()),
            groups_claim: Set(it.mapping.claim.clone()),
            roles: Set(to_json(&it.mapping.groups, "roles of groups")?),
            otherwise: Set(it.mapping.otherwise.map(|role| role.as_str().to_owned())),
            proven_at: Set(it.proven_at.map(|at| at.0)),
            updated_at: Set(now.0),
        };
        let replace = OnConflict::column(organization_issuer::Column::OrganizationId)
            .update_columns(organization_issuer::Column::iter())
            .to_owned();
        let tx = self.begin().await?;
        lock(&tx, organization.as_str()).await?;
        let stored = organization_issuer::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx).await;
        stored.map_err(Error::storage)?;
        if anew {
            set_required(&tx, organization, false).await?;
            end_sessions(&tx, organization, true).await?;
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn remove_issuer(&self, organization: &OrganizationId, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        lock(&tx, organization.as_str()).await?;
        let removed = organization_issuer::Entity::delete_by_id(&organization.0).exec(&tx).await;
        if removed.map_err(Error::storage)?.rows_affected == 0 {
            return Ok(false);
        }
        set_required(&tx, organization, false).await?;
        end_sessions(&tx, organization, true).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn require_issuer(&self, organization: &OrganizationId, required: bool, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        lock(&tx, organization.as_str()).await?;
        let issuer = organization_issuer::Entity::find_by_id(&organization.0).one(&tx).await.map_err(Error::storage)?;
        if (required && issuer.is_none()) || !set_required(&tx, organization, required).await? {
            return Ok(false);
        }
        if required {
            end_sessions(&tx, organization, false).await?;
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn domains(&self, organization: &OrganizationId) -> Result<Vec<StoredDomain>> {
        let rows = organization_domain::Entity::find()
            .filter(organization_domain::Column::OrganizationId.eq(&organization.0))
            .order_by_asc(organization_domain::Column::Domain)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let view = |row: organization_domain::Model| StoredDomain {
            domain: row.domain,
            token: row.token,
            verified_at: row.verified_at.map(Timestamp),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    async fn add_domain(
        &self,
        organization: &OrganizationId,
        it: &StoredDomain,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let row = organization_domain::ActiveModel {
            organization_id: Set(organization.0.clone()),
            domain: Set(it.domain.clone()),
            token: Set(it.token.clone()),
            created_at: Set(now.0),
            verified_at: Set(None),
            verified: Set(None),
        };
        let tx = self.begin().await?;
        let inserted = organization_domain::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
        if !matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_)) {
            return Ok(false);
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn verify_domain(
        &self,
        organization: &OrganizationId,
        domain: &str,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        use organization_domain::Column;
        let tx = self.begin().await?;
        let changed = organization_domain::Entity::update_many()
            .col_expr(Column::VerifiedAt, Expr::value(now.0))
            .col_expr(Column::Verified, Expr::value(domain))
            .filter(Column::OrganizationId.eq(&organization.0))
            .filter(Column::Domain.eq(domain))
            .filter(Column::VerifiedAt.is_null())
            .exec(&tx)
            .await;
        match changed {
            Ok(changed) if changed.rows_affected == 0 => return Ok(true),
            Ok(_) => {}
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => return Ok(false),
            Err(error) => return Err(Error::storage(error)),
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn remove_domain(&self, organization: &OrganizationId, domain: &str, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let key = (organization.0.clone(), domain.to_owned());
        let removed = organization_domain::Entity::delete_by_id(key).exec(&tx).await.map_err(Error::storage)?;
        conclude(tx, removed.rows_affected, effects).await
    }

    async fn organization_of_domain(&self, domain: &str) -> Result<Option<OrganizationId>> {
        let db = &self.connection;
        let row = organization_domain::Entity::find()
            .filter(organization_domain::Column::Verified.eq(domain))
            .one(db)
            .await
            .map_err(Error::storage)?;
        let Some(row) = row else { return Ok(None) };
        let issuer = organization_issuer::Entity::find_by_id(&row.organization_id).one(db).await;
        Ok(issuer.map_err(Error::storage)?.map(|_| OrganizationId(row.organization_id)))
    }

    async fn any_issuer(&self) -> Result<bool> {
        let db = &self.connection;
        if organization_issuer::Entity::find().one(db).await.map_err(Error::storage)?.is_none() {
            return Ok(false);
        }
        let verified = organization_domain::Entity::find().filter(organization_domain::Column::Verified.is_not_null());
        Ok(verified.one(db).await.map_err(Error::storage)?.is_some())
    }

    async fn arrive(&self, it: &Entrant, effects: &Effects) -> Result<MemberChange> {
        use organization_issuer::Column;
        let tx = self.begin().await?;
        lock(&tx, it.organization.as_str()).await?;
        if !settle(&tx, it).await? {
            return Ok(MemberChange::Stale);
        }
        let change = admit(&tx, it).await?;
        if change != MemberChange::Done {
            return Ok(change);
        }
        organization_issuer::Entity::update_many()
            .col_expr(Column::ProvenAt, Expr::value(it.at.0))
            .filter(Column::OrganizationId.eq(&it.organization.0))
            .filter(Column::ProvenAt.is_null())
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(MemberChange::Done)
    }
}
