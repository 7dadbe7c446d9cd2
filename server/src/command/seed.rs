//! `marketplace seed`: publishes what is in the catalogue folder. Refuses no listing silently.

use crate::catalogue_files::{folders, load, partners};
use crate::compose;
use crate::config::Config;
use domain::catalog::{PublishReport, publish, put_partner};
use domain::{Actor, Services};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Publishes the catalogue.
pub async fn run(config: &Config) -> Result<ExitCode, String> {
    let services = compose::beside(config).await?;
    let (report, refused) = seed(&services, config).await?;
    println!(
        "Catalogue: {} added, {} changed, {} unchanged, {} refused.",
        report.added,
        report.changed,
        report.unchanged,
        refused.len()
    );
    for line in &refused {
        println!("  refused {line}");
    }
    Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Publishes the catalogue; gives what was done and which listings were refused, with reasons.
pub async fn seed(services: &Services, config: &Config) -> Result<(PublishReport, Vec<String>), String> {
    let mut report = PublishReport::default();
    let known = partners(&config.catalog)?;
    let ids: BTreeSet<String> = known.iter().map(|partner| partner.id.0.clone()).collect();
    for partner in &known {
        put_partner(services, &Actor::System, partner).await.map_err(|error| error.to_string())?;
    }
    let mut refused = Vec::new();
    for folder in folders(&config.catalog)? {
        let listing = load(&folder, Some(&ids), &[])?;
        if listing.report.has_errors() {
            let reasons: Vec<String> = listing.report.problems.iter().map(ToString::to_string).collect();
            refused.push(format!("{}: {}", listing.name, reasons.join("; ")));
            continue;
        }
        let outcome =
            publish(services, &Actor::System, &listing.report, &listing.readme, listing.icon.as_deref()).await;
        report.count(outcome.map_err(|error| error.to_string())?);
    }
    Ok((report, refused))
}
