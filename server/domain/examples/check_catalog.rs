//! Checks every folder of a catalogue and prints what is wrong: `cargo run -p domain --example check_catalog -- catalog`

use domain::catalog::check::{CheckInput, Level, ManifestText, check};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "catalog".to_owned()));
    let partners: BTreeSet<String> = names(&root.join("_partners"))
        .into_iter()
        .filter_map(|name| name.strip_suffix(".toml").map(ToOwned::to_owned))
        .collect();
    let folders: Vec<String> =
        names(&root).into_iter().filter(|name| !name.starts_with('_') && root.join(name).is_dir()).collect();
    let listings: Vec<(String, String, String)> = folders
        .iter()
        .map(|folder| {
            let text = read(&root.join(folder).join("integration.toml")).unwrap_or_default();
            let table: toml::Table = toml::from_str(&text).unwrap_or_default();
            let name = table.get("name").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
            (folder.clone(), name, text)
        })
        .collect();
    let others: Vec<(&str, &str)> = listings.iter().map(|(id, name, _)| (id.as_str(), name.as_str())).collect();
    let (mut bad, mut bronze) = (0, 0);
    for (folder, _, text) in &listings {
        let (readme, icon) = (read(&root.join(folder).join("README.md")), read(&root.join(folder).join("icon.svg")));
        let report = check(&CheckInput {
            folder,
            manifest: ManifestText::Toml(text),
            readme: readme.as_deref(),
            icon: icon.as_deref(),
            partners: Some(&partners),
            others: &others,
        });
        for problem in &report.problems {
            println!("{folder}: {problem}");
        }
        bad += usize::from(report.problems.iter().any(|problem| problem.level != Level::Review));
        bronze += usize::from(report.certification() == contract::listing::Certification::Bronze);
    }
    println!("{} listings, {bronze} Bronze, {bad} with errors or warnings", listings.len());
    if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}
