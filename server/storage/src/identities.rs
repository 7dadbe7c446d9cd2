//! People, organizations, sessions, sign-ins under way.

use crate::Database;
use crate::convert::from_name;
use crate::entity::{identity, membership, organization, pending_sign_in, person, session};
use async_trait::async_trait;
use contract::account::{OrganizationRole, Viewer};
use contract::{OrganizationId, PartnerId, Timestamp, UserId};
use domain::ports::{DemoPerson, ExternalIdentity, Identities, NewPerson, NewSession, PendingSignIn};
use domain::{Error, Result};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, TryInsertResult};

const fn role_name(role: OrganizationRole) -> &'static str {
    match role {
        OrganizationRole::Member => "member",
        OrganizationRole::Admin => "admin",
    }
}

/// Creates a person, unless somebody with this identity exists; gives whether it did. Waits for whoever is creating the
/// same person in this moment.
async fn insert_person(
    db: &impl ConnectionTrait,
    user: &UserId,
    who: &ExternalIdentity,
    demo: Option<&DemoPerson>,
    now: Timestamp,
) -> Result<bool> {
    let row = identity::ActiveModel {
        issuer: Set(who.issuer.clone()),
        subject: Set(who.subject.clone()),
        person_id: Set(user.0.clone()),
        created_at: Set(now.0),
    };
    let inserted = identity::Entity::insert(row).on_conflict_do_nothing().exec(db).await.map_err(Error::storage)?;
    if !matches!(inserted, TryInsertResult::Inserted(_)) {
        return Ok(false);
    }
    let row = person::ActiveModel {
        id: Set(user.0.clone()),
        name: Set(who.name.clone()),
        email: Set(who.email.clone()),
        partner_id: Set(demo.and_then(|demo| demo.partner.as_ref()).map(|partner| partner.0.clone())),
        staff_role: Set(demo.and_then(|demo| demo.staff).map(|_| "reviewer".to_owned())),
        created_at: Set(now.0),
    };
    person::Entity::insert(row).exec(db).await.map_err(Error::storage)?;
    Ok(true)
}

async fn insert_membership(
    db: &impl ConnectionTrait,
    user: &UserId,
    organization: (&OrganizationId, &str),
    role: OrganizationRole,
    now: Timestamp,
) -> Result<()> {
    let row = organization::ActiveModel {
        id: Set(organization.0.0.clone()),
        name: Set(organization.1.to_owned()),
        wrapped_key: Set(None),
        created_at: Set(now.0),
    };
    organization::Entity::insert(row).on_conflict_do_nothing().exec(db).await.map_err(Error::storage)?;
    let row = membership::ActiveModel {
        person_id: Set(user.0.clone()),
        organization_id: Set(organization.0.0.clone()),
        role: Set(role_name(role).to_owned()),
        created_at: Set(now.0),
    };
    membership::Entity::insert(row).exec(db).await.map_err(Error::storage)?;
    Ok(())
}

async fn find_identity(db: &impl ConnectionTrait, who: &ExternalIdentity) -> Result<Option<identity::Model>> {
    let key = (who.issuer.clone(), who.subject.clone());
    identity::Entity::find_by_id(key).one(db).await.map_err(Error::storage)
}

#[async_trait]
impl Identities for Database {
    async fn person(
        &self,
        who: &ExternalIdentity,
        new: &NewPerson,
        now: Timestamp,
    ) -> Result<(UserId, OrganizationId)> {
        let tx = self.begin().await?;
        let mut known = find_identity(&tx, who).await?;
        if known.is_none() && !insert_person(&tx, &new.user, who, None, now).await? {
            known = find_identity(&tx, who).await?;
        }
        let found = if let Some(known) = known {
            let row = person::ActiveModel {
                id: Set(known.person_id.clone()),
                name: Set(who.name.clone()),
                email: Set(who.email.clone()),
                ..Default::default()
            };
            person::Entity::update(row).exec(&tx).await.map_err(Error::storage)?;
            let first = membership::Entity::find()
                .filter(membership::Column::PersonId.eq(&known.person_id))
                .order_by_asc(membership::Column::CreatedAt)
                .one(&tx)
                .await
                .map_err(Error::storage)?
                .ok_or_else(|| Error::Corrupt(format!("person {} has no organization", known.person_id)))?;
            (UserId(known.person_id), OrganizationId(first.organization_id))
        } else {
            let organization = (&new.organization, new.organization_name.as_str());
            insert_membership(&tx, &new.user, organization, OrganizationRole::Admin, now).await?;
            (new.user.clone(), new.organization.clone())
        };
        tx.commit().await.map_err(Error::storage)?;
        Ok(found)
    }

