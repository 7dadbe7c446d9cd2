//! What arrives at an installation: its body, its events, what is counted of it, and what that says of the connection.

use crate::Database;
use crate::convert::count;
use crate::effects::apply;
use crate::entity::{event, installation, probe, raw_payload};
use crate::installation_rows::from_event;
use crate::installations::recount;
use crate::metering;
use contract::Timestamp;
use contract::install::ConnectionState;
use contract::pricing::MeterUnit;
use domain::ports::{Arrival, Effects, Installation, NewEvent, PROBE_MS, Stored};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, TryInsertResult,
};

/// Whether an event answers a probe that was sent a short time ago.
async fn answers_probe(
    db: &impl ConnectionTrait,
    event: &NewEvent,
    owner: &Installation,
    at: Timestamp,
) -> Result<bool> {
    let Some(id) = &event.probe else { return Ok(false) };
    let sent = probe::Entity::find_by_id(&id.0)
        .filter(probe::Column::InstallationId.eq(&owner.id.0))
        .filter(probe::Column::SentAt.gte(at.plus_ms(-PROBE_MS).0))
        .one(db)
        .await
        .map_err(Error::storage)?;
    Ok(sent.is_some())
}

/// Keeps what arrived with its events, in one transaction.
pub async fn store(db: &Database, owner: &Installation, arrival: &Arrival, woken: &Effects) -> Result<Stored> {
    let tx = db.begin().await?;
    // One arrival after the other, so that events become visible in the order of their numbers, which live views
    // count on, and so that two arrivals with the same events do not wait for each other.
    installation::Entity::find_by_id(&owner.id.0).lock_exclusive().one(&tx).await.map_err(Error::storage)?;
    let row = raw_payload::ActiveModel {
        id: NotSet,
        installation_id: Set(owner.id.0.clone()),
        capability: Set(arrival.capability.clone()),
        payload: Set(arrival.raw.clone()),
        problem: Set(arrival.problem.clone()),
        at: Set(arrival.at.0),
    };
    raw_payload::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
    let mut stored = Stored::default();
    let mut real = 0;
    for new in &arrival.events {
        let inserted = event::Entity::insert(from_event(new, owner)?)
            .on_conflict_do_nothing_on([event::Column::InstallationId, event::Column::UniqueKey])
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        let added = matches!(inserted, TryInsertResult::Inserted(_));
        if added {
            stored.added += 1;
        } else {
            stored.repeated += 1;
            event::Entity::update_many()
                .col_expr(event::Column::Count, Expr::col(event::Column::Count).add(1))
                .filter(event::Column::InstallationId.eq(&owner.id.0))
                .filter(event::Column::UniqueKey.eq(&new.unique_key))
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
        }
        if let Some(id) = &new.probe {
            let arrived = probe::Entity::update_many()
                .col_expr(probe::Column::ArrivedAt, Expr::value(arrival.at.0))
                .filter(probe::Column::Id.eq(&id.0))
                .filter(probe::Column::InstallationId.eq(&owner.id.0))
                .filter(probe::Column::ArrivedAt.is_null())
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
            stored.probes += count(i64::try_from(arrived.rows_affected).unwrap_or_default());
        }
        let free = !added || arrival.metered.is_none() || answers_probe(&tx, new, owner, arrival.at).await?;
        real += i64::from(!free);
    }
    if let Some(metered) = &arrival.metered {
        // What adds nothing costs nothing: neither a repeated delivery nor what was not understood.
        let empty = arrival.events.is_empty() && arrival.problem.is_none();
        stored.counted = match metered.unit {
            MeterUnit::Event => real,
            MeterUnit::Gb if real > 0 || empty => i64::try_from(arrival.raw.len()).unwrap_or(i64::MAX),
            MeterUnit::Gb | MeterUnit::Action => 0,
        };
        metering::count(&tx, metered, stored.counted).await?;
    }
    if !arrival.events.is_empty() {
        use installation::Column;
        let first = Expr::expr(Expr::col(Column::FirstProofAt)).if_null(arrival.at.0);
        installation::Entity::update_many()
            .col_expr(Column::Events, Expr::col(Column::Events).add(i64::from(stored.added)))
            .col_expr(Column::LastEventAt, Expr::value(arrival.at.0))
            .col_expr(Column::FirstProofAt, first)
            .filter(Column::Id.eq(&owner.id.0))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        // Data that flows ends waiting, silence and degradation; a person's pause and a failing credential stay.
        let waiting =
            [ConnectionState::Setup, ConnectionState::Authorised, ConnectionState::Silent, ConnectionState::Degraded];
        let changed = installation::Entity::update_many()
            .col_expr(Column::State, Expr::value(ConnectionState::Receiving.as_str()))
            .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
            .filter(Column::Id.eq(&owner.id.0))
            .filter(Column::State.is_in(waiting.map(ConnectionState::as_str)))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if changed.rows_affected > 0 {
            recount(&tx, &owner.listing, arrival.at).await?;
            apply(&tx, woken).await?;
        }
    }
    tx.commit().await.map_err(Error::storage)?;
    Ok(stored)
}
