//! People, organizations, sessions, sign-ins under way.

use crate::Database;
use crate::convert::from_name;
use crate::effects::apply;
use crate::entity::{identity, invitation, membership, organization, pending_sign_in, person, session};
use crate::memberships::{self, insert_organization};
use crate::sessions;
use async_trait::async_trait;
use contract::account::{OrganizationRole, PartnerRole, StaffRole, Viewer};
use contract::{OrganizationId, PartnerId, SessionId, Timestamp, UserId};
use domain::identity::Roles;
use domain::ports::{
    Address, DemoPerson, Effects, ExternalIdentity, Holder, Identities, KnownIdentity, NewPerson, NewSession,
    PendingSignIn, SignedIn,
};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, TryInsertResult,
};

/// Invitations are kept for this long after their end: until then they can be sent again.
const INVITATIONS_KEPT_MS: i64 = 30 * 86_400_000;

const fn staff_name(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Reviewer => "reviewer",
        StaffRole::Operator => "operator",
    }
}

const fn partner_role_name(role: PartnerRole) -> &'static str {
    match role {
        PartnerRole::Member => "member",
        PartnerRole::Admin => "admin",
    }
}

/// Makes an identity somebody's, unless it is known; gives whether it did. Waits for whoever is doing the same in this
/// moment.
pub(crate) async fn insert_identity(
    db: &impl ConnectionTrait,
    user: &UserId,
    who: &ExternalIdentity,
    now: Timestamp,
) -> Result<bool> {
    let row = identity::ActiveModel {
        issuer: Set(who.issuer.clone()),
        subject: Set(who.subject.clone()),
        person_id: Set(user.0.clone()),
        created_at: Set(now.0),
    };
    let inserted = identity::Entity::insert(row).on_conflict_do_nothing().exec(db).await.map_err(Error::storage)?;
    Ok(matches!(inserted, TryInsertResult::Inserted(_)))
}

/// Creates a person, unless somebody with this identity exists; gives whether it did.
pub(crate) async fn insert_person(
    db: &impl ConnectionTrait,
    user: &UserId,
    who: &ExternalIdentity,
    demo: Option<&DemoPerson>,
    now: Timestamp,
) -> Result<bool> {
    if !insert_identity(db, user, who, now).await? {
        return Ok(false);
    }
    let row = person::ActiveModel {
        id: Set(user.0.clone()),
        name: Set(who.name.clone()),
        email: Set(who.email.clone()),
        partner_id: Set(demo.and_then(|demo| demo.partner.as_ref()).map(|partner| partner.0.clone())),
        partner_role: Set(demo.and_then(|demo| demo.partner_role).map(|role| partner_role_name(role).to_owned())),
        staff_role: Set(demo.and_then(|demo| demo.staff).map(|role| staff_name(role).to_owned())),
        email_verified: Set(who.email_verified),
        created_at: Set(now.0),
    };
    // A demo account that was deleted comes back under its old id.
    let again = OnConflict::column(person::Column::Id).update_columns(person::Column::iter()).to_owned();
    person::Entity::insert(row).on_conflict(again).exec_without_returning(db).await.map_err(Error::storage)?;
    Ok(true)
}

/// Name and address as an issuer has them now.
pub(crate) async fn update_person(db: &impl ConnectionTrait, id: &str, who: &ExternalIdentity) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(id.to_owned()),
        name: Set(who.name.clone()),
        email: Set(who.email.clone()),
        email_verified: Set(who.email_verified),
        ..Default::default()
    };
    person::Entity::update(row).exec(db).await.map_err(Error::storage)?;
    Ok(())
}

/// The role somebody gets in an organization that comes into being with them, or is there already.
async fn insert_membership(
    db: &impl ConnectionTrait,
    user: &UserId,
    organization: (&OrganizationId, &str),
    role: OrganizationRole,
    now: Timestamp,
) -> Result<()> {
    insert_organization(db, organization.0, organization.1, now).await?;
    memberships::insert(db, user.as_str(), organization.0.as_str(), role, now).await?;
    Ok(())
}

