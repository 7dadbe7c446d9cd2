//! Everything the wizard shows, for each of its steps.

use super::begin::{draft, not_installable};
use super::fields;
use super::target::Target;
use crate::billing::plan_step;
use crate::catalog::markdown;
use crate::catalog::{listing_capabilities, listing_capability, listing_hosts, listing_scopes, region_label};
use crate::permission::Permission;
use crate::policy::Standing;
use crate::ports::{Listing, ProbeRecord};
use crate::{Actor, Result, Services};
use contract::install::{CheckView, ConnectionState, ProofOption, SetupSnippet, WizardView};
use contract::manifest::{CapabilityKind, Manifest};
use contract::{InstallationId, ListingId, PublicError};
use serde_json::json;

/// Events shown in the Prove step.
const EVENTS: u64 = 10;
/// Checks looked through for the last ones.
const CHECKS: u64 = 30;

/// Review, before anything is installed: what the policy means for this person, and why they can't go on.
async fn review(services: &Services, actor: &Actor, listing: &Listing) -> Result<WizardView> {
    let plan = plan_step(services, actor, listing).await?;
    let view =
        |blocked, policy| WizardView { blocked, policy, plan: plan.clone(), ..start(listing, &listing.manifest) };
    if !listing.manifest.installable() {
        return Ok(view(Some(not_installable(&listing.manifest.name)), None));
    }
    let Actor::Person(person) = actor else { return Ok(view(Some(PublicError::sign_in_required()), None)) };
    if !person.may(Permission::Install) {
        return Ok(view(Some(PublicError::forbidden(Permission::Install.what())), None));
    }
    let standing = Standing::load(services, person, listing).await?;
    let mut refusal = standing.refusal();
    // What was begun may be finished, unless it is blocked by now.
    if refusal.is_some() && standing.blocked().is_none() && draft(services, person, listing).await?.is_some() {
        refusal = None;
    }
    let asking = Standing::at_any_price(services, person, listing).await?;
    Ok(view(refusal, Some(asking.view())))
}

fn start(listing: &Listing, manifest: &Manifest) -> WizardView {
    WizardView {
        listing: listing.card(),
        version: manifest.version.clone(),
        installation: None,
        state: ConnectionState::Setup,
        blocked: None,
        plan: None,
        policy: None,
        hosts: listing_hosts(manifest),
        scopes: listing_scopes(manifest),
        capabilities: listing_capabilities(manifest),
        data_regions: manifest.data_regions.iter().map(|region| region_label(region)).collect(),
        pricing: manifest.pricing.model.label().to_owned(),
        auth_help: manifest.auth.help.clone(),
        fields: Vec::new(),
        webhook_url: None,
        last_test: None,
        snippets: Vec::new(),
        proofs: Vec::new(),
        last_proof: None,
        waiting_probe: None,
        time_to_first_event_ms: None,
        events: Vec::new(),
    }
}

/// The wizard for a listing: before anything is installed, or for one installation of the viewer's organization. Visitors
/// may read the Review step. Nothing where there is no such listing or installation.
pub async fn wizard(
    services: &Services,
    actor: &Actor,
    id: &ListingId,
    installation: Option<&InstallationId>,
) -> Result<Option<WizardView>> {
    let Some(listing) = services.catalogue.listing(id).await? else { return Ok(None) };
    let Some(installation) = installation else { return Ok(Some(review(services, actor, &listing).await?)) };
    let person = actor.require(Permission::Install)?;
    let organization = person.organization();
    let target = Target::load(services, organization, installation).await?;
    if target.installation.listing != *id {
        return Ok(None);
    }
    let it = &target.installation;
    let checks = services.installations.checks(organization, installation, CHECKS).await?;
    let probes = services.installations.probes(organization, installation, CHECKS).await?;
    let last = |wanted: &dyn Fn(&CheckView) -> bool| checks.iter().find(|check| wanted(check)).cloned();
    let url = target.webhook_url(services);
    let needs_url = target.manifest.webhook().and_then(|it| it.verify.as_ref()).and_then(|it| it.secret.as_ref());
    let waiting =
        probes.iter().find(|probe| probe.arrived_at.is_none() && Some(&probe.id) == probes.first().map(|p| &p.id));
    Ok(Some(WizardView {
        version: it.version.clone(),
        plan: plan_step(services, actor, &listing).await?,
        blocked: (!target.may_be_changed_by(person))
            .then(|| PublicError::forbidden(Permission::ManageConnections.what())),
        installation: Some(it.id.clone()),
        state: it.state,
        fields: fields::form(&target.manifest, &it.config, &target.sealed),
        webhook_url: needs_url.filter(|secret| secret.contains("secrets.")).map(|_| url.clone()),
        last_test: last(&|check| check.kind == "test"),
        snippets: snippets(services, &target, &url),
        proofs: proofs(&target.manifest, &checks, &probes),
        last_proof: last(&|check| check.kind != "test"),
        waiting_probe: waiting.map(|probe| probe.id.clone()),
        time_to_first_event_ms: it.first_proof_at.map(|at| at.since(it.created_at)),
        events: services.installations.events(organization, installation, EVENTS).await?,
        ..start(&listing, &target.manifest)
    }))
}

fn snippets(services: &Services, target: &Target, url: &str) -> Vec<SetupSnippet> {
    let config = fields::for_templates(&target.manifest, &target.installation.config);
    let context = json!({ "webhook": { "url": url, "secret": target.sealed.webhook_secret }, "config": config });
    target
        .manifest
        .capability
        .iter()
        .filter_map(|capability| {
            let setup = capability.setup.as_ref()?;
            let text = services.engine.render(&setup.text, &context).ok()?;
            let text = text.trim().to_owned();
            Some(SetupSnippet {
                capability: capability.name.clone(),
                language: setup.language.clone(),
                text: if setup.language == "markdown" { markdown::render(&text) } else { text },
            })
        })
        .collect()
}

fn proofs(manifest: &Manifest, checks: &[CheckView], probes: &[ProbeRecord]) -> Vec<ProofOption> {
    manifest
        .capability
        .iter()
        .map(|capability| {
            let (how, kind) = match capability.kind {
                CapabilityKind::Webhook if capability.probe.is_some() => ("probe", ""),
                CapabilityKind::Webhook => ("wait", ""),
                CapabilityKind::DataSource => ("poll", "poll"),
                CapabilityKind::Action => ("action", "action"),
            };
            let arrived =
                probes.iter().filter(|probe| probe.capability == capability.name).find_map(|it| it.arrived_at);
            let called = checks.iter().find(|check| check.kind == kind && check.report.ok).map(|check| check.at);
            ProofOption {
                capability: listing_capability(capability),
                how: how.to_owned(),
                proven_at: arrived.or(called),
            }
        })
        .collect()
}
