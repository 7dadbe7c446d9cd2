//! The one key an operator keeps: from the environment or from a key file.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use domain::ports::Ids;
use domain::{Error, Result};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;
/// Bytes of a key's id.
pub(crate) const ID_BYTES: usize = 8;

/// Wraps the organizations' keys. Prints as its id and wipes its memory.
#[derive(Clone)]
pub struct MasterKey {
    key: Zeroizing<[u8; KEY_BYTES]>,
    id: [u8; ID_BYTES],
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id_text())
    }
}

impl MasterKey {
    fn new(key: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let digest = Sha256::new().chain_update(b"openconductor master key id\0").chain_update(key.as_ref()).finalize();
        let mut id = [0; ID_BYTES];
        id.copy_from_slice(&digest[..ID_BYTES]);
        Self { key, id }
    }

    /// A key of 32 bytes in base 64, as `openssl rand -base64 32` prints it.
    pub fn from_base64(text: &str) -> Result<Self> {
        let text = text.trim().trim_end_matches('=');
        let mut decoded =
            STANDARD_NO_PAD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).map(Zeroizing::new).map_err(
                |_| Error::Seal("the master key is not base 64; make one with: openssl rand -base64 32".to_owned()),
            )?;
        if decoded.len() != KEY_BYTES {
            return Err(Error::Seal(format!(
                "the master key has {} bytes instead of {KEY_BYTES}; make one with: openssl rand -base64 32",
                decoded.len()
            )));
        }
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        key.copy_from_slice(&decoded);
        decoded.zeroize();
        Ok(Self::new(key))
    }

    /// The key in this file. When there is no file, makes a key and stores it, readable by its owner only. Blocks; for the
    /// start of the program. Several processes may do this at once: all get the same key.
    pub fn load_or_create(path: &Path, ids: &dyn Ids) -> Result<Self> {
        let failed = |error: io::Error| Error::Seal(format!("key file {}: {error}", path.display()));
        if !path.try_exists().map_err(failed)? {
            create(path, ids).map_err(failed)?;
        }
        warn_when_others_can_read(path).map_err(failed)?;
        let text = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
        Self::from_base64(&text).map_err(|error| Error::Seal(format!("key file {}: {error}", path.display())))
    }

    /// Names the key without telling anything about it.
    pub fn id_text(&self) -> String {
        hex::encode(self.id)
    }

    pub(crate) const fn id(&self) -> &[u8; ID_BYTES] {
        &self.id
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.key
    }
}

/// Writes a new key beside `path` and links it into place, so that no reader ever sees half a key and nobody's key is
/// replaced.
fn create(path: &Path, ids: &dyn Ids) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    ids.fill(key.as_mut());
    let mut suffix = [0; 8];
    ids.fill(&mut suffix);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", hex::encode(suffix)));
    let draft = PathBuf::from(name);
    let encoded = Zeroizing::new(STANDARD.encode(key.as_ref()));
    let written = private_file(&draft)
        .and_then(|mut file| writeln!(file, "{}", encoded.as_str()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match written {
        // Another process was faster; its key is the one.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => removed,
        Err(error) => Err(error),
        Ok(()) => removed,
    }
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn warn_when_others_can_read(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path)?.permissions());
        if mode & 0o077 != 0 {
            tracing::warn!(path = %path.display(), "other users can read the key file; run chmod 600 on it");
        }
    }
    Ok(())
}
