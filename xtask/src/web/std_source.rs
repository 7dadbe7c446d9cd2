//! The source of the standard library. With it, the library is built for size and without panic messages, which makes the
//! first download about a tenth smaller. Everything works without.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::process;

/// How long a download of the source may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// Whether the toolchain has the source; asks rustup for it when it has not.
pub fn is_there(toolchain: Option<&str>) -> bool {
    let there = || {
        process::output(Command::new("rustc").args(toolchain).args(["--print", "sysroot"])).is_ok_and(|root| {
            // The lock file tells which versions of its dependencies it is built with.
            Path::new(root.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").exists()
        })
    };
    there() || (toolchain.is_none() && process::exists("rustup") && download() && there())
}

/// A machine without a connection builds with what it has, and soon.
fn download() -> bool {
    println!("asking rustup for the source of the standard library, for smaller files");
    let mut rustup = Command::new("rustup");
    rustup.args(["component", "add", "rust-src"]).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut rustup) = rustup.spawn() else { return false };
    let started = Instant::now();
    loop {
        match rustup.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if started.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(100)),
            _ => {
                _ = rustup.kill();
                _ = rustup.wait();
                return false;
            }
        }
    }
}
