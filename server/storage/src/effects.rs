//! Storing what a change brings with it, in the change's own transaction.

use crate::Database;
use crate::convert::to_json;
use crate::entity::{audit_event, audit_head, mail, notice};
use crate::queue::enqueue;
use async_trait::async_trait;
use contract::audit::AuditEvent;
use domain::audit::chain;
use domain::ports::{AuditEntry, EffectStore, Effects, MARKETPLACE_CHAIN};
use domain::{Error, Result};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, QuerySelect};

/// Ends a change of rows that were as expected: with its effects, or, where there were none, without. Gives whether there were.
pub(crate) async fn conclude(tx: DatabaseTransaction, rows: u64, effects: &Effects) -> Result<bool> {
    if rows == 0 {
        return Ok(false);
    }
    apply(&tx, effects).await?;
    tx.commit().await.map_err(Error::storage)?;
    Ok(true)
}

/// Stores effects. Audit events come last, because their chain is what other changes of the organization wait for.
pub(crate) async fn apply(tx: &DatabaseTransaction, effects: &Effects) -> Result<()> {
    for it in &effects.notices {
        let row = notice::ActiveModel {
            id: Set(it.id.0.clone()),
            person_id: Set(it.person.0.clone()),
            organization_id: Set(it.organization.0.clone()),
            kind: Set(it.kind.to_owned()),
            title: Set(it.title.clone()),
            body: Set(it.body.clone()),
            link: Set(it.link.clone()),
            at: Set(it.at.0),
            read_at: Set(None),
            digest: Set(it.digest),
        };
        notice::Entity::insert(row).exec(tx).await.map_err(Error::storage)?;
    }
    for it in &effects.mail {
        put_mail(tx, it).await?;
    }
    for it in &effects.jobs {
        enqueue(tx, it.kind, &it.key, &it.payload, it.run_at).await?;
    }
    for it in &effects.audit {
        append(tx, it).await?;
    }
    Ok(())
}

/// Puts a mail into the outbox.
pub(crate) async fn put_mail(tx: &DatabaseTransaction, it: &domain::ports::NewMail) -> Result<()> {
    let row = mail::ActiveModel {
        id: Set(it.id.0.clone()),
        recipient: Set(it.to.clone()),
        subject: Set(it.subject.clone()),
        body: Set(it.text.clone()),
        unsubscribe: Set(it.unsubscribe.clone()),
        created_at: Set(it.at.0),
        sent_at: Set(None),
        last_error: Set(None),
    };
    mail::Entity::insert(row).exec(tx).await.map_err(Error::storage)?;
    Ok(())
}

/// The end of a chain, locked until the transaction ends: events of one chain are appended one after the other.
pub(crate) async fn locked_head(tx: &impl ConnectionTrait, name: &str) -> Result<(i64, String)> {
    let row =
        audit_head::ActiveModel { chain: Set(name.to_owned()), sequence: Set(0), hash: Set(chain::GENESIS.to_owned()) };
    audit_head::Entity::insert(row).on_conflict_do_nothing().exec(tx).await.map_err(Error::storage)?;
    let head = audit_head::Entity::find_by_id(name).lock_exclusive().one(tx).await.map_err(Error::storage)?;
    let head = head.ok_or_else(|| Error::Corrupt(format!("the chain {name} has no end")))?;
    Ok((head.sequence, head.hash))
}

fn json_or_empty(value: &serde_json::Value) -> Result<String> {
    if value.is_null() { Ok(String::new()) } else { to_json(value, "audit") }
}

async fn append(tx: &impl ConnectionTrait, entry: &AuditEntry) -> Result<()> {
    let name = entry.organization.as_ref().map_or(MARKETPLACE_CHAIN, |organization| organization.as_str());
    let (sequence, previous) = locked_head(tx, name).await?;
    let mut event = AuditEvent {
        id: entry.id.clone(),
        sequence: sequence + 1,
        at: entry.at,
        actor_kind: entry.actor_kind.to_owned(),
        actor_id: entry.actor_id.clone(),
        actor_name: entry.actor_name.clone(),
        via: entry.via.clone(),
        action: entry.action.as_str().to_owned(),
        subject_kind: entry.subject_kind.to_owned(),
        subject_id: entry.subject_id.clone(),
        subject_name: entry.subject_name.clone(),
        before: json_or_empty(&entry.before)?,
        after: json_or_empty(&entry.after)?,
        ip: entry.ip.clone(),
        user_agent: entry.user_agent.clone(),
        trace_id: entry.trace_id.clone(),
        hash: String::new(),
    };
    event.hash = chain::hash(name, &previous, &event);
    let head = audit_head::ActiveModel {
        chain: Set(name.to_owned()),
        sequence: Set(event.sequence),
        hash: Set(event.hash.clone()),
    };
    let row = audit_event::ActiveModel {
        chain: Set(name.to_owned()),
        sequence: Set(event.sequence),
        id: Set(event.id.0),
        at: Set(event.at.0),
        actor_kind: Set(event.actor_kind),
        actor_id: Set(event.actor_id),
        actor_name: Set(event.actor_name),
        via: Set(event.via),
        action: Set(event.action),
        subject_kind: Set(event.subject_kind),
        subject_id: Set(event.subject_id),
        subject_name: Set(event.subject_name),
        before: Set(event.before),
        after: Set(event.after),
        ip: Set(event.ip),
        user_agent: Set(event.user_agent),
        trace_id: Set(event.trace_id),
        hash: Set(event.hash),
    };
    audit_event::Entity::insert(row).exec(tx).await.map_err(Error::storage)?;
    audit_head::Entity::update(head).exec(tx).await.map_err(Error::storage)?;
    Ok(())
}

#[async_trait]
impl EffectStore for Database {
    async fn apply(&self, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }
}
