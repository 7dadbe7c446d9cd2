//! Organizations and their members.

use crate::Database;
use crate::convert::from_name;
use crate::deletion;
use crate::effects::apply;
use crate::entity::{installation, membership, organization, person, subscription};
use crate::memberships::{self, insert_organization, lock, may_change, others};
use crate::sessions::go_over;
use async_trait::async_trait;
use contract::account::OrganizationRole;
use contract::money::Currency;
use contract::{InstallationId, OrganizationId, SessionId, Timestamp, UserId};
use domain::ports::{Effects, Fate, Member, MemberChange, Membership, NewOrganization, Organization, Organizations};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

fn to_organization(row: organization::Model) -> Result<Organization> {
    let currency = Currency::parse(&row.currency);
    Ok(Organization {
        currency: currency.ok_or_else(|| Error::Corrupt(format!("{} is no currency", row.currency)))?,
        id: OrganizationId(row.id),
        name: row.name,
        created_at: Timestamp(row.created_at),
        delete_at: row.delete_at.map(Timestamp),
        sign_in_required: row.sign_in_required,
    })
}

#[async_trait]
impl Organizations for Database {
    async fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>> {
        let row = organization::Entity::find_by_id(&id.0).one(&self.connection).await.map_err(Error::storage)?;
        row.map(to_organization).transpose()
    }

    async fn members(&self, organization: &OrganizationId) -> Result<Vec<Member>> {
        let rows = membership::Entity::find()
            .filter(membership::Column::OrganizationId.eq(&organization.0))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let ids: Vec<String> = rows.iter().map(|row| row.person_id.clone()).collect();
        let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(&self.connection).await;
        let mut people: HashMap<String, person::Model> =
            people.map_err(Error::storage)?.into_iter().map(|row| (row.id.clone(), row)).collect();
        let mut members = Vec::new();
        for row in rows {
            let Some(person) = people.remove(&row.person_id) else {
                return Err(Error::Corrupt(format!("the member {} is nobody", row.person_id)));
            };
            members.push(Member {
                person: UserId(person.id),
                name: person.name,
                email: person.email,
                email_verified: person.email_verified,
                role: from_name(&row.role, "role")?,
                joined_at: Timestamp(row.created_at),
            });
        }
        members.sort_by(|one, other| (&one.name, &one.person).cmp(&(&other.name, &other.person)));
        Ok(members)
    }

    async fn organizations_of(&self, person: &UserId) -> Result<Vec<Membership>> {
        let rows = memberships::of_person(&self.connection, person.as_str()).await?;
        let ids: Vec<String> = rows.iter().map(|row| row.organization_id.clone()).collect();
        let found = organization::Entity::find().filter(organization::Column::Id.is_in(ids)).all(&self.connection);
        let mut found: HashMap<String, organization::Model> =
            found.await.map_err(Error::storage)?.into_iter().map(|row| (row.id.clone(), row)).collect();
        let mut mine = Vec::new();
        for row in rows {
            if let Some(organization) = found.remove(&row.organization_id) {
                mine.push(Membership {
                    organization: to_organization(organization)?,
                    role: from_name(&row.role, "role")?,
                    joined_at: Timestamp(row.created_at),
                });
            }
        }
        Ok(mine)
    }

