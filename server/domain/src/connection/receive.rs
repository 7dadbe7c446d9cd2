//! What arrives: inbound calls and polled answers become stored events.

use super::target::Target;
use super::trouble;
use crate::audit::entry;
use crate::billing::{self, Running};
use crate::identity::sha256_hex;
use crate::mapping::{self, Mapped, NormalisedEvent};
use crate::ports::{Arrival, Effects, Inbound, NewEvent, PROBE_MS, Stored};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::install::{ConnectionState, EventView};
use contract::manifest::{Capability, CapabilityKind};
use contract::{ErrorCode, EventId, ProbeId, PublicError, Timestamp};
use serde_json::json;

/// Probes looked through for the ones that are answered.
const PROBES: u64 = 30;

/// What an accepted inbound call did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Events stored.
    pub accepted: u32,
    /// Repeats.
    pub repeated: u32,
    /// Elements left out because the manifest says so.
    pub skipped: usize,
}

/// Takes an inbound call: verify, map, store. When this gives `Ok`, everything is on disk.
///
/// An unknown token and a revoked one give the same answer.
pub async fn receive(services: &Services, token: &str, inbound: &Inbound) -> Result<Received> {
    let found = services.installations.find_by_token(&sha256_hex(token)).await?;
    let installation = found.ok_or_else(|| {
        PublicError::new(
            ErrorCode::NotFound,
            "Unknown address",
            "No installation receives at this address; it may have been uninstalled.",
            "Copy the address again from the installation's page in OpenConductor.",
        )
    })?;
    let target = Target::of(services, installation).await?;
    let now = services.clock.now();
    let context = target.context(services);
    let mut verified: Vec<&Capability> = Vec::new();
    for capability in &target.manifest.capability {
        if capability.kind == CapabilityKind::Webhook && services.connector.verify(&context, &capability.name, inbound)
        {
            verified.push(capability);
        }
    }
    if verified.is_empty() {
        services.installations.record_rejection(&target.installation.id, "verification", now).await?;
        return Err(not_verified().into());
    }
    // Only now: nobody else learns how the organization stands with its payments.
    let access = target.access(services).await?;
    if let Some(refusal) = access.refusal(&target.manifest.name) {
        services.installations.record_rejection(&target.installation.id, "payment", now).await?;
        return Err(refusal.into());
    }
    // Several capabilities may share the address; the first that understands the payload takes it.
    let config = super::fields::for_templates(&target.manifest, &target.installation.config);
    let mut best: Option<(&Capability, Mapped)> = None;
    for capability in verified {
        let mapped = mapping::map_payload(&services.engine, capability, &config, &inbound.headers, &inbound.body);
        let found = !mapped.events.is_empty();
        let skipped = mapped.problems.is_empty();
        if found || best.is_none() || (skipped && best.as_ref().is_some_and(|(_, it)| !it.problems.is_empty())) {
            best = Some((capability, mapped));
        }
        if found {
            break;
        }
    }
    let Some((capability, mapped)) = best else { return Err(not_verified().into()) };
    let running = billing::running(services, &access).await?;
    if let Some(running) = &running
        && let Some(refusal) = billing::capped(services, running).await?
        && !answers_probes(services, &target, &mapped).await?
    {
        services.installations.record_rejection(&target.installation.id, "cap", now).await?;
        return Err(refusal.into());
    }
    let skipped = mapped.skipped;
    let all_bad = mapped.events.is_empty() && !mapped.problems.is_empty();
    let problem = mapped.problems.first().cloned();
    let stored = store(services, &target, capability, mapped, inbound.body.clone(), running.as_ref()).await?;
    if let (true, Some(problem)) = (all_bad, problem) {
        return Err(PublicError::new(
            ErrorCode::Invalid,
            "The payload was not understood",
            problem,
            "The payload is kept for 7 days. Check the set-up on the sending side.",
        )
        .into());
    }
    Ok(Received { accepted: stored.added, repeated: stored.repeated, skipped })
}

