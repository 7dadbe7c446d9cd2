//! Invitations into organizations.

use crate::Database;
use crate::convert::from_name;
use crate::effects::{apply, conclude};
use crate::entity::{invitation, organization, person};
use crate::memberships::{self, lock};
use crate::sessions::go_over;
use async_trait::async_trait;
use contract::{InvitationId, OrganizationId, Timestamp};
use domain::ports::{Acceptance, Effects, Invitation, InvitationLimits, Invitations, Invited, NewInvitation};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
};
use std::collections::HashMap;

/// Invitations that were neither accepted nor revoked.
fn unanswered(organization: &OrganizationId) -> Select<invitation::Entity> {
    invitation::Entity::find()
        .filter(invitation::Column::OrganizationId.eq(&organization.0))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
}

fn to_row(new: &NewInvitation, id: String) -> invitation::ActiveModel {
    invitation::ActiveModel {
        id: Set(id),
        organization_id: Set(new.organization.0.clone()),
        email: Set(new.email.clone()),
        role: Set(new.role.as_str().to_owned()),
        token_hash: Set(new.token_hash.clone()),
        invited_by: Set(new.invited_by.0.clone()),
        created_at: Set(new.sent_at.0),
        expires_at: Set(new.expires_at.0),
        accepted_at: Set(None),
        revoked_at: Set(None),
    }
}

async fn all(db: &impl ConnectionTrait, wanted: Select<invitation::Entity>) -> Result<Vec<Invitation>> {
    let rows = wanted.all(db).await.map_err(Error::storage)?;
    let people: Vec<String> = rows.iter().map(|row| row.invited_by.clone()).collect();
    let people = person::Entity::find().filter(person::Column::Id.is_in(people)).all(db).await;
    let people: HashMap<String, String> =
        people.map_err(Error::storage)?.into_iter().map(|row| (row.id, row.name)).collect();
    let places: Vec<String> = rows.iter().map(|row| row.organization_id.clone()).collect();
    let places = organization::Entity::find().filter(organization::Column::Id.is_in(places)).all(db).await;
    let places: HashMap<String, String> =
        places.map_err(Error::storage)?.into_iter().map(|row| (row.id, row.name)).collect();
    let view = |row: invitation::Model| -> Result<Invitation> {
        Ok(Invitation {
            organization_name: places.get(&row.organization_id).cloned().unwrap_or_default(),
            invited_by: people.get(&row.invited_by).cloned().unwrap_or_default(),
            id: InvitationId(row.id),
            organization: OrganizationId(row.organization_id),
            email: row.email,
            role: from_name(&row.role, "role")?,
            sent_at: Timestamp(row.created_at),
            expires_at: Timestamp(row.expires_at),
            accepted_at: row.accepted_at.map(Timestamp),
            revoked_at: row.revoked_at.map(Timestamp),
        })
    };
    rows.into_iter().map(view).collect()
}

#[async_trait]
impl Invitations for Database {
    async fn invite(&self, new: &NewInvitation, limits: InvitationLimits, effects: &Effects) -> Result<Invited> {
        let tx = self.begin().await?;
        lock(&tx, new.organization.as_str()).await?;
        let same = unanswered(&new.organization).filter(invitation::Column::Email.eq(&new.email));
        let same = same.one(&tx).await.map_err(Error::storage)?;
        let just = |row: &invitation::Model| {
            row.role == new.role.as_str() && new.sent_at.since(Timestamp(row.created_at)) < limits.pause_ms
        };
        if same.as_ref().is_some_and(just) {
            return Ok(Invited::JustSent);
        }
        let open = unanswered(&new.organization)
            .filter(invitation::Column::ExpiresAt.gt(new.sent_at.0))
            .filter(invitation::Column::Email.ne(&new.email));
        if open.count(&tx).await.map_err(Error::storage)? >= limits.open {
            return Ok(Invited::TooMany);
        }
        if let Some(row) = same {
            invitation::Entity::update(to_row(new, row.id)).exec(&tx).await.map_err(Error::storage)?;
        } else {
            invitation::Entity::insert(to_row(new, new.id.0.clone())).exec(&tx).await.map_err(Error::storage)?;
        }
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(Invited::Sent)
    }

    async fn invitations(&self, organization: &OrganizationId) -> Result<Vec<Invitation>> {
        let wanted =
            unanswered(organization).order_by_desc(invitation::Column::CreatedAt).order_by_desc(invitation::Column::Id);
        all(&self.connection, wanted).await
    }

    async fn invitation(&self, organization: &OrganizationId, id: &InvitationId) -> Result<Option<Invitation>> {
        let wanted =
            invitation::Entity::find_by_id(&id.0).filter(invitation::Column::OrganizationId.eq(&organization.0));
        Ok(all(&self.connection, wanted).await?.pop())
    }

    async fn invitation_by_token(&self, token_hash: &str) -> Result<Option<Invitation>> {
        let wanted = invitation::Entity::find().filter(invitation::Column::TokenHash.eq(token_hash));
        Ok(all(&self.connection, wanted).await?.pop())
    }

    async fn revoke_invitation(
        &self,
        organization: &OrganizationId,
        id: &InvitationId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let tx = self.begin().await?;
        let revoked = invitation::Entity::update_many()
            .col_expr(invitation::Column::RevokedAt, Expr::value(now.0))
            .filter(invitation::Column::Id.eq(&id.0))
            .filter(invitation::Column::OrganizationId.eq(&organization.0))
            .filter(invitation::Column::AcceptedAt.is_null())
            .filter(invitation::Column::RevokedAt.is_null())
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        conclude(tx, revoked.rows_affected, effects).await
    }

    async fn accept_invitation(&self, by: &Acceptance, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let row = invitation::Entity::find_by_id(&by.invitation.0).one(&tx).await.map_err(Error::storage)?;
        let Some(row) = row else { return Ok(false) };
        // Session, organization, invitation: everybody locks them in this order.
        if !go_over(&tx, &by.person, &by.session, &row.organization_id).await?
            || lock(&tx, &row.organization_id).await?.is_none()
        {
            return Ok(false);
        }
        // It is taken by the first one who marks it: a second acceptance, a revocation and a new link exclude this.
        let taken = invitation::Entity::update_many()
            .col_expr(invitation::Column::AcceptedAt, Expr::value(by.at.0))
            .filter(invitation::Column::Id.eq(&by.invitation.0))
            .filter(invitation::Column::TokenHash.eq(&by.token_hash))
            .filter(invitation::Column::AcceptedAt.is_null())
            .filter(invitation::Column::RevokedAt.is_null())
            .filter(invitation::Column::ExpiresAt.gt(by.at.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if taken.rows_affected == 0 {
            return Ok(false);
        }
        let role = from_name(&row.role, "role")?;
        if memberships::insert(&tx, by.person.as_str(), &row.organization_id, role, by.at).await? {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }
}
