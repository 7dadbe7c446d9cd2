//! The Prove step: a probe that comes back, a poll that answers, or an action that is accepted.

use super::receive;
use super::state;
use super::target::Target;
use super::test::record;
use crate::billing;
use crate::mapping;
use crate::permission::Permission;
use crate::ports::ProbeRecord;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::install::CallReport;
use contract::manifest::{Capability, CapabilityKind};
use contract::{ErrorCode, InstallationId, ProbeId, PublicError};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Proves one capability now.
pub async fn prove(services: &Services, actor: &Actor, id: &InstallationId, capability: &str) -> Result<CallReport> {
    let person = actor.require(Permission::Install)?;
    let target = Target::load(services, person.organization(), id).await?.managed_by(person)?;
    target.connected()?;
    let access = target.access(services).await?;
    if let Some(refusal) = access.refusal(&target.manifest.name) {
        return Err(refusal.into());
    }
    let found = target.manifest.capability(capability).cloned();
    let capability = found.ok_or_else(|| PublicError::not_found("capability of this integration"))?;
    match capability.kind {
        CapabilityKind::Webhook => probe(services, target, &capability).await,
        CapabilityKind::DataSource => {
            if let Some(running) = billing::running(services, &access).await?
                && let Some(refusal) = billing::capped(services, &running).await?
            {
                return Err(refusal.into());
            }
            poll(services, actor, target, &capability).await
        }
        CapabilityKind::Action => act(services, actor, target, &capability).await,
    }
}

async fn probe(services: &Services, target: Target, capability: &Capability) -> Result<CallReport> {
    if capability.probe.is_none() {
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "Only a real event can prove this",
            format!("{} can't be made to send a test event through its API.", target.manifest.name),
            "Cause a real event on the other side; this page shows it as soon as it arrives.",
        )
        .into());
    }
    let now = services.clock.now();
    let id = ProbeId(services.ids.id("prb", now));
    // Stored before it is sent: it may come back before the call returns.
    let pending = ProbeRecord { id: id.clone(), capability: capability.name.clone(), sent_at: now, arrived_at: None };
    services.installations.create_probe(&target.installation.id, &pending).await?;
    let report = services.connector.send_probe(&target.context(services), &capability.name, id.as_str()).await;
    record(services, &target, "probe", &capability.name, &report).await?;
    Ok(report)
}

/// Asks a data source once and stores what it answers. An answer without a single event is proof all the same: the path
/// works and there is nothing to report.
pub(super) async fn poll(
    services: &Services,
    actor: &Actor,
    mut target: Target,
    capability: &Capability,
) -> Result<CallReport> {
    let answer = services.connector.poll(&target.context(services), &capability.name).await;
    let mut report = answer.report;
    if let Some(body) = answer.body {
        let config = super::fields::for_templates(&target.manifest, &target.installation.config);
        let mapped = mapping::map_body(&services.engine, capability, &config, &BTreeMap::new(), &body);
        if mapped.events.is_empty()
            && let Some(problem) = mapped.problems.first()
        {
            report.ok = false;
            report.message = format!("The answer could not be mapped. {problem}");
            "Report this to the integration's publisher; nothing was changed.".clone_into(&mut report.fix);
        } else {
            report.message = match mapped.events.len() {
                0 => format!("{} answered; it has no events at the moment.", target.manifest.name),
                1 => format!("{} answered with 1 event.", target.manifest.name),
                more => format!("{} answered with {more} events.", target.manifest.name),
            };
        }
        if !mapped.events.is_empty() {
            let running = billing::running(services, &target.access(services).await?).await?;
            let raw = body.to_string().into_bytes();
            receive::store(services, &target, capability, mapped, raw, running.as_ref()).await?;
            // Storing events moved the state; go on from there.
            target = Target::load(services, &target.installation.organization, &target.installation.id).await?;
        }
    }
    record(services, &target, "poll", &capability.name, &report).await?;
    proven(services, actor, target, report.ok).await?;
    Ok(report)
}

async fn act(services: &Services, actor: &Actor, target: Target, capability: &Capability) -> Result<CallReport> {
    let input: Map<String, Value> =
        capability.input.iter().map(|input| (input.key.clone(), Value::String(input.example.clone()))).collect();
    let report = services.connector.run_action(&target.context(services), &capability.name, &input).await;
    record(services, &target, "action", &capability.name, &report).await?;
    proven(services, actor, target, report.ok).await?;
    Ok(report)
}

async fn proven(services: &Services, actor: &Actor, mut target: Target, ok: bool) -> Result<()> {
    let next = state::after_proof(target.installation.state, ok);
    let first = ok && target.installation.first_proof_at.is_none();
    if first {
        target.installation.first_proof_at = Some(services.clock.now());
    }
    if first || next != target.installation.state {
        target.installation.state = next;
        target.store(services, actor, AuditAction::InstallationState).await?;
    }
    Ok(())
}
