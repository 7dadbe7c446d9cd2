//! Loading what a step works on: the installation of the caller's organization, its pinned manifest, its context for
//! calls.

use super::fields;
use super::secrets::Sealed;
use super::trouble;
use crate::audit::{self, Subject};
use crate::billing::{self, Access};
use crate::permission::Permission;
use crate::ports::{AuditEntry, ConnectionContext, Effects, Installation};
use crate::{Actor, Error, Person, Result, Services};
use contract::audit::AuditAction;
use contract::install::ConnectionState;
use contract::manifest::Manifest;
use contract::{ErrorCode, InstallationId, OrganizationId, PublicError};
use serde_json::{Value, json};
use std::sync::Arc;
use zeroize::Zeroizing;

/// An installation with its manifest and opened secrets.
pub(super) struct Target {
    pub installation: Installation,
    pub manifest: Arc<Manifest>,
    pub sealed: Sealed,
    /// State and configuration as they were loaded.
    before: (ConnectionState, Value),
}

/// What the audit trail says of an installation: no secret is part of it.
fn picture(installation: &Installation) -> Value {
    let mut config = installation.config.clone();
    config.remove(fields::ATTEMPTED);
    json!({ "state": installation.state, "release": installation.version, "configuration": config })
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
        let before = (installation.state, picture(&installation));
        Ok(Self { installation, manifest, sealed, before })
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

    /// What the organization may use of it. A release that is free stays free for whoever has it, whatever is sold since.
    pub async fn access(&self, services: &Services) -> Result<Access> {
        if !self.manifest.pricing.model.sells() {
            return Ok(Access::FREE);
        }
        let id = &self.installation.listing;
        let listing = services.catalogue.listing(id).await?;
        let listing = listing.ok_or_else(|| Error::Corrupt(format!("{id} is installed and there is none")))?;
        billing::access(services, &self.installation.organization, &listing).await
    }

    /// Whether somebody may change this connection.
    pub fn may_be_changed_by(&self, person: &Person) -> bool {
        person.may(Permission::ManageConnections) || self.installation.created_by == *person.user()
    }

    /// Refuses whoever may not change this connection: people look after what they installed, administrators after all.
    pub fn managed_by(self, person: &Person) -> Result<Self> {
        if self.may_be_changed_by(person) {
            return Ok(self);
        }
        Err(PublicError::forbidden(Permission::ManageConnections.what()).into())
    }

    /// The installation as the audit trail names it.
    pub fn subject(&self) -> Subject {
        Subject::new("installation", &self.installation.id, &self.manifest.name)
    }

    /// An audit event of what differs from what was loaded.
    fn event(&self, services: &Services, actor: &Actor, action: AuditAction) -> AuditEntry {
        let (before, after) = audit::difference(&self.before.1, &picture(&self.installation));
        let event = audit::entry(services, actor, &self.installation.organization, action, self.subject());
        event.before(before).after(after)
    }

    /// Stores the installation with an audit event, and tells people when trouble begins or ends; or says that somebody
    /// else changed it meanwhile.
    pub async fn store(&self, services: &Services, actor: &Actor, action: AuditAction) -> Result<()> {
        let mut effects = Effects::audited(self.event(services, actor, action));
        trouble::announce(services, &mut effects, self, self.before.0, self.installation.state).await?;
        if services.installations.update(&self.installation, &effects, services.clock.now()).await? {
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
