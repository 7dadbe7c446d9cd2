//! `marketplace check`: the same checks that a submission goes through, on the partner's own machine.

use crate::catalogue_files::{folders, load, partners};
use crate::config::Config;
use domain::catalog::check::Level;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The partners known to the catalogue that a folder is part of; `None` leaves partners unchecked.
fn known_partners(path: &Path, config: &Config) -> Option<BTreeSet<String>> {
    [path, path.parent().unwrap_or(path), &config.catalog]
        .into_iter()
        .find_map(|catalog| partners(catalog).ok())
        .map(|partners| partners.into_iter().map(|partner| partner.id.0).collect())
}

/// Checks and prints; fails when there is an error.
pub fn run(config: &Config, paths: &[PathBuf]) -> Result<ExitCode, String> {
    let (mut listings, mut errors, mut warnings, mut reviews) = (0, 0, 0, 0);
    for path in paths {
        let path = path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))?;
        let partners = known_partners(&path, config);
        let folders = folders(&path)?;
        let names: Vec<(String, String)> = folders.iter().filter_map(|folder| name_of(folder)).collect();
        for folder in folders {
            listings += 1;
            let own = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let others: Vec<(&str, &str)> =
                names.iter().filter(|(id, _)| *id != own).map(|(id, name)| (id.as_str(), name.as_str())).collect();
            let loaded = load(&folder, partners.as_ref(), &others)?;
            for problem in &loaded.report.problems {
                println!("{}: {problem}", loaded.name);
                match problem.level {
                    Level::Error => errors += 1,
                    Level::Warning => warnings += 1,
                    Level::Review => reviews += 1,
                }
            }
        }
    }
    println!("{listings} listings checked: {errors} errors, {warnings} warnings, {reviews} for review.");
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Id and display name of a listing, as far as the file can be read.
fn name_of(folder: &Path) -> Option<(String, String)> {
    let text = std::fs::read_to_string(folder.join("integration.toml")).ok()?;
    let value: toml::Table = text.parse().ok()?;
    let text = |key: &str| value.get(key).and_then(toml::Value::as_str).map(ToOwned::to_owned);
    Some((text("id")?, text("name")?))
}
