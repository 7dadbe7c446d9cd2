//! Inboxes, preferences, the outbox of mail.

use crate::Database;
use crate::convert::{count, from_name};
use crate::effects::{apply, put_mail};
use crate::entity::{mail, membership, notice, notice_preference, organization, person};
use async_trait::async_trait;
use contract::notice::{MailChoice, NoticeView};
use contract::{MailId, NoticeId, OrganizationId, Timestamp, UserId};
use domain::notice::mail_job;
use domain::ports::{Digest, Effects, NewMail, Notices, Recipient};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, HashMap};

fn to_recipient(row: person::Model) -> Recipient {
    Recipient { person: UserId(row.id), name: row.name, email: row.email }
}

/// Notices of a person: of all their organizations, or of one.
fn theirs(person: &UserId, within: Option<&OrganizationId>) -> Condition {
    let own = Condition::all().add(notice::Column::PersonId.eq(&person.0));
    own.add_option(within.map(|organization| notice::Column::OrganizationId.eq(&organization.0)))
}

impl Database {
    async fn to_notices(&self, rows: Vec<notice::Model>) -> Result<Vec<NoticeView>> {
        let ids: Vec<String> = rows.iter().map(|row| row.organization_id.clone()).collect();
        let found = organization::Entity::find().filter(organization::Column::Id.is_in(ids)).all(&self.connection);
        let names: HashMap<String, String> =
            found.await.map_err(Error::storage)?.into_iter().map(|row| (row.id, row.name)).collect();
        let view = |row: notice::Model| NoticeView {
            organization: names.get(&row.organization_id).cloned().unwrap_or_default(),
            id: NoticeId(row.id),
            kind: row.kind,
            title: row.title,
            body: row.body,
            link: row.link,
            at: Timestamp(row.at),
            read: row.read_at.is_some(),
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

#[async_trait]
impl Notices for Database {
    async fn inbox(&self, person: &UserId, within: Option<&OrganizationId>, limit: u64) -> Result<Vec<NoticeView>> {
        let rows = notice::Entity::find()
            .filter(theirs(person, within))
            .order_by_desc(notice::Column::At)
            .order_by_desc(notice::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.to_notices(rows).await
    }

    async fn unread(&self, person: &UserId, within: Option<&OrganizationId>) -> Result<u32> {
        let number = notice::Entity::find()
            .filter(theirs(person, within))
            .filter(notice::Column::ReadAt.is_null())
            .count(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(count(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    async fn told(&self, organization: &OrganizationId, kind: &str, link: &str) -> Result<bool> {
        let number = notice::Entity::find()
            .filter(notice::Column::OrganizationId.eq(&organization.0))
            .filter(notice::Column::Kind.eq(kind))
            .filter(notice::Column::Link.eq(link))
            .count(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(number > 0)
    }

    async fn mark_read(
        &self,
        person: &UserId,
        within: Option<&OrganizationId>,
        id: Option<&NoticeId>,
        now: Timestamp,
    ) -> Result<()> {
        let mut change = notice::Entity::update_many()
            .col_expr(notice::Column::ReadAt, Expr::value(now.0))
            .filter(theirs(person, within))
            .filter(notice::Column::ReadAt.is_null());
        if let Some(id) = id {
            change = change.filter(notice::Column::Id.eq(&id.0));
        }
        change.exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }

    async fn preferences(&self, person: &UserId) -> Result<Vec<(String, MailChoice)>> {
        let rows = notice_preference::Entity::find()
            .filter(notice_preference::Column::PersonId.eq(&person.0))
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(|row| Ok((row.kind, from_name(&row.mail, "choice of mail")?))).collect()
    }

    async fn set_preference(&self, person: &UserId, kind: &str, choice: MailChoice) -> Result<()> {
        use notice_preference::Column;
        let row = notice_preference::ActiveModel {
            person_id: Set(person.0.clone()),
            kind: Set(kind.to_owned()),
            mail: Set(choice.as_str().to_owned()),
        };
        let replace = OnConflict::columns([Column::PersonId, Column::Kind]).update_column(Column::Mail).to_owned();
        notice_preference::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(())
    }

    async fn digests(&self) -> Result<Vec<Digest>> {
        let rows = notice::Entity::find()
            .filter(notice::Column::Digest.eq(true))
            .order_by_asc(notice::Column::At)
            .order_by_asc(notice::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let mut by_person: BTreeMap<String, Vec<notice::Model>> = BTreeMap::new();
        for row in rows {
            by_person.entry(row.person_id.clone()).or_default().push(row);
        }
        let mut digests = Vec::new();
        for (id, rows) in by_person {
            if let Some(recipient) = self.recipient(&UserId(id)).await?.filter(|it| !it.email.is_empty()) {
                digests.push(Digest { recipient, notices: self.to_notices(rows).await? });
            }
        }
        Ok(digests)
    }

    async fn send_digest(&self, person: &UserId, mail: &NewMail, up_to: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        let taken = notice::Entity::update_many()
            .col_expr(notice::Column::Digest, Expr::value(false))
            .filter(notice::Column::PersonId.eq(&person.0))
            .filter(notice::Column::Digest.eq(true))
            .filter(notice::Column::At.lte(up_to.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        // Another worker may have sent them in this moment.
        if taken.rows_affected > 0 {
            put_mail(&tx, mail).await?;
            apply(&tx, &Effects::default().job(mail_job(mail))).await?;
        }
        tx.commit().await.map_err(Error::storage)
    }

    async fn recipients(&self, organization: &OrganizationId, roles: &[&str]) -> Result<Vec<Recipient>> {
        let mut members = membership::Entity::find().filter(membership::Column::OrganizationId.eq(&organization.0));
        if !roles.is_empty() {
            members = members.filter(membership::Column::Role.is_in(roles.iter().copied()));
        }
        let ids: Vec<String> =
            members.all(&self.connection).await.map_err(Error::storage)?.into_iter().map(|row| row.person_id).collect();
        let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).order_by_asc(person::Column::Id);
        let people = people.all(&self.connection).await.map_err(Error::storage)?;
        Ok(people.into_iter().map(to_recipient).collect())
    }

    async fn recipient(&self, id: &UserId) -> Result<Option<Recipient>> {
        let row = person::Entity::find_by_id(&id.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.map(to_recipient))
    }

    async fn unsent(&self, id: &MailId) -> Result<Option<NewMail>> {
        let row = mail::Entity::find_by_id(&id.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.filter(|row| row.sent_at.is_none()).map(|row| NewMail {
            id: MailId(row.id),
            to: row.recipient,
            subject: row.subject,
            text: row.body,
            unsubscribe: row.unsubscribe,
            at: Timestamp(row.created_at),
        }))
    }

    async fn mail_tried(&self, id: &MailId, outcome: std::result::Result<Timestamp, String>) -> Result<()> {
        let mut row = mail::ActiveModel { id: Set(id.0.clone()), ..Default::default() };
        match outcome {
            Ok(at) => {
                row.sent_at = Set(Some(at.0));
                row.last_error = Set(None);
            }
            Err(error) => row.last_error = Set(Some(error)),
        }
        mail::Entity::update(row).exec(&self.connection).await.map_err(Error::storage)?;
        Ok(())
    }
}
