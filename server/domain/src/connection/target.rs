//! Loading what a step works on: the installation of the caller's organization, its pinned manifest, its context for
//! calls.

use super::fields;
use super::secrets::Sealed;
use crate::ports::{ConnectionContext, Installation};
use crate::{Error, Result, Services};
use contract::manifest::Manifest;
use contract::{ErrorCode, InstallationId, OrganizationId, PublicError};
use std::sync::Arc;
use zeroize::Zeroizing;

/// An installation with its manifest and opened secrets.
pub(super) struct Target {
    pub installation: Installation,
    pub manifest: Arc<Manifest>,
    pub sealed: Sealed,
}

impl Target {
    /// Loads an installation of this organization that is not uninstalled.
    pub async fn load(services: &Services, owner: &OrganizationId, id: &InstallationId) -> Result<Self> {
        let found = services.installations.find(owner, id).await?;
        let installation = found
            .filter(|it| it.state != contract::install::ConnectionState::Uninstalled)
            .ok_or_else(|| PublicError::not_found("installation"))?;
        Self::of(services, installation).await
    }

    /// Completes an installation that was found otherwise.
    pub async fn of(services: &Services, installation: Installation) -> Result<Self> {
        let manifest = services.catalogue.release(&installation.listing, &installation.version).await?;
        let manifest = manifest.ok_or_else(|| {
            Error::Corrupt(format!("release {} of {} is gone", installation.version, installation.listing))
        })?;
        let sealed = Sealed::open(services, &installation).await?;
        Ok(Self { installation, manifest, sealed })
    }

    /// Our address for inbound calls.
    pub fn webhook_url(&self, services: &Services) -> String {
        format!("{}/in/{}", services.settings.webhook_url, self.sealed.token)
    }

    /// What calls need to know.
    pub fn context(&self, services: &Services) -> ConnectionContext {
        let mut secrets = self.sealed.for_templates();
        if let Some(user) = self.installation.config.get("auth.username").and_then(serde_json::Value::as_str) {
            secrets.insert("username", user.to_owned());
        }
        ConnectionContext {
            organization: self.installation.organization.clone(),
            manifest: Arc::clone(&self.manifest),
            config: fields::for_templates(&self.manifest, &self.installation.config),
            secrets,
            webhook_url: self.webhook_url(services),
            webhook_secret: Zeroizing::new(self.sealed.webhook_secret.clone()),
        }
    }

    /// Refuses to go on before Connect is complete.
    pub fn connected(&self) -> Result<()> {
        if self.installation.connected {
            return Ok(());
        }
        Err(PublicError::new(
            ErrorCode::Conflict,
            "Connect first",
            format!("{} has no complete configuration yet.", self.manifest.name),
            "Fill in the Connect step, then test.",
        )
        .into())
    }

    /// Stores the installation, or says that somebody else changed it meanwhile.
    pub async fn store(&self, services: &Services) -> Result<()> {
        if services.installations.update(&self.installation, services.clock.now()).await? {
            return Ok(());
        }
        Err(PublicError::new(
            ErrorCode::Conflict,
            "Somebody else changed this",
            "The installation was changed in another window or by a colleague in this moment.",
            "Reload the page to see the present state, then try again.",
        )
        .into())
    }
}
