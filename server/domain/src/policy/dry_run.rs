//! What a draft would mean: for everything that can be installed, and for what is installed.

use super::evaluate::evaluate;
use super::facts::Facts;
use super::names::Names;
use super::read::read;
use crate::permission::Permission;
use crate::ports::Listing;
use crate::{Actor, Result, Services};
use contract::OrganizationId;
use contract::policy::{
    DryRun, DryRunChange, DryRunGroup, DryRunInstallation, DryRunListing, Outcome, Policy, Verdict,
};

fn group(outcome: Outcome, judged: &[(&Listing, Verdict)]) -> DryRunGroup {
    let listings: Vec<DryRunListing> = judged
        .iter()
        .filter(|(_, verdict)| verdict.outcome == outcome)
        .map(|(listing, verdict)| DryRunListing { listing: listing.card(), why: verdict.why.clone() })
        .collect();
    DryRunGroup { outcome, count: u32::try_from(listings.len()).unwrap_or(u32::MAX), listings }
}

/// Installations that the draft is stricter with, judged by the release they run.
async fn installed(
    services: &Services,
    organization: &OrganizationId,
    listings: &[Listing],
    (present, draft): (&Policy, &Policy),
) -> Result<Vec<DryRunInstallation>> {
    let mut stricter = Vec::new();
    for it in services.installations.list(organization).await? {
        let Some(listing) = listings.iter().find(|listing| listing.id == it.listing) else { continue };
        let Some(manifest) = services.catalogue.release(&it.listing, &it.version).await? else { continue };
        let facts = Facts::of_release(listing, &manifest);
        let verdict = evaluate(draft, &facts);
        if verdict.outcome > evaluate(present, &facts).outcome {
            stricter.push(DryRunInstallation {
                id: it.id,
                listing: listing.card(),
                version: it.version,
                state: it.state,
                installed_by: it.created_by_name,
                verdict,
            });
        }
    }
    Ok(stricter)
}

/// Tries a policy out, written as JSON. Nothing is stored.
pub async fn dry_run(services: &Services, actor: &Actor, text: &str) -> Result<DryRun> {
    actor.require(Permission::ChangePolicy)?;
    let draft = read(text)?;
    let listings = services.catalogue.listings().await?;
    let names = Names::load(services, &listings).await?;
    names.check(&draft)?;
    tried(services, actor, &draft, &listings, &names).await
}

/// What a draft would mean.
pub(super) async fn tried(
    services: &Services,
    actor: &Actor,
    draft: &Policy,
    listings: &[Listing],
    names: &Names,
) -> Result<DryRun> {
    let organization = actor.require(Permission::ChangePolicy)?.organization();
    let present = super::in_force(services, organization).await?;
    let installable = listings.iter().filter(|it| it.manifest.installable());
    let judged: Vec<(&Listing, Verdict)> = installable.map(|it| (it, evaluate(draft, &Facts::of(it)))).collect();
    let changes = judged.iter().filter_map(|(listing, after)| {
        let before = evaluate(&present, &Facts::of(listing)).outcome;
        let differs = before != after.outcome;
        differs.then(|| DryRunChange { listing: listing.card(), before, after: after.clone() })
    });
    Ok(DryRun {
        sentences: names.sentences(draft),
        otherwise: draft.otherwise_sentence().to_owned(),
        groups: Outcome::ALL.map(|outcome| group(outcome, &judged)).into(),
        installed: installed(services, organization, listings, (&present, draft)).await?,
        changes: changes.collect(),
    })
}