    async fn set_role(
        &self,
        organization: &OrganizationId,
        person: &UserId,
        (was, is): (OrganizationRole, OrganizationRole),
        effects: &Effects,
    ) -> Result<MemberChange> {
        let tx = self.begin().await?;
        lock(&tx, organization.as_str()).await?;
        let change = may_change(&tx, organization, person, (was, Some(is))).await?;
        if change == MemberChange::Done {
            memberships::set_role(&tx, organization, person, is).await?;
            apply(&tx, effects).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        Ok(change)
    }

    async fn remove_member(
        &self,
        organization: &OrganizationId,
        person: &UserId,
        was: OrganizationRole,
        session: Option<&SessionId>,
        effects: &Effects,
    ) -> Result<MemberChange> {
        let tx = self.begin().await?;
        lock(&tx, organization.as_str()).await?;
        let change = may_change(&tx, organization, person, (was, None)).await?;
        if change == MemberChange::Done {
            memberships::remove(&tx, organization, person, session).await?;
            apply(&tx, effects).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        Ok(change)
    }

    async fn transfer(
        &self,
        organization: &OrganizationId,
        from: &UserId,
        to: &UserId,
        session: &SessionId,
        effects: &Effects,
    ) -> Result<MemberChange> {
        let tx = self.begin().await?;
        lock(&tx, organization.as_str()).await?;
        let key = |person: &UserId| (person.0.clone(), organization.0.clone());
        let heir = membership::Entity::find_by_id(key(to)).one(&tx).await.map_err(Error::storage)?;
        let giver = membership::Entity::find_by_id(key(from)).one(&tx).await.map_err(Error::storage)?;
        if heir.is_none() || giver.is_none_or(|row| row.role != OrganizationRole::Admin.as_str()) {
            return Ok(MemberChange::Stale);
        }
        memberships::set_role(&tx, organization, to, OrganizationRole::Admin).await?;
        memberships::remove(&tx, organization, from, Some(session)).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(MemberChange::Done)
    }

    async fn create_organization(&self, new: &NewOrganization, limit: u64, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        // The session first: two requests with it are counted one after the other.
        let there = go_over(&tx, &new.creator, &new.session, new.id.as_str()).await?;
        let number = memberships::of_person(&tx, new.creator.as_str()).await?.len();
        if !there || u64::try_from(number).unwrap_or(u64::MAX) >= limit {
            return Ok(false);
        }
        insert_organization(&tx, &new.id, &new.name, new.at).await?;
        memberships::insert(&tx, new.creator.as_str(), new.id.as_str(), OrganizationRole::Admin, new.at).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn rename(&self, organization: &OrganizationId, name: &str, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        organization::Entity::update_many()
            .col_expr(organization::Column::Name, Expr::value(name))
            .filter(organization::Column::Id.eq(&organization.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn set_currency(
        &self,
        organization: &OrganizationId,
        (was, is): (Currency, Currency),
        effects: &Effects,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let row = lock(&tx, organization.as_str()).await?;
        let mine = subscription::Column::OrganizationId.eq(organization.as_str());
        let subscribed = subscription::Entity::find().filter(mine).count(&tx).await.map_err(Error::storage)? > 0;
        if subscribed || row.is_none_or(|row| row.currency != was.code()) {
            return Ok(false);
        }
        organization::Entity::update_many()
            .col_expr(organization::Column::Currency, Expr::value(is.code()))
            .filter(organization::Column::Id.eq(organization.as_str()))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn set_deletion(
        &self,
        organization: &OrganizationId,
        at: Option<Timestamp>,
        effects: &Effects,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let mut change = organization::Entity::update_many()
            .col_expr(organization::Column::DeleteAt, Expr::value(at.map(|at| at.0)))
            .filter(organization::Column::Id.eq(&organization.0));
        // Deciding twice does not move the day.
        change = match at {
            Some(_) => change.filter(organization::Column::DeleteAt.is_null()),
            None => change.filter(organization::Column::DeleteAt.is_not_null()),
        };
        let changed = change.exec(&tx).await.map_err(Error::storage)?.rows_affected > 0;
        if changed {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(changed)
    }

    async fn due_for_deletion(&self, now: Timestamp) -> Result<Vec<Organization>> {
        let rows = organization::Entity::find()
            .filter(organization::Column::DeleteAt.lte(now.0))
            .order_by_asc(organization::Column::DeleteAt)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_organization).collect()
    }

    async fn delete_organization(&self, id: &OrganizationId, effects: &Effects, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let due = lock(&tx, id.as_str()).await?.and_then(|row| row.delete_at).is_some_and(|at| at <= now.0);
        if !due || !deletion::organization(&tx, id).await? {
            return Ok(false);
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }

    async fn every_installation(&self, organization: &OrganizationId) -> Result<Vec<InstallationId>> {
        let ids: Vec<String> = installation::Entity::find()
            .select_only()
            .column(installation::Column::Id)
            .filter(installation::Column::OrganizationId.eq(&organization.0))
            .order_by_asc(installation::Column::CreatedAt)
            .order_by_asc(installation::Column::Id)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(ids.into_iter().map(InstallationId).collect())
    }

    async fn delete_person(
        &self,
        person: &UserId,
        fates: &[(OrganizationId, Fate)],
        effects: &Effects,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        // Sessions first: whoever is joining or creating an organization with one of them is waited for.
        deletion::sign_in(&tx, person).await?;
        let mut mine: Vec<String> =
            memberships::of_person(&tx, person.as_str()).await?.into_iter().map(|row| row.organization_id).collect();
        mine.sort();
        for id in &mine {
            lock(&tx, id).await?;
            let expected = fates.iter().find(|(it, _)| it.as_str() == id).map(|(_, fate)| fate);
            match (expected, others(&tx, id, person.as_str()).await?) {
                (Some(Fate::Ends(at)), (0, _)) => deletion::schedule(&tx, id, *at).await?,
                (Some(Fate::GoesOn), (1.., admins)) => {
                    let key = (person.0.clone(), id.clone());
                    let row = membership::Entity::find_by_id(key).one(&tx).await.map_err(Error::storage)?;
                    if admins == 0 && row.is_some_and(|row| row.role == OrganizationRole::Admin.as_str()) {
                        return Ok(false);
                    }
                }
                _ => return Ok(false),
            }
        }
        if mine.len() != fates.len() {
            return Ok(false);
        }
        deletion::person(&tx, person).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }
}
