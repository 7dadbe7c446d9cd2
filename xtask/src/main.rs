//! The project's own build steps, run as `cargo xtask <step>`.
//!
//! Each step is one module; `make` only strings them together.

mod dev;
mod leak_check;
mod process;
mod web;
mod workspace;

use std::process::ExitCode;

use web::Mode;

const USAGE: &str = "\
Usage: cargo xtask <step>

Steps:
  web          build the browser files (WebAssembly, scripts, styles) into <target>/site
  web --dev    the same, quicker to build and larger
  dev          build, serve, and repeat on every change
  leak-check   fail when server libraries have got into the browser build
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args[..] {
        ["web"] => web::build(Mode::Release).map(|_| ()),
        ["web", "--dev"] => web::build(Mode::Dev).map(|_| ()),
        ["dev"] => dev::run(),
        ["leak-check"] => leak_check::run(),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
