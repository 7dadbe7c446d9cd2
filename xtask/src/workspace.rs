//! Where things are.

use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> PathBuf {
    // Set by `cargo run`; the compiled-in value serves when the binary is started directly.
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map(Path::to_path_buf).unwrap_or(manifest)
}

/// Cargo's output folder: `CARGO_TARGET_DIR`, otherwise `target` in the repository.
pub fn target_dir() -> PathBuf {
    let configured = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let dir = configured.unwrap_or_else(|| root().join("target"));
    std::path::absolute(&dir).unwrap_or(dir)
}

/// The folder the server reads the browser files from.
pub fn site_dir() -> PathBuf {
    target_dir().join("site")
}
