//! `marketplace shares`: what partners get of what is sold.

use crate::compose;
use crate::config::Config;
use clap::{Args, Subcommand};
use contract::{ListingId, PartnerId, Timestamp};
use domain::Actor;
use domain::billing::share::{Kind, Scope, ShareRule};
use domain::billing::split::BasisPoints;
use domain::billing::{agree, described, end, shares};
use std::process::ExitCode;

/// What can be done with shares.
#[derive(Debug, Subcommand)]
pub enum SharesCommand {
    /// List everything that was ever agreed.
    List,
    /// Agree on a share. What was sold before keeps the share it had.
    Add(Agreement),
    /// End an agreement; then the next one that fits counts, or what is usual.
    End {
        /// Id of the rule, `shr_…`.
        id: String,
        /// Until just before this day, `2026-12-01`; without it until now.
        #[arg(long, value_parser = day)]
        until: Option<Timestamp>,
    },
}

/// A share, and what it is about.
#[derive(Debug, Args)]
pub struct Agreement {
    /// The partner's part, in hundredths of a percent: 7000 is 70 %.
    #[arg(value_parser = clap::value_parser!(u16).range(0..=10_000))]
    basis_points: u16,
    /// One contract.
    #[arg(long, group = "scope")]
    contract: Option<String>,
    /// Everything of one partner that is sold in this way.
    #[arg(long, group = "scope")]
    partner: Option<String>,
    /// One listing.
    #[arg(long, group = "scope")]
    listing: Option<String>,
    /// One feature of the listing, instead of everything that is sold in this way.
    #[arg(long, requires = "listing")]
    feature: Option<String>,
    /// How it is sold.
    #[arg(long, default_value = "paid_listing", value_parser = kind)]
    kind: Kind,
    /// From this day on, `2026-12-01`; without it from now.
    #[arg(long, value_parser = day)]
    from: Option<Timestamp>,
}

fn kind(text: &str) -> Result<Kind, String> {
    let known = || Kind::ALL.map(Kind::as_str).join(", ");
    Kind::parse(text).ok_or_else(|| format!("known are {}", known()))
}

/// The first instant of a day, UTC.
fn day(text: &str) -> Result<Timestamp, String> {
    const DAY_MS: i64 = 86_400_000;
    let wrong = || "a day is written 2026-12-01".to_owned();
    let (month, day) = text.rsplit_once('-').ok_or_else(wrong)?;
    let month = contract::Month::parse(month).ok_or_else(wrong)?;
    let number: i64 = day.parse().map_err(|_| wrong())?;
    let at = month.start().plus_ms((number - 1) * DAY_MS);
    if day.len() == 2 && number >= 1 && at < month.next().start() { Ok(at) } else { Err(wrong()) }
}

impl Agreement {
    fn scope(&self) -> Result<Scope, String> {
        match (&self.contract, &self.partner, &self.listing, &self.feature) {
            (Some(contract), ..) => Ok(Scope::Contract(contract.clone())),
            (_, Some(partner), ..) => Ok(Scope::Partner(PartnerId(partner.clone()), self.kind)),
            (_, _, Some(listing), Some(feature)) => Ok(Scope::Feature(ListingId(listing.clone()), feature.clone())),
            (_, _, Some(listing), None) => Ok(Scope::Listing(ListingId(listing.clone()), self.kind)),
            _ => Err("say what it is about: --contract, --partner or --listing".to_owned()),
        }
    }
}

fn line(rule: &ShareRule) -> String {
    let until =
        rule.until.map_or_else(|| "until something else is agreed".to_owned(), |at| format!("until {}", at.rfc3339()));
    let points = rule.partner.get();
    let share = format!("{}.{:02} %", points / 100, points % 100);
    format!("{}  {share}  {}, from {} {until}", rule.id, described(&rule.scope), rule.from.rfc3339())
}

/// Runs it.
pub async fn run(config: &Config, command: SharesCommand) -> Result<ExitCode, String> {
    let services = compose::beside(config).await?;
    let told = |error: domain::Error| match error {
        domain::Error::Public(problem) => format!("{}\n  → {}", problem.detail, problem.next_step),
        other => other.to_string(),
    };
    match command {
        SharesCommand::List => {
            let rules = shares(&services, &Actor::System).await.map_err(told)?;
            for rule in &rules {
                println!("{}", line(rule));
            }
            println!("{} agreed; for everything else what is usual counts:", rules.len());
            for kind in Kind::ALL {
                println!("  {}  {} %", kind.as_str(), kind.usual().get() / 100);
            }
        }
        SharesCommand::Add(agreement) => {
            let points = BasisPoints::new(agreement.basis_points);
            let scope = agreement.scope()?;
            let rule = agree(&services, &Actor::System, scope, points, agreement.from).await.map_err(told)?;
            println!("{}", line(&rule));
        }
        SharesCommand::End { id, until } => {
            let rule = end(&services, &Actor::System, &id, until).await.map_err(told)?;
            println!("{}", line(&rule));
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_read() {
        assert_eq!(day("2026-12-01").map(contract::Timestamp::rfc3339).as_deref(), Ok("2026-12-01T00:00:00Z"));
        assert_eq!(day("2028-02-29").map(contract::Timestamp::rfc3339).as_deref(), Ok("2028-02-29T00:00:00Z"));
        for wrong in ["", "2026-12", "2026-12-0", "2026-12-00", "2026-11-31", "2026-02-29", "2026-12-1x", "2026-12-1"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
