//! What is sealed of a stream: its whole address, whose path often holds a token of the receiver, and the secret that its
//! messages are signed with.

use crate::ports::AuditStream;
use crate::{Error, Result, Services};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::OrganizationId;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

/// What every secret begins with (Standard Webhooks, "Signature scheme").
const PREFIX: &str = "whsec_";
/// Bytes of a secret; the specification wants 24 to 64.
const KEY_BYTES: usize = 32;
/// Characters of a secret that are kept to tell secrets apart.
const HINT: usize = PREFIX.len() + 4;
/// What the vault binds the sealed bytes to.
const PURPOSE: &str = "audit stream";

/// The sealed part, opened. Wiped when dropped; prints nothing.
#[derive(Serialize, Deserialize)]
pub(super) struct Sealed {
    /// Where to.
    pub url: String,
    /// `whsec_…`.
    pub secret: String,
}

impl Drop for Sealed {
    fn drop(&mut self) {
        self.url.zeroize();
        self.secret.zeroize();
    }
}

impl Sealed {
    /// For this address, with a new secret.
    pub fn new(services: &Services, url: String) -> Self {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        services.ids.fill(key.as_mut());
        Self { url, secret: format!("{PREFIX}{}", STANDARD.encode(key.as_ref())) }
    }

    /// First characters of the secret.
    pub fn hint(&self) -> String {
        self.secret.chars().take(HINT).collect()
    }

    /// The bytes that messages are signed with.
    pub fn key(&self) -> Result<Zeroizing<Vec<u8>>> {
        let text = self.secret.strip_prefix(PREFIX).unwrap_or_default();
        STANDARD.decode(text).map(Zeroizing::new).map_err(|error| Error::Seal(format!("secret of a stream: {error}")))
    }

    /// Seals for storage; the result can only be opened for this organization's stream.
    pub async fn seal(&self, services: &Services, owner: &OrganizationId) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map(Zeroizing::new).map_err(|error| Error::Seal(error.to_string()))?;
        services.vault.seal(owner, PURPOSE, &plain).await
    }

    /// Opens what is stored with a stream.
    pub async fn open(services: &Services, it: &AuditStream) -> Result<Self> {
        let plain = services.vault.open(&it.organization, PURPOSE, &it.sealed).await?;
        serde_json::from_slice(&plain).map_err(|error| Error::Seal(format!("stream of {}: {error}", it.organization)))
    }
}
