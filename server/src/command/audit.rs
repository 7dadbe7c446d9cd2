//! `marketplace audit verify`: finds tampering with the audit trail.

use crate::compose;
use crate::config::Config;
use clap::Subcommand;
use std::process::ExitCode;

/// What can be done with the audit trail.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum AuditCommand {
    /// Verify every chain; fails and says where when an event was changed, deleted or moved.
    Verify,
}

/// Runs it.
pub async fn run(config: &Config, command: AuditCommand) -> Result<ExitCode, String> {
    let AuditCommand::Verify = command;
    let services = compose::beside(config).await?;
    let (events, flaws) = domain::audit::verify(&services).await.map_err(|error| error.to_string())?;
    for flaw in &flaws {
        println!("{flaw}");
    }
    if flaws.is_empty() {
        println!("{events} events verified: the audit trail is as it was recorded.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{events} events read, {} chains are not as they were recorded.", flaws.len());
    println!("  → compare with an export or with the stream's copy to see what was recorded there.");
    Ok(ExitCode::FAILURE)
}
