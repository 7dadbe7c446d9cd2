//! The subcommands, one file each.

mod audit;
mod check;
mod import;
mod ledger;
mod payouts;
pub mod permissions;
mod prices;
mod reindex;
mod role;
mod search_eval;
mod seed;
mod serve;
mod shares;
mod sign_in_optional;
mod worker;

use crate::compose;
use crate::config::Config;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site; works off the queue too, unless told otherwise.
    Serve {
        /// Leave the queue to separate workers.
        #[arg(long)]
        no_worker: bool,
    },
    /// Work off the queue.
    Worker,
    /// Apply the database migrations that are missing.
    Migrate,
    /// Publish the listings in the catalogue folder. Idempotent.
    Seed,
    /// Import a catalogue that is kept elsewhere: one JSON object a line. Idempotent; fails when a line was refused.
    Import {
        /// File, also packed with gzip; `-` for standard input.
        feed: PathBuf,
        /// Take entries of this catalogue only; entries that name none are its own.
        #[arg(long)]
        source: Option<String>,
    },
    /// Check listings and report every problem at once.
    Check {
        /// Folders of listings, or of catalogues.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Look after the audit trail.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// Look after the books.
    Ledger {
        /// What to do with them.
        #[command(subcommand)]
        command: ledger::LedgerCommand,
    },
    /// Look after prices at the payment processor.
    Prices {
        /// What to do with them.
        #[command(subcommand)]
        command: prices::PricesCommand,
    },
    /// Look after the shares that are agreed with partners.
    Shares {
        /// What to do with them.
        #[command(subcommand)]
        command: shares::SharesCommand,
    },
    /// Look after what is paid to partners.
    Payouts {
        /// What to do with it.
        #[command(subcommand)]
        command: payouts::PayoutsCommand,
    },
    /// Stop requiring an organization's own sign-in, when its issuer is gone and nobody can get in.
    SignInOptional {
        /// Id of the organization, `org_…`.
        organization: String,
    },
    /// Make somebody staff or a member of a partner's team; without a change, say what they are.
    Role(role::Role),
    /// Print who may do what, as `docs/permissions.md`.
    Permissions,
    /// Build the search index anew from the database.
    Reindex,
    /// Measure how good the order of search results is, against judged queries.
    SearchEval(search_eval::SearchEval),
}

impl Command {
    /// Runs the subcommand.
    pub async fn run(self, config: Config) -> Result<ExitCode, String> {
        match self {
            Self::Serve { no_worker } => serve::run(&config, !no_worker).await,
            Self::Worker => worker::run(&config).await,
            Self::Migrate => {
                let database = compose::database(&config).await?;
                database.migrate().await.map_err(|error| error.to_string())?;
                println!("The {} database is up to date.", database.kind());
                Ok(ExitCode::SUCCESS)
            }
            Self::Seed => seed::run(&config).await,
            Self::Import { feed, source } => import::run(&config, &feed, source.as_deref()).await,
            Self::Check { paths } => check::run(&config, &paths),
            Self::Audit { command } => audit::run(&config, command).await,
            Self::Ledger { command } => ledger::run(&config, command).await,
            Self::Prices { command } => prices::run(&config, command).await,
            Self::Shares { command } => shares::run(&config, command).await,
            Self::Payouts { command } => payouts::run(&config, command).await,
            Self::SignInOptional { organization } => sign_in_optional::run(&config, organization).await,
            Self::Role(what) => role::run(&config, what).await,
            Self::Permissions => {
                print!("{}", permissions::document());
                Ok(ExitCode::SUCCESS)
            }
            Self::Reindex => reindex::run(&config).await,
            Self::SearchEval(what) => search_eval::run(&config, &what).await,
        }
    }
}
