//! `manifest.json`: what the server has to know about the browser files, and their sizes for the byte budgets.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::bind::LOADER;

/// The manifest as it is written. The server needs `pkg_dir` and `css` only.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    /// Hash over the files' names and contents.
    pub hash: String,
    /// The folder below the site root, without slashes at its ends: Leptos's `site_pkg_dir`.
    pub pkg_dir: String,
    /// Address of the style sheet.
    pub css: String,
    /// Address of the icon sprite.
    pub icons: String,
    /// `release` or `dev`.
    pub mode: String,
    /// Hash over what the files were made from.
    pub inputs: String,
    /// Scripts and WebAssembly that every first visit downloads.
    pub first_page: Size,
    /// Every file's size, by name.
    pub files: BTreeMap<String, Size>,
}

/// Sizes in bytes. The compressed ones are missing in quick builds.
#[derive(Serialize, Deserialize, Clone, Copy, Default)]
pub struct Size {
    pub raw: usize,
    pub brotli: Option<usize>,
    pub gzip: Option<usize>,
}

impl Manifest {
    /// The last build's manifest, if there is one that can be read.
    pub fn read(site: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(site.join("manifest.json")).ok()?).ok()
    }

    /// Replaces the file in one step, so that a server never reads half of it.
    pub fn write(&self, site: &Path) -> Result<()> {
        let draft = site.join("manifest.json.new");
        fs::write(&draft, serde_json::to_vec_pretty(self)?)?;
        Ok(fs::rename(draft, site.join("manifest.json"))?)
    }

    /// Whether these very inputs were built and the result is still there.
    pub fn is_built_from(&self, inputs: &str, site: &Path) -> bool {
        self.inputs == inputs && self.files.keys().all(|name| site.join(&self.pkg_dir).join(name).exists())
    }
}

/// Whether the file is a script or module that every first visit downloads, whatever the page.
pub fn is_first_page_code(name: &str) -> bool {
    ["app.js", "app_bg.wasm", LOADER].contains(&name)
}

impl std::iter::Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        let zero = Self { raw: 0, brotli: Some(0), gzip: Some(0) };
        sizes.fold(zero, |a, b| Self {
            raw: a.raw + b.raw,
            brotli: a.brotli.zip(b.brotli).map(|(a, b)| a + b),
            gzip: a.gzip.zip(b.gzip).map(|(a, b)| a + b),
        })
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>10} {:>10} {:>10}  {}", "bytes", "gzip", "brotli", self.pkg_dir)?;
        let columns = |size: Option<usize>| size.map_or_else(|| "-".to_owned(), |size| size.to_string());
        for (name, size) in &self.files {
            writeln!(f, "{:>10} {:>10} {:>10}  {name}", size.raw, columns(size.gzip), columns(size.brotli))?;
        }
        let first = &self.first_page;
        write!(
            f,
            "{:>10} {:>10} {:>10}  scripts and WebAssembly of the first page",
            first.raw,
            columns(first.gzip),
            columns(first.brotli)
        )
    }
}
