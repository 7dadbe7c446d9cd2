//! Compiles the `frontend` package for the browser.

use std::{path::PathBuf, process::Command};

use anyhow::{Result, ensure};

use super::Mode;
use crate::{process, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// Splitting needs to know what refers to what, which the linker otherwise forgets.
const KEEP_RELOCATIONS: &str = "-Clink-args=--emit-relocs";

/// Compiles and returns the module's path. Quick when Cargo finds nothing to do.
pub fn browser_module(mode: Mode) -> Result<PathBuf> {
    let toolchain = toolchain()?;
    let (profile, folder) = match mode {
        Mode::Release => ("web-release", "web-release"),
        Mode::Dev => ("dev", "debug"),
    };
    let mut cargo = process::cargo(toolchain.as_deref());
    cargo.args(["build", "--package", "frontend", "--target", TARGET, "--profile", profile]);
    let mut flags = vec![KEEP_RELOCATIONS];
    if mode == Mode::Release && small_standard_library() {
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"]);
    }
    if mode == Mode::Release {
        // Where a panic happened and how a value prints for debugging is of no use to a visitor, and names folders of
        // the machine it was built on. Both switches are unstable, and only leave things out.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        flags.extend(["-Zlocation-detail=none", "-Zfmt-debug=none"]);
    }
    cargo.env("RUSTFLAGS", flags.join(" ")).env_remove("CARGO_ENCODED_RUSTFLAGS");
    process::run(&mut cargo)?;

    let module = workspace::target_dir().join(TARGET).join(folder).join("frontend.wasm");
    ensure!(module.exists(), "cargo built no {}: is `frontend` a cdylib?", module.display());
    Ok(module)
}

/// Builds the standard library itself, for size and without panic messages: opt-in with `WEB_SMALL_STD=1`, because
/// it needs the library's source (`rustup component add rust-src`) and switches unstable features on.
fn small_standard_library() -> bool {
    std::env::var("WEB_SMALL_STD").is_ok_and(|value| value == "1")
}

/// Asks the set-up script which toolchain has the target; the script makes one if none has.
fn toolchain() -> Result<Option<String>> {
    let script = workspace::root().join("scripts/setup-wasm.sh");
    let answer = process::output(&mut Command::new(script))?;
    let answer = answer.trim();
    Ok((!answer.is_empty()).then(|| answer.to_owned()))
}
