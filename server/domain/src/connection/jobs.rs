//! What the queue does with connections: test them now and then, and poll data sources.

use super::prove;
use super::state;
use super::target::Target;
use super::test;
use crate::billing;
use crate::{Actor, Error, Result, Services};
use contract::audit::AuditAction;
use contract::field::duration_seconds;
use contract::install::ConnectionState;
use contract::manifest::{CapabilityKind, Manifest};
use contract::{InstallationId, OrganizationId};
use serde_json::{Value, json};

/// Kind of the job that tests a connection.
pub const CHECK_JOB: &str = "check_connection";
/// Kind of the job that polls a data source.
pub const POLL_JOB: &str = "poll_source";

/// Time between two tests of one connection, in milliseconds, before jitter.
const CHECK_EVERY_MS: i64 = 6 * 3_600_000;
/// A data source is polled at most this often.
const POLL_AT_LEAST_S: u64 = 30;

/// Up to a tenth of the interval, so that connections do not all call at the same moment.
fn jitter(services: &Services, interval_ms: i64) -> i64 {
    let mut random = [0u8; 2];
    services.ids.fill(&mut random);
    interval_ms / 10 * i64::from(u16::from_be_bytes(random)) / i64::from(u16::MAX)
}

fn check_interval(manifest: &Manifest) -> i64 {
    let cadence = manifest.webhook().and_then(|capability| capability.cadence.as_deref()).and_then(duration_seconds);
    cadence.and_then(|seconds| i64::try_from(seconds * 1000).ok()).unwrap_or(CHECK_EVERY_MS).min(CHECK_EVERY_MS)
}

fn poll_interval(manifest: &Manifest, capability: &str) -> i64 {
    let every = manifest.capability(capability).and_then(|it| it.every.as_deref()).and_then(duration_seconds);
    i64::try_from(every.unwrap_or(300).max(POLL_AT_LEAST_S) * 1000).unwrap_or(i64::MAX)
}

/// Puts the periodic work of a connection into the queue, once.
pub(super) async fn schedule(services: &Services, owner: &OrganizationId, id: &InstallationId) -> Result<()> {
    let target = Target::load(services, owner, id).await?;
    let now = services.clock.now();
    let interval = check_interval(&target.manifest);
    let payload = json!({ "organization": owner, "installation": id });
    let at = now.plus_ms(interval + jitter(services, interval));
    services.queue.enqueue(CHECK_JOB, id.as_str(), &payload, at).await?;
    for capability in target.manifest.capability.iter().filter(|it| it.kind == CapabilityKind::DataSource) {
        let interval = poll_interval(&target.manifest, &capability.name);
        let payload = json!({ "organization": owner, "installation": id, "capability": capability.name });
        let key = format!("{id}/{}", capability.name);
        services.queue.enqueue(POLL_JOB, &key, &payload, now.plus_ms(interval + jitter(services, interval))).await?;
    }
    Ok(())
}

/// Takes the periodic work of a connection out of the queue.
pub(super) async fn unschedule(services: &Services, target: &Target) -> Result<()> {
    let id = &target.installation.id;
    services.queue.cancel(CHECK_JOB, id.as_str()).await?;
    for capability in &target.manifest.capability {
        services.queue.cancel(POLL_JOB, &format!("{id}/{}", capability.name)).await?;
    }
    Ok(())
}

async fn load(services: &Services, payload: &Value) -> Result<Option<Target>> {
    let text = |key: &str| {
        let found = payload.get(key).and_then(Value::as_str);
        found.ok_or_else(|| Error::Corrupt(format!("job without {key}: {payload}")))
    };
    let owner = OrganizationId::from(text("organization")?);
    match Target::load(services, &owner, &InstallationId::from(text("installation")?)).await {
        Ok(target) => Ok(Some(target)),
        Err(Error::Public(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Tests a connection and looks for silence. Gives the milliseconds until the next time; nothing when it is over.
pub async fn check_scheduled(services: &Services, payload: &Value) -> Result<Option<i64>> {
    let Some(mut target) = load(services, payload).await? else { return Ok(None) };
    if target.installation.state == ConnectionState::Paused || !target.installation.connected {
        return Ok(Some(CHECK_EVERY_MS));
    }
    let interval = check_interval(&target.manifest);
    // What is not paid for stands still; it is not silent.
    if !target.access(services).await?.entitlement.works() {
        return Ok(Some(interval));
    }
    if let (Some(last), Some(cadence)) = (
        target.installation.last_event_at,
        target.manifest.webhook().and_then(|it| it.cadence.as_deref()).and_then(duration_seconds),
    ) {
        let overdue = services.clock.now().since(last) > i64::try_from(cadence * 1000).unwrap_or(i64::MAX);
        let next = state::after_cadence(target.installation.state, overdue);
        if next != target.installation.state {
            target.installation.state = next;
            target.store(services, &Actor::System, AuditAction::InstallationState).await?;
            target = Target::load(services, &target.installation.organization, &target.installation.id).await?;
        }
    }
    test::run(services, &Actor::System, target).await?;
    Ok(Some(interval + jitter(services, interval)))
}

/// Whether nothing is asked for because it is not paid, or its cap is reached.
async fn stands_still(services: &Services, target: &Target) -> Result<bool> {
    let access = target.access(services).await?;
    let Some(running) = billing::running(services, &access).await? else { return Ok(!access.entitlement.works()) };
    Ok(billing::capped(services, &running).await?.is_some())
}

/// Polls a data source. Gives the milliseconds until the next time; nothing when it is over.
pub async fn poll_scheduled(services: &Services, payload: &Value) -> Result<Option<i64>> {
    let Some(target) = load(services, payload).await? else { return Ok(None) };
    let name = payload.get("capability").and_then(Value::as_str).unwrap_or_default();
    let Some(capability) = target.manifest.capability(name).cloned() else { return Ok(None) };
    let interval = poll_interval(&target.manifest, name);
    let idle = matches!(target.installation.state, ConnectionState::Paused | ConnectionState::Setup);
    if !idle && !stands_still(services, &target).await? {
        prove::poll(services, &Actor::System, target, &capability).await?;
    }
    Ok(Some(interval + jitter(services, interval)))
}
