//! Deleting everything that belongs to an organization or a person. The audit trail stays: it is what proves the rest.

use crate::entity::{
    identity, installation, membership, notice, notice_preference, organization, person, review_effort, session,
};
use contract::install::ConnectionState;
use contract::{OrganizationId, Timestamp, UserId};
use domain::{Error, Result};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Tables whose rows belong to an installation of the organization.
const BY_INSTALLATION: [&str; 4] = ["connection_check", "probe", "raw_payload", "rejection"];

/// Tables whose rows name the organization. Sessions are not among them: they go on in another organization of their
/// owner. The rows of installations come last, because the tables above are found through them.
const BY_ORGANIZATION: [&str; 17] = [
    "event",
    "audit_stream",
    "invitation",
    "membership",
    "notice",
    "listing_request",
    "install_policy",
    "organization_domain",
    "organization_issuer",
    "approval_comment",
    "approval",
    "api_token",
    "idempotency",
    "usage_cap",
    "budget",
    "told_once",
    "installation",
];

/// Tables whose rows outlive the organization without naming it: what a person said in public stays theirs.
const DETACHED: [&str; 2] = ["review", "review_report"];

/// Deletes an organization that has nothing installed any more; gives whether it did.
pub(crate) async fn organization(db: &impl ConnectionTrait, id: &OrganizationId) -> Result<bool> {
    let installed = installation::Entity::find()
        .filter(installation::Column::OrganizationId.eq(&id.0))
        .filter(installation::Column::State.ne(ConnectionState::Uninstalled.as_str()))
        .count(db)
        .await
        .map_err(Error::storage)?;
    if installed > 0 {
        return Ok(false);
    }
    let owned = Expr::col(Alias::new("organization_id")).eq(id.as_str());
    for table in BY_INSTALLATION {
        let theirs = Query::select()
            .column(Alias::new("id"))
            .from(Alias::new("installation"))
            .and_where(owned.clone())
            .to_owned();
        let delete = Query::delete()
            .from_table(Alias::new(table))
            .and_where(Expr::col(Alias::new("installation_id")).in_subquery(theirs))
            .to_owned();
        db.execute(&delete).await.map_err(Error::storage)?;
    }
    for table in BY_ORGANIZATION {
        let delete = Query::delete().from_table(Alias::new(table)).and_where(owned.clone()).to_owned();
        db.execute(&delete).await.map_err(Error::storage)?;
    }
    for table in DETACHED {
        let detach = Query::update()
            .table(Alias::new(table))
            .value(Alias::new("organization_id"), "")
            .and_where(owned.clone())
            .to_owned();
        db.execute(&detach).await.map_err(Error::storage)?;
    }
    // With the row goes the wrapped key: what was ever sealed with it can't be opened any more, in no backup either.
    organization::Entity::delete_by_id(&id.0).exec(db).await.map_err(Error::storage)?;
    Ok(true)
}

/// Decides when an organization that loses its last member is deleted.
pub(crate) async fn schedule(db: &impl ConnectionTrait, id: &str, at: Timestamp) -> Result<()> {
    let row = organization::ActiveModel { id: Set(id.to_owned()), delete_at: Set(Some(at.0)), ..Default::default() };
    organization::Entity::update(row).exec(db).await.map_err(Error::storage)?;
    Ok(())
}

/// Ends all ways in: sessions, identities, API tokens.
pub(crate) async fn sign_in(db: &impl ConnectionTrait, id: &UserId) -> Result<()> {
    let sessions = session::Entity::delete_many().filter(session::Column::PersonId.eq(&id.0));
    sessions.exec(db).await.map_err(Error::storage)?;
    let identities = identity::Entity::delete_many().filter(identity::Column::PersonId.eq(&id.0));
    identities.exec(db).await.map_err(Error::storage)?;
    let tokens = Query::delete()
        .from_table(Alias::new("api_token"))
        .and_where(Expr::col(Alias::new("person_id")).eq(id.as_str()))
        .to_owned();
    db.execute(&tokens).await.map_err(Error::storage)?;
    Ok(())
}

/// Deletes what belongs to a person alone. The row stays, because installations, approvals and reviews name who
/// made them; the name in it does not.
pub(crate) async fn person(db: &impl ConnectionTrait, id: &UserId) -> Result<()> {
    let memberships = membership::Entity::delete_many().filter(membership::Column::PersonId.eq(&id.0));
    memberships.exec(db).await.map_err(Error::storage)?;
    let notices = notice::Entity::delete_many().filter(notice::Column::PersonId.eq(&id.0));
    notices.exec(db).await.map_err(Error::storage)?;
    let choices = notice_preference::Entity::delete_many().filter(notice_preference::Column::PersonId.eq(&id.0));
    choices.exec(db).await.map_err(Error::storage)?;
    let efforts = review_effort::Entity::delete_many().filter(review_effort::Column::PersonId.eq(&id.0));
    efforts.exec(db).await.map_err(Error::storage)?;
    let row = person::ActiveModel {
        id: Set(id.0.clone()),
        name: Set("Deleted person".to_owned()),
        email: Set(String::new()),
        email_verified: Set(false),
        partner_id: Set(None),
        partner_role: Set(None),
        staff_role: Set(None),
        ..Default::default()
    };
    person::Entity::update(row).exec(db).await.map_err(Error::storage)?;
    Ok(())
}
