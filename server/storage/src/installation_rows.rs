//! Rows of installations, checks, probes and events as the domain's types, and back.

use crate::convert::{count, from_json, from_name, to_json};
use crate::entity::{connection_check, event, installation, probe};
use contract::install::{CheckView, ConnectionState, EventView};
use contract::{EventId, InstallationId, ListingId, OrganizationId, ProbeId, Timestamp, UserId};
use domain::ports::{Installation, NewEvent, ProbeRecord};
use domain::{Error, Result};
use sea_orm::ActiveValue::{NotSet, Set};

pub fn to_installation(row: installation::Model, created_by_name: String) -> Result<Installation> {
    let state = ConnectionState::parse(&row.state)
        .ok_or_else(|| Error::Corrupt(format!("state {:?} of {}", row.state, row.id)))?;
    Ok(Installation {
        config: from_json(&row.config, &format!("configuration of {}", row.id))?,
        id: InstallationId(row.id),
        organization: OrganizationId(row.organization_id),
        listing: ListingId(row.listing_id),
        version: row.version,
        state,
        token_hash: row.token_hash,
        sealed: row.sealed,
        connected: row.connected,
        created_by: UserId(row.created_by),
        created_by_name,
        created_at: Timestamp(row.created_at),
        first_proof_at: row.first_proof_at.map(Timestamp),
        last_event_at: row.last_event_at.map(Timestamp),
        events: u64::try_from(row.events).unwrap_or_default(),
        revision: row.revision,
    })
}

pub fn from_installation(it: &Installation) -> Result<installation::ActiveModel> {
    Ok(installation::ActiveModel {
        id: Set(it.id.0.clone()),
        organization_id: Set(it.organization.0.clone()),
        listing_id: Set(it.listing.0.clone()),
        version: Set(it.version.clone()),
        state: Set(it.state.as_str().to_owned()),
        token_hash: Set(it.token_hash.clone()),
        config: Set(to_json(&it.config, "configuration")?),
        sealed: Set(it.sealed.clone()),
        connected: Set(it.connected),
        created_by: Set(it.created_by.0.clone()),
        created_at: Set(it.created_at.0),
        first_proof_at: Set(it.first_proof_at.map(|at| at.0)),
        last_event_at: Set(it.last_event_at.map(|at| at.0)),
        events: Set(i64::try_from(it.events).unwrap_or(i64::MAX)),
        revision: Set(it.revision),
        // Nothing begins uninstalled.
        uninstalled_at: NotSet,
    })
}

pub fn to_check(row: &connection_check::Model) -> Result<CheckView> {
    let report = from_json(&row.report, &format!("report of {}", row.id))?;
    Ok(CheckView { kind: row.kind.clone(), at: Timestamp(row.at), report })
}

pub fn to_probe(row: probe::Model) -> ProbeRecord {
    ProbeRecord {
        id: ProbeId(row.id),
        capability: row.capability,
        sent_at: Timestamp(row.sent_at),
        arrived_at: row.arrived_at.map(Timestamp),
    }
}

pub fn to_event(row: event::Model) -> Result<EventView> {
    Ok(EventView {
        id: EventId(row.id),
        sequence: row.sequence,
        capability: row.capability,
        summary: row.summary,
        severity: from_name(&row.severity, "severity")?,
        status: from_name(&row.status, "status")?,
        source: row.source,
        link: row.link,
        occurred_at: Timestamp(row.occurred_at),
        received_at: Timestamp(row.received_at),
        count: count(row.count),
        synthetic: row.synthetic,
    })
}

pub fn from_event(new: &NewEvent, owner: &Installation) -> Result<event::ActiveModel> {
    let view = &new.view;
    Ok(event::ActiveModel {
        sequence: NotSet,
        id: Set(view.id.0.clone()),
        installation_id: Set(owner.id.0.clone()),
        organization_id: Set(owner.organization.0.clone()),
        capability: Set(view.capability.clone()),
        summary: Set(view.summary.clone()),
        severity: Set(view.severity.as_str().to_owned()),
        status: Set(view.status.as_str().to_owned()),
        source: Set(view.source.clone()),
        link: Set(view.link.clone()),
        dedup_key: Set(new.dedup_key.clone()),
        unique_key: Set(new.unique_key.clone()),
        extra: Set(to_json(&new.extra, "event")?),
        occurred_at: Set(view.occurred_at.0),
        received_at: Set(view.received_at.0),
        count: Set(1),
        synthetic: Set(view.synthetic),
    })
}
