//! `marketplace payouts`: what is paid to partners.

use crate::compose;
use crate::config::Config;
use clap::Subcommand;
use domain::Actor;
use domain::billing::payout::{plan_month, reverse, send_open, take_arrived};
use domain::ports::PayoutRun;
use std::process::ExitCode;

/// What can be done with payouts.
#[derive(Debug, Subcommand)]
pub enum PayoutsCommand {
    /// Close the month that ended and send what is due, as the daily job does. Doing it twice is the same as once.
    Run,
    /// List all runs: what was closed, and what became of it.
    List,
    /// Take the transfer of a run back; what it paid is owed again and goes into the next statement.
    Reverse {
        /// Id of the run, `run_…`.
        run: String,
    },
}

fn line(run: &PayoutRun) -> String {
    let transfer = run.transfer.as_deref().unwrap_or("-");
    let waits = if run.waits.is_empty() { String::new() } else { format!(" ({})", run.waits) };
    format!("{}  {}  {}  {}  {}  {transfer}{waits}", run.id, run.month, run.partner, run.amount, run.state.label())
}

/// Runs it.
pub async fn run(config: &Config, command: PayoutsCommand) -> Result<ExitCode, String> {
    let services = compose::beside(config).await?;
    match command {
        PayoutsCommand::Run => {
            let told = |error: domain::Error| error.to_string();
            let planned = plan_month(&services).await.map_err(told)?;
            let worked = send_open(&services).await.map_err(told)?;
            take_arrived(&services).await.map_err(told)?;
            println!("{planned} closed, {} sent, {} waiting.", worked.sent, worked.waiting);
        }
        PayoutsCommand::List => {
            let runs = services.payout_runs.all_runs().await.map_err(|error| error.to_string())?;
            for run in &runs {
                println!("{}", line(run));
            }
            println!("{} runs.", runs.len());
        }
        PayoutsCommand::Reverse { run } => {
            let done = reverse(&services, &Actor::System, &run).await.map_err(|error| match error {
                domain::Error::Public(problem) => format!("{}\n  → {}", problem.detail, problem.next_step),
                other => other.to_string(),
            })?;
            println!("{}", line(&done));
        }
    }
    Ok(ExitCode::SUCCESS)
}