pub(crate) async fn find_identity(
    db: &impl ConnectionTrait,
    who: &ExternalIdentity,
) -> Result<Option<identity::Model>> {
    let key = (who.issuer.clone(), who.subject.clone());
    identity::Entity::find_by_id(key).one(db).await.map_err(Error::storage)
}

impl Database {
    /// The person, acting for the organization with the role they have in it now. Nothing for somebody who left it.
    pub(crate) async fn viewer(&self, person_id: &str, organization_id: &str) -> Result<Option<Viewer>> {
        Ok(self.member(person_id, organization_id).await?.map(|(viewer, _)| viewer))
    }

    /// The same, and whether the organization only takes sessions of its own issuer.
    async fn member(&self, person_id: &str, organization_id: &str) -> Result<Option<(Viewer, bool)>> {
        let db = &self.connection;
        let person = person::Entity::find_by_id(person_id).one(db).await.map_err(Error::storage)?;
        let key = (person_id.to_owned(), organization_id.to_owned());
        let member = membership::Entity::find_by_id(key).one(db).await.map_err(Error::storage)?;
        let tenant = organization::Entity::find_by_id(organization_id).one(db).await.map_err(Error::storage)?;
        let (Some(person), Some(member), Some(tenant)) = (person, member, tenant) else { return Ok(None) };
        let viewer = Viewer {
            user_id: UserId(person.id),
            name: person.name,
            email: person.email,
            organization_id: OrganizationId(tenant.id),
            organization_name: tenant.name,
            role: from_name(&member.role, "role")?,
            partner: person.partner_id.map(PartnerId),
            partner_role: person.partner_role.map(|role| from_name(&role, "partner role")).transpose()?,
            staff: person.staff_role.map(|role| from_name(&role, "staff role")).transpose()?,
        };
        Ok(Some((viewer, tenant.sign_in_required)))
    }

    /// Who a session acts as. Whoever does not belong to its organization any more, or may not act for it with this
    /// session, goes on in the first of their others. What an organization's own issuer vouches for counts there only: no
    /// other organization, no partner's team, no staff.
    async fn present_viewer(&self, session: &session::Model) -> Result<Option<Viewer>> {
        let found = self.member(&session.person_id, &session.organization_id).await?;
        if session.bound {
            let alone = |viewer| Viewer { partner: None, partner_role: None, staff: None, ..viewer };
            return Ok(found.map(|(viewer, _)| alone(viewer)));
        }
        if let Some((viewer, false)) = found {
            return Ok(Some(viewer));
        }
        let db = &self.connection;
        for next in memberships::of_person(db, &session.person_id).await? {
            if let Some((viewer, false)) = self.member(&session.person_id, &next.organization_id).await? {
                let (person, id) = (UserId(session.person_id.clone()), SessionId(session.id.clone()));
                sessions::go_over(db, &person, &id, &next.organization_id).await?;
                return Ok(Some(viewer));
            }
        }
        Ok(None)
    }
}

#[async_trait]
impl Identities for Database {
    async fn known_person(&self, who: &ExternalIdentity) -> Result<Option<UserId>> {
        Ok(find_identity(&self.connection, who).await?.map(|row| UserId(row.person_id)))
    }