    async fn put_demo_person(&self, demo: &DemoPerson, user: &UserId, now: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        if insert_person(&tx, user, &demo.identity, Some(demo), now).await? {
            let organization = (&demo.organization, demo.organization_name.as_str());
            insert_membership(&tx, user, organization, demo.role, now).await?;
        }
        tx.commit().await.map_err(Error::storage)
    }

    async fn create_session(&self, new: &NewSession) -> Result<()> {
        let row = session::ActiveModel {
            id: Set(new.id.0.clone()),
            token_hash: Set(new.token_hash.clone()),
            person_id: Set(new.user.0.clone()),
            organization_id: Set(new.organization.0.clone()),
            created_at: Set(new.created_at.0),
            expires_at: Set(new.expires_at.0),
        };
        session::Entity::insert(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn viewer(&self, token_hash: &str, now: Timestamp) -> Result<Option<Viewer>> {
        let db = &self.connection;
        let session = session::Entity::find()
            .filter(session::Column::TokenHash.eq(token_hash))
            .filter(session::Column::ExpiresAt.gt(now.0))
            .one(db)
            .await
            .map_err(Error::storage)?;
        let Some(session) = session else { return Ok(None) };
        let person = person::Entity::find_by_id(&session.person_id).one(db).await.map_err(Error::storage)?;
        let key = (session.person_id.clone(), session.organization_id.clone());
        let member = membership::Entity::find_by_id(key).one(db).await.map_err(Error::storage)?;
        let tenant = organization::Entity::find_by_id(&session.organization_id).one(db).await;
        // Somebody who left the organization has no session in it any more.
        let (Some(person), Some(member), Some(tenant)) = (person, member, tenant.map_err(Error::storage)?) else {
            return Ok(None);
        };
        Ok(Some(Viewer {
            user_id: UserId(person.id),
            name: person.name,
            email: person.email,
            organization_id: OrganizationId(tenant.id),
            organization_name: tenant.name,
            role: from_name(&member.role, "role")?,
            partner: person.partner_id.map(PartnerId),
            staff: person.staff_role.map(|role| from_name(&role, "staff role")).transpose()?,
        }))
    }

    async fn end_session(&self, token_hash: &str) -> Result<()> {
        let ended = session::Entity::delete_many().filter(session::Column::TokenHash.eq(token_hash));
        ended.exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn begin_sign_in(&self, pending: &PendingSignIn) -> Result<()> {
        let row = pending_sign_in::ActiveModel {
            state_hash: Set(pending.state_hash.clone()),
            browser_hash: Set(pending.browser_hash.clone()),
            provider: Set(pending.provider.clone()),
            nonce: Set(pending.nonce.clone()),
            pkce_verifier: Set(pending.pkce_verifier.clone()),
            return_to: Set(pending.return_to.clone()),
            expires_at: Set(pending.expires_at.0),
        };
        pending_sign_in::Entity::insert(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn take_sign_in(&self, state_hash: &str) -> Result<Option<PendingSignIn>> {
        let tx = self.begin().await?;
        let row = pending_sign_in::Entity::find_by_id(state_hash).one(&tx).await.map_err(Error::storage)?;
        let taken = pending_sign_in::Entity::delete_by_id(state_hash).exec(&tx).await.map_err(Error::storage)?;
        tx.commit().await.map_err(Error::storage)?;
        // Two callers may have read the row; only the one who deleted it has it.
        Ok(row.filter(|_| taken.rows_affected == 1).map(|row| PendingSignIn {
            state_hash: row.state_hash,
            browser_hash: row.browser_hash,
            provider: row.provider,
            nonce: row.nonce,
            pkce_verifier: row.pkce_verifier,
            return_to: row.return_to,
            expires_at: Timestamp(row.expires_at),
        }))
    }

    async fn purge_ended(&self, now: Timestamp) -> Result<u64> {
        let db = &self.connection;
        let sessions = session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now.0)).exec(db).await;
        let pending =
            pending_sign_in::Entity::delete_many().filter(pending_sign_in::Column::ExpiresAt.lte(now.0)).exec(db).await;
        Ok(sessions.map_err(Error::storage)?.rows_affected + pending.map_err(Error::storage)?.rows_affected)
    }
}
