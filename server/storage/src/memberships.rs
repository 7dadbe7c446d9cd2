//! Who belongs to an organization: the parts that organizations, invitations and sign-in share.

use crate::entity::{membership, organization, session};
use crate::sessions::go_over;
use contract::account::OrganizationRole;
use contract::money::Currency;
use contract::{OrganizationId, SessionId, Timestamp, UserId};
use domain::ports::MemberChange;
use domain::{Error, Result};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    TryInsertResult,
};

const ADMIN: &str = OrganizationRole::Admin.as_str();

/// The organization, locked until the transaction ends: changes of its members and invitations are made one after the
/// other, so that each sees what the one before it left.
pub(crate) async fn lock(db: &impl ConnectionTrait, id: &str) -> Result<Option<organization::Model>> {
    organization::Entity::find_by_id(id).lock_exclusive().one(db).await.map_err(Error::storage)
}

/// Creates an organization unless it is there.
pub(crate) async fn insert_organization(
    db: &impl ConnectionTrait,
    id: &OrganizationId,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    let row = organization::ActiveModel {
        id: Set(id.0.clone()),
        name: Set(name.to_owned()),
        wrapped_key: Set(None),
        delete_at: Set(None),
        created_at: Set(now.0),
        sign_in_required: Set(false),
        currency: Set(Currency::USD.code().to_owned()),
    };
    organization::Entity::insert(row).on_conflict_do_nothing().exec(db).await.map_err(Error::storage)?;
    Ok(())
}

/// Makes somebody a member unless they are; gives whether it did.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    person: &str,
    organization: &str,
    role: OrganizationRole,
    now: Timestamp,
) -> Result<bool> {
    let row = membership::ActiveModel {
        person_id: Set(person.to_owned()),
        organization_id: Set(organization.to_owned()),
        role: Set(role.as_str().to_owned()),
        created_at: Set(now.0),
    };
    let inserted = membership::Entity::insert(row).on_conflict_do_nothing().exec(db).await.map_err(Error::storage)?;
    Ok(matches!(inserted, TryInsertResult::Inserted(_)))
}

/// Memberships of a person, the first one joined first.
pub(crate) async fn of_person(db: &impl ConnectionTrait, person: &str) -> Result<Vec<membership::Model>> {
    membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person))
        .order_by_asc(membership::Column::CreatedAt)
        .order_by_asc(membership::Column::OrganizationId)
        .all(db)
        .await
        .map_err(Error::storage)
}

/// Other members of an organization than this one, and how many of them are admins.
pub(crate) async fn others(db: &impl ConnectionTrait, organization: &str, person: &str) -> Result<(u64, u64)> {
    let others = membership::Entity::find()
        .filter(membership::Column::OrganizationId.eq(organization))
        .filter(membership::Column::PersonId.ne(person));
    let admins = others.clone().filter(membership::Column::Role.eq(ADMIN));
    Ok((others.count(db).await.map_err(Error::storage)?, admins.count(db).await.map_err(Error::storage)?))
}

/// Whether somebody can get another role, or none, in an organization that is locked.
pub(crate) async fn may_change(
    db: &impl ConnectionTrait,
    organization: &OrganizationId,
    person: &UserId,
    (was, is): (OrganizationRole, Option<OrganizationRole>),
) -> Result<MemberChange> {
    let key = (person.0.clone(), organization.0.clone());
    let member = membership::Entity::find_by_id(key).one(db).await.map_err(Error::storage)?;
    if member.is_none_or(|row| row.role != was.as_str()) {
        return Ok(MemberChange::Stale);
    }
    let stays = is == Some(OrganizationRole::Admin) || was != OrganizationRole::Admin;
    if stays || others(db, organization.as_str(), person.as_str()).await?.1 > 0 {
        return Ok(MemberChange::Done);
    }
    Ok(MemberChange::LastAdmin)
}

/// Gives a member another role.
pub(crate) async fn set_role(
    db: &impl ConnectionTrait,
    organization: &OrganizationId,
    person: &UserId,
    role: OrganizationRole,
) -> Result<()> {
    let row = membership::ActiveModel {
        person_id: Set(person.0.clone()),
        organization_id: Set(organization.0.clone()),
        role: Set(role.as_str().to_owned()),
        ..Default::default()
    };
    membership::Entity::update(row).exec(db).await.map_err(Error::storage)?;
    Ok(())
}

/// Ends a membership and the person's sessions in the organization; `session` goes on in another one, if there is one.
pub(crate) async fn remove(
    db: &impl ConnectionTrait,
    organization: &OrganizationId,
    person: &UserId,
    session: Option<&SessionId>,
) -> Result<()> {
    let key = (person.0.clone(), organization.0.clone());
    membership::Entity::delete_by_id(key).exec(db).await.map_err(Error::storage)?;
    let next = of_person(db, person.as_str()).await?.into_iter().next();
    if let (Some(session), Some(next)) = (session, next) {
        let current = session::Entity::find_by_id(&session.0).one(db).await.map_err(Error::storage)?;
        if current.is_some_and(|row| row.organization_id == organization.0 && !row.bound) {
            go_over(db, person, session, &next.organization_id).await?;
        }
    }
    session::Entity::delete_many()
        .filter(session::Column::PersonId.eq(&person.0))
        .filter(session::Column::OrganizationId.eq(&organization.0))
        .exec(db)
        .await
        .map_err(Error::storage)?;
    Ok(())
}