    async fn person(
        &self,
        who: &ExternalIdentity,
        new: &NewPerson,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<(UserId, OrganizationId)> {
        let tx = self.begin().await?;
        let mut known = find_identity(&tx, who).await?;
        if known.is_none() && !insert_person(&tx, &new.user, who, None, now).await? {
            known = find_identity(&tx, who).await?;
        }
        let found = if let Some(known) = known {
            update_person(&tx, &known.person_id, who).await?;
            let first = memberships::of_person(&tx, &known.person_id).await?.into_iter().next();
            (UserId(known.person_id), first.map(|first| OrganizationId(first.organization_id)))
        } else {
            (new.user.clone(), None)
        };
        let found = if let (user, Some(organization)) = found {
            (user, organization)
        } else {
            let organization = (&new.organization, new.organization_name.as_str());
            insert_membership(&tx, &found.0, organization, OrganizationRole::Admin, now).await?;
            apply(&tx, effects).await?;
            (found.0, new.organization.clone())
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

    async fn create_session(&self, new: &NewSession, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        sessions::insert(&tx, new).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn signed_in(&self, token_hash: &str, now: Timestamp) -> Result<Option<SignedIn>> {
        let db = &self.connection;
        let session = session::Entity::find()
            .filter(session::Column::TokenHash.eq(token_hash))
            .filter(session::Column::ExpiresAt.gt(now.0))
            .one(db)
            .await
            .map_err(Error::storage)?;
        let Some(session) = session else { return Ok(None) };
        let Some(viewer) = self.present_viewer(&session).await? else { return Ok(None) };
        Ok(Some(SignedIn {
            viewer,
            session: SessionId(session.id),
            authenticated_at: Timestamp(session.authenticated_at),
            last_seen_at: Timestamp(session.last_seen_at),
            bound: session.bound,
        }))
    }

    async fn end_session(&self, token_hash: &str, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        let ended = session::Entity::delete_many().filter(session::Column::TokenHash.eq(token_hash));
        if ended.exec(&tx).await.map_err(Error::storage)?.rows_affected > 0 {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)
    }

    async fn address(&self, person: &UserId) -> Result<Option<Address>> {
        let row = person::Entity::find_by_id(&person.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.map(|row| Address { email: row.email, verified: row.email_verified }))
    }

    async fn holders(&self, email: &str) -> Result<Vec<Holder>> {
        let rows = person::Entity::find()
            .filter(Expr::expr(Func::lower(Expr::col(person::Column::Email))).eq(email.to_ascii_lowercase()))
            .filter(person::Column::EmailVerified.eq(true))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let holder = |row: person::Model| {
            let role = row.partner_role.map(|role| from_name(&role, "partner role")).transpose()?;
            let staff = row.staff_role.map(|role| from_name(&role, "staff role")).transpose()?;
            let partner = row.partner_id.map(PartnerId).zip(role);
            Ok(Holder { person: UserId(row.id), name: row.name, roles: Roles { staff, partner } })
        };
        rows.into_iter().map(holder).collect()
    }

    async fn set_roles(&self, person: &UserId, roles: &Roles, effects: &Effects) -> Result<()> {
        let (partner, role) = roles.partner.clone().unzip();
        let row = person::ActiveModel {
            id: Set(person.0.clone()),
            partner_id: Set(partner.map(|id| id.0)),
            partner_role: Set(role.map(|role| partner_role_name(role).to_owned())),
            staff_role: Set(roles.staff.map(|role| staff_name(role).to_owned())),
            ..Default::default()
        };
        let tx = self.begin().await?;
        person::Entity::update(row).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn identities(&self, person: &UserId) -> Result<Vec<KnownIdentity>> {
        let rows = identity::Entity::find()
            .filter(identity::Column::PersonId.eq(&person.0))
            .order_by_asc(identity::Column::CreatedAt)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let view = |row: identity::Model| KnownIdentity {
            issuer: row.issuer,
            subject: row.subject,
            created_at: Timestamp(row.created_at),
        };
        Ok(rows.into_iter().map(view).collect())
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
        // An address that never answered is somebody's personal data.
        let invitations = invitation::Entity::delete_many()
            .filter(invitation::Column::ExpiresAt.lte(now.0 - INVITATIONS_KEPT_MS))
            .exec(db)
            .await;
        Ok(sessions.map_err(Error::storage)?.rows_affected
            + pending.map_err(Error::storage)?.rows_affected
            + invitations.map_err(Error::storage)?.rows_affected)
    }
}
