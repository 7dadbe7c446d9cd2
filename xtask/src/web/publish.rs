//! Puts finished files where the server finds them: a folder named after its contents, and the manifest.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::{
    Mode, compress, hex,
    manifest::{Manifest, Size, is_first_page_code},
    optimize::for_each_parallel,
};

/// How many builds stay. A server that still runs on the last one must not lose its files.
const KEPT_BUILDS: usize = 2;

/// Moves the folder into the site, writes the manifest, and removes old builds.
pub fn publish(files: &Path, site: &Path, mode: Mode, inputs: String) -> Result<Manifest> {
    let sources = sorted_files(files)?;
    let hash = content_hash(&sources)?;
    let sizes = measure(&sources, mode)?;

    let packages = site.join("pkg");
    fs::create_dir_all(&packages)?;
    let package = packages.join(&hash);
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::rename(files, &package).with_context(|| format!("cannot move the files to {}", package.display()))?;

    let manifest = Manifest {
        pkg_dir: format!("pkg/{hash}"),
        css: format!("/pkg/{hash}/app.css"),
        icons: format!("/pkg/{hash}/icons.svg"),
        mode: if mode == Mode::Dev { "dev" } else { "release" }.to_owned(),
        inputs,
        first_page: sizes.iter().filter(|(name, _)| is_first_page_code(name)).map(|(_, size)| *size).sum(),
        files: sizes,
        hash,
    };
    manifest.write(site)?;
    remove_old_builds(&packages, &package)?;
    Ok(manifest)
}

/// All files of a folder, not of its subfolders, by name.
pub fn sorted_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn content_hash(files: &[PathBuf]) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files {
        let content = fs::read(file)?;
        hash.update(name(file));
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hex(&hash.finalize()[..8]))
}

/// Sizes by name; in release builds also writes the compressed copies.
fn measure(files: &[PathBuf], mode: Mode) -> Result<BTreeMap<String, Size>> {
    let sizes = Mutex::new(BTreeMap::new());
    for_each_parallel(files, |file| {
        let size = match mode {
            Mode::Release => compress::write_compressed_copies(file)?,
            Mode::Dev => Size { raw: usize::try_from(fs::metadata(file)?.len())?, ..Size::default() },
        };
        sizes.lock().unwrap_or_else(PoisonError::into_inner).insert(name(file), size);
        Ok(())
    })?;
    Ok(sizes.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn remove_old_builds(packages: &Path, current: &Path) -> Result<()> {
    let mut builds = Vec::new();
    for entry in fs::read_dir(packages)? {
        let entry = entry?;
        if entry.path() != current {
            let age = entry.metadata()?.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            builds.push((age, entry.path()));
        }
    }
    builds.sort();
    let surplus = (builds.len() + 1).saturating_sub(KEPT_BUILDS);
    for (_, old) in builds.drain(..surplus) {
        fs::remove_dir_all(old)?;
    }
    Ok(())
}
