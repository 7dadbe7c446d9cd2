//! Compiles the `frontend` package for the browser.

use std::{path::PathBuf, process::Command};

use anyhow::{Result, ensure};

use super::{Mode, std_source};
use crate::{process, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// Splitting needs to know what refers to what, which the linker otherwise forgets.
const KEEP_RELOCATIONS: &str = "-Clink-args=--emit-relocs";

/// Where a panic happened and how a value prints for debugging is of no use to a visitor, and names folders of the machine
/// it was built on. Both switches are unstable, and only leave things out.
const NO_DEBUGGING: [&str; 2] = ["-Zlocation-detail=none", "-Zfmt-debug=none"];

/// Compiles and returns the module's path. Quick when Cargo finds nothing to do.
pub fn browser_module(mode: Mode) -> Result<PathBuf> {
    let toolchain = toolchain()?;
    let toolchain = toolchain.as_deref();
    if mode == Mode::Dev {
        process::run(&mut build(toolchain, "dev", &[]))?;
        return module("debug");
    }
    let profile = "web-release";
    if std_source::is_there(toolchain) {
        let mut cargo = build(toolchain, profile, &["-Zunstable-options", "-Cpanic=immediate-abort"]);
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        match process::run(&mut cargo) {
            Ok(()) => return module(profile),
            Err(error) => eprintln!("{error}; once more with the standard library as it comes"),
        }
    }
    process::run(&mut build(toolchain, profile, &[]))?;
    module(profile)
}

fn build(toolchain: Option<&str>, profile: &str, flags: &[&str]) -> Command {
    let mut cargo = process::cargo(toolchain);
    cargo.args(["build", "--package", "frontend", "--target", TARGET, "--profile", profile]);
    let mut flags = [&[KEEP_RELOCATIONS], flags].concat();
    if profile != "dev" {
        cargo.env("RUSTC_BOOTSTRAP", "1");
        flags.extend(NO_DEBUGGING);
    }
    cargo.env("RUSTFLAGS", flags.join(" ")).env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo
}

fn module(folder: &str) -> Result<PathBuf> {
    let module = workspace::target_dir().join(TARGET).join(folder).join("frontend.wasm");
    ensure!(module.exists(), "cargo built no {}: is `frontend` a cdylib?", module.display());
    Ok(module)
}

/// Asks the set-up script which toolchain has the target; the script makes one if none has.
fn toolchain() -> Result<Option<String>> {
    let script = workspace::root().join("scripts/setup-wasm.sh");
    let answer = process::output(&mut Command::new(script))?;
    let answer = answer.trim();
    Ok((!answer.is_empty()).then(|| answer.to_owned()))
}
