//! Running other programs: Cargo without the outer Cargo's variables, and everything with a clear failure.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// A nested `cargo`, to be run in the repository's root.
///
/// The outer `cargo run` leaves variables that describe *this* package. Build scripts that watch them would
/// run again after every switch between `cargo xtask` and plain `cargo`, so they are taken away.
pub fn cargo(toolchain: Option<&str>) -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let Some(name) = name.to_str() else { continue };
        let of_outer_run = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
            .iter()
            .any(|prefix| name.starts_with(prefix));
        if of_outer_run || ["CARGO", "CARGO_PRIMARY_PACKAGE", "LD_LIBRARY_PATH"].contains(&name) {
            command.env_remove(name);
        }
    }
    // An explicit toolchain argument must win over the one the outer `cargo` was started with.
    if toolchain.is_some() {
        command.env_remove("RUSTUP_TOOLCHAIN");
    }
    command.args(toolchain).current_dir(workspace::root());
    command
}

/// Runs to the end; a non-zero exit is an error that repeats the command.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", describe(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs to the end; what it writes is shown only when it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("cannot start {}", describe(command)))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        bail!("{} failed ({})", describe(command), output.status);
    }
    Ok(())
}

/// Runs to the end and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", describe(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", describe(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no text", describe(command)))
}

/// Whether a program of this name can be started.
pub fn exists(program: &str) -> bool {
    let probe = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok_and(|status| status.success())
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
