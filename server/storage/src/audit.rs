//! Reading the audit trail.

use crate::Database;
use crate::entity::{audit_event, audit_head};
use async_trait::async_trait;
use contract::audit::AuditEvent;
use contract::{AuditId, OrganizationId, Timestamp};
use domain::ports::{AuditFilter, AuditTrail, ChainHead};
use domain::{Error, Result};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

fn to_event(row: audit_event::Model) -> AuditEvent {
    AuditEvent {
        id: AuditId(row.id),
        sequence: row.sequence,
        at: Timestamp(row.at),
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        actor_name: row.actor_name,
        via: row.via,
        action: row.action,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        subject_name: row.subject_name,
        before: row.before,
        after: row.after,
        ip: row.ip,
        user_agent: row.user_agent,
        trace_id: row.trace_id,
        hash: row.hash,
    }
}

/// The id, or a part of the name in any case.
fn named(id: audit_event::Column, name: audit_event::Column, text: &str) -> Condition {
    // The characters that LIKE understands stand for themselves.
    let escaped = text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = sea_orm::sea_query::LikeExpr::new(format!("%{escaped}%")).escape('!');
    Condition::any().add(id.eq(text)).add(Expr::expr(Func::lower(Expr::col(name))).like(pattern))
}

#[async_trait]
impl AuditTrail for Database {
    async fn audit_page(
        &self,
        organization: &OrganizationId,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<AuditEvent>> {
        use audit_event::Column;
        let mut wanted = Condition::all().add(Column::Chain.eq(&organization.0));
        if let Some(action) = &filter.action {
            wanted = wanted.add(Column::Action.eq(action));
        }
        if let Some(actor) = &filter.actor {
            wanted = wanted.add(named(Column::ActorId, Column::ActorName, actor));
        }
        if let Some(subject) = &filter.subject {
            wanted = wanted.add(named(Column::SubjectId, Column::SubjectName, subject));
        }
        wanted = wanted
            .add_option(filter.from.map(|from| Column::At.gte(from)))
            .add_option(filter.to.map(|to| Column::At.lt(to)))
            .add_option(before.map(|before| Column::Sequence.lt(before)));
        let rows = audit_event::Entity::find()
            .filter(wanted)
            .order_by_desc(Column::Sequence)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(to_event).collect())
    }

    async fn audit_after(&self, chain: &str, sequence: i64, limit: u64) -> Result<Vec<AuditEvent>> {
        let rows = audit_event::Entity::find()
            .filter(audit_event::Column::Chain.eq(chain))
            .filter(audit_event::Column::Sequence.gt(sequence))
            .order_by_asc(audit_event::Column::Sequence)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(rows.into_iter().map(to_event).collect())
    }

    async fn audit_end(&self, organization: &OrganizationId) -> Result<i64> {
        let row =
            audit_head::Entity::find_by_id(&organization.0).one(&self.connection).await.map_err(Error::storage)?;
        Ok(row.map_or(0, |row| row.sequence))
    }

    async fn audit_heads(&self) -> Result<Vec<ChainHead>> {
        let rows = audit_head::Entity::find().all(&self.connection).await.map_err(Error::storage)?;
        Ok(rows.into_iter().map(|row| ChainHead { chain: row.chain, sequence: row.sequence, hash: row.hash }).collect())
    }

    async fn audit_chains(&self) -> Result<Vec<String>> {
        audit_event::Entity::find()
            .select_only()
            .column(audit_event::Column::Chain)
            .distinct()
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)
    }
}
