//! What is sealed of a connection: our inbound token and secret, the credential, secret fields.

use crate::ports::{Installation, Secrets};
use crate::{Error, Result, Services};
use contract::{InstallationId, OrganizationId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zeroize::{Zeroize, Zeroizing};

/// The sealed part, opened. Wiped when dropped; prints nothing.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Sealed {
    /// Last part of our inbound address.
    pub token: String,
    /// Shared secret for inbound calls.
    pub webhook_secret: String,
    /// By form key: `auth.token`, `config.api_key` …
    pub values: BTreeMap<String, String>,
}

impl Drop for Sealed {
    fn drop(&mut self) {
        self.token.zeroize();
        self.webhook_secret.zeroize();
        self.values.values_mut().for_each(Zeroize::zeroize);
    }
}

impl Sealed {
    /// Seals for storage; the result can only be opened for this installation.
    pub async fn seal(&self, services: &Services, owner: &OrganizationId, id: &InstallationId) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map(Zeroizing::new).map_err(|error| Error::Seal(error.to_string()))?;
        services.vault.seal(owner, id.as_str(), &plain).await
    }

    /// Opens what is stored with an installation.
    pub async fn open(services: &Services, it: &Installation) -> Result<Self> {
        let plain = services.vault.open(&it.organization, it.id.as_str(), &it.sealed).await?;
        serde_json::from_slice(&plain).map_err(|error| Error::Seal(format!("sealed part of {}: {error}", it.id)))
    }

    /// `secrets.*` of templates.
    pub fn for_templates(&self) -> Secrets {
        let mut secrets = Secrets::default();
        for (key, value) in &self.values {
            let name = key.strip_prefix("auth.").or_else(|| key.strip_prefix("config.")).unwrap_or(key);
            secrets.insert(name, value.clone());
        }
        secrets
    }
}
