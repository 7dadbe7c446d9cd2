//! Envelope encryption: secrets under a key of the organization, that key under the master key.
//!
//! Both layers are `XChaCha20-Poly1305`; its 192-bit nonces can be drawn at random for as long as one likes.
//!
//! | stored | bytes |
//! |---|---|
//! | wrapped key | version 1 · master key id (8) · nonce (24) · ciphertext and tag (48) |
//! | sealed secret | version 1 · nonce (24) · ciphertext and tag |
//!
//! The associated data binds each to its organization and purpose: bytes moved to another row do not open.

use crate::master_key::{ID_BYTES, KEY_BYTES, MasterKey};
use async_trait::async_trait;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use contract::OrganizationId;
use domain::ports::{Ids, OrganizationKeys, Vault};
use domain::{Error, Result};
use std::sync::Arc;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

type Key = Zeroizing<[u8; KEY_BYTES]>;

/// The vault.
pub struct EnvelopeVault {
    master: MasterKey,
    earlier: Vec<MasterKey>,
    keys: Arc<dyn OrganizationKeys>,
    ids: Arc<dyn Ids>,
}

impl EnvelopeVault {
    /// A vault under this master key.
    pub fn new(master: MasterKey, keys: Arc<dyn OrganizationKeys>, ids: Arc<dyn Ids>) -> Self {
        Self { master, earlier: Vec::new(), keys, ids }
    }

    /// Opens, but does not seal, under these earlier master keys too.
    #[must_use]
    pub fn accepting(mut self, earlier: Vec<MasterKey>) -> Self {
        self.earlier = earlier;
        self
    }

    /// The organization's key wrapped by the present master key, for the caller to store in place of the old one; `None`
    /// when it is already, or when there is no key. Secrets need not be sealed again.
    pub async fn rewrap(&self, organization: &OrganizationId) -> Result<Option<Vec<u8>>> {
        match self.keys.wrapped_key(organization).await? {
            Some(wrapped) if wrapped.get(1..=ID_BYTES) != Some(self.master.id()) => {
                let key = self.unwrap(organization, &wrapped)?;
                Ok(Some(self.wrap(organization, &key)?))
            }
            _ => Ok(None),
        }
    }

    /// The organization's key, if it has one.
    async fn find_key(&self, organization: &OrganizationId) -> Result<Option<Key>> {
        let wrapped = self.keys.wrapped_key(organization).await?;
        wrapped.map(|wrapped| self.unwrap(organization, &wrapped)).transpose()
    }

    async fn key(&self, organization: &OrganizationId) -> Result<Key> {
        if let Some(key) = self.find_key(organization).await? {
            return Ok(key);
        }
        let mut fresh = Zeroizing::new([0; KEY_BYTES]);
        self.ids.fill(fresh.as_mut());
        // Another process may have been faster: what is stored counts.
        let stored = self.keys.store_wrapped_key(organization, &self.wrap(organization, &fresh)?).await?;
        self.unwrap(organization, &stored)
    }

    fn wrap(&self, organization: &OrganizationId, key: &Key) -> Result<Vec<u8>> {
        let mut out = vec![VERSION];
        out.extend_from_slice(self.master.id());
        let aad = binding("organization key", organization, &hex::encode(&out));
        self.encrypt(self.master.bytes(), &aad, key.as_ref(), &mut out)?;
        Ok(out)
    }

    fn unwrap(&self, organization: &OrganizationId, wrapped: &[u8]) -> Result<Key> {
        let head = wrapped.get(..=ID_BYTES).filter(|head| head[0] == VERSION).ok_or_else(unknown_format)?;
        let master = std::iter::once(&self.master)
            .chain(&self.earlier)
            .find(|master| master.id() == &head[1..])
            .ok_or_else(|| {
                let id = hex::encode(&head[1..]);
                Error::Seal(format!("the master key {id} is needed; configure it as an earlier key"))
            })?;
        let aad = binding("organization key", organization, &hex::encode(head));
        let plain = decrypt(master.bytes(), &aad, &wrapped[head.len()..])?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if plain.len() != KEY_BYTES {
            return Err(unknown_format());
        }
        key.copy_from_slice(&plain);
        Ok(key)
    }

    /// Appends nonce and ciphertext.
    fn encrypt(&self, key: &[u8; KEY_BYTES], aad: &[u8], plain: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let mut nonce = [0; NONCE_BYTES];
        self.ids.fill(&mut nonce);
        let sealed = XChaCha20Poly1305::new(key.into())
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad })
            .map_err(|_| Error::Seal("encryption failed".to_owned()))?;
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(())
    }
}

fn decrypt(key: &[u8; KEY_BYTES], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let (nonce, msg) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(unknown_format)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg, aad })
        .map(Zeroizing::new)
        .map_err(|_| Error::Seal("it was changed, or belongs to another organization or purpose".to_owned()))
}

fn unknown_format() -> Error {
    Error::Seal("unknown format".to_owned())
}

/// Associated data. The organization's length keeps (`ab`, `c`) and (`a`, `bc`) apart.
fn binding(layer: &str, organization: &OrganizationId, purpose: &str) -> Vec<u8> {
    let organization = organization.as_str();
    format!("openconductor {layer}\0{}\0{organization}\0{purpose}", organization.len()).into_bytes()
}

#[async_trait]
impl Vault for EnvelopeVault {
    async fn seal(&self, organization: &OrganizationId, purpose: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.key(organization).await?;
        let mut out = vec![VERSION];
        self.encrypt(&key, &binding("secret", organization, purpose), plain, &mut out)?;
        Ok(out)
    }

    async fn open(&self, organization: &OrganizationId, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let Some((&VERSION, rest)) = sealed.split_first() else { return Err(unknown_format()) };
        let key = self
            .find_key(organization)
            .await?
            .ok_or_else(|| Error::Seal("the organization has no key; it never sealed anything".to_owned()))?;
        decrypt(&key, &binding("secret", organization, purpose), rest)
    }
}
