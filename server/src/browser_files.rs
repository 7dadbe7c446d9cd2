//! Where `cargo xtask web` put the browser's files.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The part of `manifest.json` that the server needs.
#[derive(Clone, Debug, Deserialize)]
pub struct BrowserFiles {
    /// `pkg/<hash>`.
    pub pkg_dir: String,
    /// Folder that holds `pkg`.
    #[serde(skip)]
    pub root: PathBuf,
}

/// The browser's files are missing or unreadable.
#[derive(Debug, thiserror::Error)]
#[error("the browser files in {root} can't be used ({cause}); run `cargo xtask web`, then start again")]
pub struct NotBuilt {
    root: String,
    cause: String,
}

impl BrowserFiles {
    /// Reads `manifest.json`.
    pub fn load(root: &Path) -> Result<Self, NotBuilt> {
        let not_built = |cause: String| NotBuilt { root: root.display().to_string(), cause };
        let text = std::fs::read_to_string(root.join("manifest.json")).map_err(|error| not_built(error.to_string()))?;
        let mut files: Self = serde_json::from_str(&text).map_err(|error| not_built(error.to_string()))?;
        root.clone_into(&mut files.root);
        Ok(files)
    }

    /// `/pkg/<hash>`.
    pub fn path(&self) -> String {
        format!("/{}", self.pkg_dir)
    }
}
