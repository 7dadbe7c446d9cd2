//! A new release is judged again by everybody who has the listing installed: it may do more than what was allowed.

use super::evaluate::evaluate;
use super::facts::Facts;
use crate::notice::{Message, tell};
use crate::ports::{Effects, Listing, NewJob};
use crate::{Error, Result, Services};
use contract::account::OrganizationRole;
use contract::manifest::Manifest;
use contract::notice::NoticeKind;
use contract::policy::{Outcome, Verdict};
use contract::{ListingId, OrganizationId, Timestamp};
use serde_json::{Value, json};

/// Kind of the job that judges a release.
pub const JUDGE_JOB: &str = "judge_release";

/// The job that judges this release. Key: listing and version.
pub fn judge_job(release: &Manifest, now: Timestamp) -> NewJob {
    NewJob {
        kind: JUDGE_JOB,
        key: format!("{}@{}", release.id, release.version),
        payload: json!({ "listing": release.id, "version": release.version }),
        run_at: now,
    }
}

/// What administrators are told. The link names the release, so that nobody is told twice of the same.
fn message(listing: &Listing, verdict: &Verdict) -> Message {
    let (name, version) = (&listing.manifest.name, &listing.manifest.version);
    let means = match verdict.outcome {
        Outcome::Block => "is blocked by your policy",
        Outcome::Ask | Outcome::Allow => "needs approval under your policy",
    };
    Message {
        kind: NoticeKind::PolicyConflict,
        title: format!("{name} {version} {means}"),
        body: format!("{} What is installed keeps running with its present release.", verdict.why),
        link: format!("/integrations/{}?release={version}", listing.id),
        mail_only: String::new(),
    }
}

async fn judge_for(services: &Services, organization: &OrganizationId, listing: &Listing) -> Result<()> {
    let policy = super::in_force(services, organization).await?;
    let verdict = evaluate(&policy, &Facts::of(listing));
    if verdict.outcome == Outcome::Allow {
        return Ok(());
    }
    let message = message(listing, &verdict);
    if services.notices.told(organization, message.kind.as_str(), &message.link).await? {
        return Ok(());
    }
    let admins = services.notices.recipients(organization, &[OrganizationRole::Admin.as_str()]).await?;
    let mut effects = Effects::default();
    tell(services, &mut effects, organization, &admins, &message).await?;
    services.effects.apply(&effects).await
}

/// Judges a release for every organization that has the listing installed, and tells the administrators of those whose
/// policy does not simply allow it, once. A release that is not the current one any more is left to the job of its
/// successor.
pub async fn judge_release(services: &Services, payload: &Value) -> Result<()> {
    let text = |key: &str| {
        let found = payload.get(key).and_then(Value::as_str);
        found.ok_or_else(|| Error::Corrupt(format!("job without {key}: {payload}")))
    };
    let (id, version) = (ListingId::from(text("listing")?), text("version")?);
    let listing = services.catalogue.listing(&id).await?.filter(|it| it.manifest.version == version);
    let Some(listing) = listing else { return Ok(()) };
    for organization in services.installations.organizations_of(&id).await? {
        judge_for(services, &organization, &listing).await?;
    }
    Ok(())
}
