//! Shrinks the modules with Binaryen's `wasm-opt`, which halves them, and the scripts with `esbuild`.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Result;

use super::publish::sorted_files;
use crate::{process, workspace};

/// What current browsers understand and the compiler already emits. Without them `wasm-opt` refuses the input.
pub const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-multivalue",
];

/// Rewrites every module and script of the folder in place, as many at a time as there are processors.
pub fn shrink(files: &Path) -> Result<()> {
    let Some(tools) = tools()? else {
        println!("shrinking: skipped, because npm is not installed; the files work but are about twice as large");
        return Ok(());
    };
    for_each_parallel(&sorted_files(files)?, |file| match file.extension().and_then(OsStr::to_str) {
        Some("wasm") => {
            let mut command = Command::new(tools.join("wasm-opt"));
            rewrite(command.arg("-Oz").args(FEATURES).arg(file), "--output=", file)
        }
        Some("js") => {
            let mut command = Command::new(tools.join("esbuild"));
            rewrite(command.args(["--minify", "--format=esm", "--log-level=error"]).arg(file), "--outfile=", file)
        }
        _ => Ok(()),
    })
}

/// Runs the command, told with `option` which file to write, and replaces the original by it.
fn rewrite(command: &mut Command, option: &str, file: &Path) -> Result<()> {
    let smaller = file.with_extension("smaller");
    let mut output = OsString::from(option);
    output.push(&smaller);
    process::run_quietly(command.arg(output))?;
    Ok(fs::rename(smaller, file)?)
}

/// The folder with the tools from npm, installed when they are not there yet. Distributions' packages of `wasm-opt`
/// are too old: what version 108 writes does not load.
pub fn tools() -> Result<Option<PathBuf>> {
    let folder = workspace::root().join("xtask");
    let tools = folder.join("node_modules/.bin");
    if tools.join("wasm-merge").exists() && tools.join("esbuild").exists() {
        return Ok(Some(tools));
    }
    if !process::exists("npm") {
        return Ok(None);
    }
    println!("shrinking: installing wasm-opt and esbuild into xtask/node_modules");
    process::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&folder))?;
    Ok(Some(tools))
}

/// Calls `work` for every item from several threads; the first error wins.
pub fn for_each_parallel<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = work(item) {
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        return;
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}
