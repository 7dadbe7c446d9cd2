//! `cargo xtask web`: everything the browser downloads.
//!
//! The steps are files of this folder, in this order: `compile` (Rust to WebAssembly), `bind` (split the module
//! into lazily loaded pieces and write the scripts that load it), `common` (what many pages share goes back into the module),
//! `optimize` (shrink), `bundle` (one file for all pieces of a page), `publish` (a folder named after its contents, compressed copies, the manifest the server reads).
//!
//! The files import each other by relative name. That is why the *folder* carries the hash: every file can be
//! cached for ever without rewriting any of them.

mod bind;
mod bundle;
mod common;
mod compile;
mod compress;
mod manifest;
mod optimize;
mod publish;
mod std_source;

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::workspace;
pub use manifest::Manifest;

/// How much effort to spend.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Small files.
    Release,
    /// Quick builds.
    Dev,
}

/// Builds the browser files and returns their manifest. Does nothing when the inputs are those of the last build.
pub fn build(mode: Mode) -> Result<Manifest> {
    let started = Instant::now();
    let site = workspace::site_dir();
    let module = compile::browser_module(mode)?;
    let sheet = style::try_stylesheet()?;
    let icons = style::icons::sprite();

    let inputs = fingerprint(mode, &module, &[sheet.as_bytes(), icons.as_bytes()])?;
    if let Some(manifest) = Manifest::read(&site).filter(|manifest| manifest.is_built_from(&inputs, &site)) {
        println!("browser files: unchanged ({})", manifest.pkg_dir);
        return Ok(manifest);
    }

    let work = workspace::target_dir().join("web-work");
    if work.exists() {
        fs::remove_dir_all(&work).with_context(|| format!("cannot empty {}", work.display()))?;
    }
    let files = work.join("pkg");
    fs::create_dir_all(&files)?;
    let mut pieces = bind::split_and_bind(&module, &work, &files, mode)?;
    if mode == Mode::Release {
        common::merge(&files, &mut pieces)?;
        bundle::write_loader(&files, &pieces)?;
        optimize::shrink(&files)?;
        bundle::pack(&files, &pieces)?;
    }
    fs::write(files.join("app.css"), sheet.as_bytes())?;
    fs::write(files.join("icons.svg"), icons.as_bytes())?;

    let manifest = publish::publish(&files, &site, mode, inputs)?;
    println!("{manifest}");
    println!("browser files: built in {:.1} s", started.elapsed().as_secs_f32());
    Ok(manifest)
}

/// A hash over everything the files are made from, this program's own sources included.
fn fingerprint(mode: Mode, module: &Path, texts: &[&[u8]]) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update([u8::from(mode == Mode::Dev)]);
    hash.update(fs::read(module).with_context(|| format!("cannot read {}", module.display()))?);
    for text in texts {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    }
    let own = workspace::root().join("xtask");
    for file in publish::sorted_files(&own.join("src/web"))? {
        hash.update(fs::read(file)?);
    }
    hash.update(fs::read(own.join("package-lock.json"))?);
    Ok(hex(&hash.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
