//! Splits the compiled module at its lazy routes and writes the scripts that load the pieces.

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

use super::{Mode, bundle::Pieces};

/// Loads the pieces. Leptos looks for this name when file names carry no hash.
pub const LOADER: &str = "__wasm_split.______________________.js";

/// Writes `app.js`, `app_bg.wasm`, the loader, and one module for each lazily loaded piece into `files`. Gives the pieces of
/// each page.
pub fn split_and_bind(module: &Path, work: &Path, files: &Path, mode: Mode) -> Result<Pieces> {
    let input = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let main_module = work.join("app.wasm");
    let link_name = format!("./{LOADER}");

    let mut options = Options::new(&input);
    options.output_dir = files;
    options.main_out_path = &main_module;
    options.main_module = "./app.js";
    options.link_name = &link_name;
    let split = transform(options).map_err(|error| anyhow!("splitting the module failed: {error:#}"))?;

    Bindgen::new()
        .input_path(&main_module)
        .out_name("app")
        .web(true)?
        .keep_lld_exports(true)
        .demangle(false)
        .typescript(false)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(mode == Mode::Release)
        .generate(files)
        .context("wasm-bindgen failed; its version in xtask/Cargo.toml must be that of `wasm-bindgen` in Cargo.lock")?;
    // Sorted, so that equal inputs give equal bytes.
    Ok(split.prefetch_map.into_iter().collect())
}
