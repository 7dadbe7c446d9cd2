//! Signatures of links that come back to us, under a key that follows from the master key (HMAC-SHA-256, RFC 2104).

use crate::master_key::MasterKey;
use domain::ports::Signer;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Keeps the purposes of keys that follow from the master key apart.
const PURPOSE: &[u8] = b"openconductor links 1";

/// Signs links.
pub struct LinkSigner {
    key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for LinkSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkSigner")
    }
}

fn mac(key: &[u8], text: &[u8]) -> Hmac<Sha256> {
    #[allow(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("any key will do");
    mac.update(text);
    mac
}

impl LinkSigner {
    /// The key follows from the master key and a purpose, so that a signature tells nothing about sealed secrets.
    pub fn new(master: &MasterKey) -> Self {
        Self { key: Zeroizing::new(mac(master.bytes(), PURPOSE).finalize().into_bytes().into()) }
    }
}

impl Signer for LinkSigner {
    fn sign(&self, text: &str) -> String {
        hex::encode(mac(self.key.as_ref(), text.as_bytes()).finalize().into_bytes())
    }

    fn verify(&self, text: &str, signature: &str) -> bool {
        hex::decode(signature).is_ok_and(|it| mac(self.key.as_ref(), text.as_bytes()).verify_slice(&it).is_ok())
    }
}
