//! The binary `marketplace`.

use clap::Parser;
use server::command::Command;
use server::config::Config;
use std::process::ExitCode;

/// A search makes thousands of short-lived texts; this allocator takes a fifth off its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// OpenConductor Marketplace.
#[derive(Debug, Parser)]
#[command(name = "marketplace", version)]
struct Arguments {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Command,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MARKETPLACE_LOG").unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new("warn,server=info,domain=info,jobs=info,search_index=info")
    });
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    match arguments.command.run(arguments.config).await {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
