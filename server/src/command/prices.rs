//! `marketplace prices`: whether the payment processor sells at our prices.

use crate::compose;
use crate::config::Config;
use clap::Subcommand;
use std::process::ExitCode;

/// What can be done with prices.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum PricesCommand {
    /// Say what differs; nothing is changed. Fails when something does.
    Compare,
    /// Make what is missing, and retire what is not sold any more.
    Sync,
}

/// Runs it.
pub async fn run(config: &Config, command: PricesCommand) -> Result<ExitCode, String> {
    let services = compose::beside(config).await?;
    let write = matches!(command, PricesCommand::Sync);
    let report = domain::billing::sync_prices(&services, write).await.map_err(|error| error.to_string())?;
    for difference in &report.differences {
        println!("{difference}");
    }
    let differ = report.differences.len();
    println!("{} prices are right, {} made, {} retired, {differ} differ.", report.right, report.made, report.retired);
    if differ == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "  → what is missing is made by `marketplace prices sync`; the rest is changed at the processor, by a person."
    );
    Ok(ExitCode::FAILURE)
}
