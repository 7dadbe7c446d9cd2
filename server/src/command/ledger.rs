//! `marketplace ledger verify`: whether the books are right.

use crate::compose;
use crate::config::Config;
use clap::Subcommand;
use std::process::ExitCode;

/// What can be done with the books.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum LedgerCommand {
    /// Prove that everything sums to nothing, that each line of a paid invoice, fee, refund, dispute, transfer and payout was
    /// posted once, and that statements are what was transferred; fails and lists what differs.
    Verify,
}

/// Runs it.
pub async fn run(config: &Config, command: LedgerCommand) -> Result<ExitCode, String> {
    let LedgerCommand::Verify = command;
    let services = compose::beside(config).await?;
    let proof = domain::billing::prove(&services).await.map_err(|error| error.to_string())?;
    for fault in &proof.faults {
        println!("{fault}");
    }
    let (postings, lines, events) = (proof.postings, proof.lines, proof.events);
    if proof.faults.is_empty() {
        println!("{postings} postings, {lines} invoice lines and {events} movements compared: the books are right.");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "{postings} postings, {lines} invoice lines and {events} movements compared, {} things differ.",
        proof.faults.len()
    );
    println!("  → nothing is edited in the books: find the event at the processor, and post what is missing or wrong.");
    Ok(ExitCode::FAILURE)
}
