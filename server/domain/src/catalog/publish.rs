//! Publishing checked releases and partners.

use super::check::Report;
use super::icon;
use crate::audit::{Subject, system_entry};
use crate::policy::judge_job;
use crate::ports::{Effects, NewRelease, Partner, Published};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::{ErrorCode, PublicError};
use sha2::{Digest, Sha256};

/// What publishing a catalogue did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PublishReport {
    /// New listings and partners.
    pub added: u32,
    /// Changed ones.
    pub changed: u32,
    /// Unchanged ones.
    pub unchanged: u32,
}

impl PublishReport {
    /// Counts one outcome.
    pub fn count(&mut self, outcome: Published) {
        match outcome {
            Published::Added => self.added += 1,
            Published::Changed => self.changed += 1,
            Published::Unchanged => self.unchanged += 1,
        }
    }
}

/// Publishes what [`super::check::check`] found free of errors. Only the marketplace itself does this so far.
pub async fn publish(
    services: &Services,
    actor: &Actor,
    report: &Report,
    readme: &str,
    icon_text: Option<&str>,
) -> Result<Published> {
    if *actor != Actor::System {
        return Err(PublicError::forbidden("publish a release").into());
    }
    let Some(manifest) = report.manifest.clone().filter(|_| !report.has_errors()) else {
        return Err(PublicError::new(
            ErrorCode::Invalid,
            "The manifest has errors",
            "A release with errors can't be published.",
            "Run `marketplace check` on the folder and mend what it lists.",
        )
        .into());
    };
    let icon = icon_text.and_then(|text| icon::check_svg(text).ok()).map(|svg| {
        let hash = Sha256::digest(svg.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        (svg, hash)
    });
    let release = NewRelease { manifest, readme: readme.to_owned(), icon, certification: report.certification() };
    let subject = Subject::new(
        "release",
        format!("{}@{}", release.manifest.id, release.manifest.version),
        &release.manifest.name,
    );
    let event = system_entry(services, actor, AuditAction::ReleasePublished, subject);
    let mut effects = Effects::audited(event);
    let now = services.clock.now();
    // Nobody has installed what is new, so there is nobody to judge it for.
    if services.catalogue.listing(&release.manifest.id.as_str().into()).await?.is_some() {
        effects = effects.job(judge_job(&release.manifest, now));
    }
    services.catalogue.publish(&release, &effects, now).await
}

/// Adds or updates a partner.
pub async fn put_partner(services: &Services, actor: &Actor, partner: &Partner) -> Result<Published> {
    if *actor != Actor::System {
        return Err(PublicError::forbidden("change a partner").into());
    }
    let subject = Subject::new("partner", &partner.id, &partner.name);
    let event = system_entry(services, actor, AuditAction::PartnerChanged, subject);
    services.catalogue.put_partner(partner, &Effects::audited(event), services.clock.now()).await
}