fn not_verified() -> PublicError {
    PublicError::new(
        ErrorCode::SignInRequired,
        "The call could not be verified",
        "The secret or signature is missing or wrong.",
        "Copy the set-up text again from the installation's page; it contains the right secret.",
    )
}

/// Whether everything in it answers probes that were sent a short time ago. They cost nothing, so no cap stops them.
async fn answers_probes(services: &Services, target: &Target, mapped: &Mapped) -> Result<bool> {
    let it = &target.installation;
    let since = services.clock.now().plus_ms(-PROBE_MS);
    let mut sent = services.installations.probes(&it.organization, &it.id, PROBES).await?;
    sent.retain(|probe| probe.sent_at >= since);
    let answers = |event: &NormalisedEvent| {
        let id = event.arrives.as_deref().and_then(probe_id);
        id.is_some_and(|id| sent.iter().any(|probe| probe.id == id))
    };
    Ok(!mapped.events.is_empty() && mapped.events.iter().all(answers))
}

/// Stores mapped events with the payload they came from, and counts what the plan charges for.
pub(super) async fn store(
    services: &Services,
    target: &Target,
    capability: &Capability,
    mapped: Mapped,
    raw: Vec<u8>,
    running: Option<&Running>,
) -> Result<Stored> {
    let now = services.clock.now();
    let problem = (!mapped.problems.is_empty()).then(|| mapped.problems.join(" "));
    let events = mapped.events.into_iter().map(|event| new_event(services, capability, event, now)).collect();
    let metered = running.map(|it| it.place(now));
    let arrival = Arrival { raw, capability: capability.name.clone(), events, problem, at: now, metered };
    let woken = woken(services, target).await?;
    let stored = services.installations.store_arrival(&target.installation, &arrival, &woken).await?;
    if let Some(running) = running.filter(|_| stored.counted > 0) {
        // What is stored is stored, and whoever sent it hears so; the daily job tells what could not be told now.
        if let Err(error) = billing::watch_cap(services, running).await {
            tracing::warn!(%error, "nobody could be told of a cap");
        }
    }
    Ok(stored)
}

/// What belongs to the step to "receiving", should the arrival cause it.
async fn woken(services: &Services, target: &Target) -> Result<Effects> {
    let before = target.installation.state;
    if before == ConnectionState::Receiving {
        return Ok(Effects::default());
    }
    let organization = &target.installation.organization;
    let event = entry(services, &Actor::System, organization, AuditAction::InstallationState, target.subject());
    let after = json!({ "state": ConnectionState::Receiving });
    let mut effects = Effects::audited(event.before(json!({ "state": before })).after(after));
    trouble::announce(services, &mut effects, target, before, ConnectionState::Receiving).await?;
    Ok(effects)
}

fn new_event(services: &Services, capability: &Capability, event: NormalisedEvent, now: Timestamp) -> NewEvent {
    let probe = event.arrives.as_deref().and_then(probe_id);
    NewEvent {
        view: EventView {
            id: EventId(services.ids.id("evt", now)),
            sequence: 0,
            capability: capability.name.clone(),
            summary: event.summary,
            severity: event.severity,
            status: event.status,
            source: event.source,
            link: event.link,
            occurred_at: event.occurred_at.unwrap_or(now),
            received_at: now,
            count: 1,
            synthetic: probe.is_some(),
        },
        dedup_key: event.dedup_key,
        unique_key: event.unique_key,
        extra: event.extra.into(),
        probe,
    }
}

/// The probe id inside a text: `prb_` and 26 letters and digits.
fn probe_id(text: &str) -> Option<ProbeId> {
    let start = text.find("prb_")?;
    let id: String = text[start + 4..].chars().take_while(char::is_ascii_alphanumeric).collect();
    (id.len() == 26).then(|| ProbeId(format!("prb_{id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_probe_in_any_text() {
        let id = "prb_01JD0000000000000000000000";
        assert_eq!(probe_id(id), Some(ProbeId::from(id)));
        assert_eq!(probe_id(&format!("probe {id}: synthetic")), Some(ProbeId::from(id)));
        assert_eq!(probe_id("prb_short"), None);
        assert_eq!(probe_id(""), None);
    }
}
