//! The catalogue as files: `catalog/<id>/integration.toml`, `README.md`, `icon.svg`, and `catalog/_partners/*.toml`.

use domain::catalog::check::{CheckInput, ManifestText, Report, check};
use domain::ports::Partner;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A listing's folder, read and checked.
#[derive(Debug)]
pub struct ListingFolder {
    /// Name of the folder.
    pub name: String,
    /// `README.md`, empty when there is none.
    pub readme: String,
    /// `icon.svg`.
    pub icon: Option<String>,
    /// Result of the checks.
    pub report: Report,
}

fn read_if_there(path: &Path) -> Result<Option<String>, String> {
    match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| format!("{} is not UTF-8 text", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

/// Folders of listings in a catalogue, by name; or the folder itself when it is a listing's.
pub fn folders(path: &Path) -> Result<Vec<PathBuf>, String> {
    if path.join("integration.toml").is_file() || path.join("integration.json").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            path.is_dir() && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['_', '.']))
        })
        .collect();
    folders.sort();
    if folders.is_empty() {
        return Err(format!(
            "{} holds no listings; name a folder with integration.toml, or a folder of such folders",
            path.display()
        ));
    }
    Ok(folders)
}

/// All partner files of a catalogue.
pub fn partners(catalog: &Path) -> Result<Vec<Partner>, String> {
    let folder = catalog.join("_partners");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut partners = Vec::new();
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            partners.push(toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    partners.sort_by(|a: &Partner, b: &Partner| a.id.cmp(&b.id));
    Ok(partners)
}

/// Reads and checks one folder.
pub fn load(
    folder: &Path,
    partners: Option<&BTreeSet<String>>,
    others: &[(&str, &str)],
) -> Result<ListingFolder, String> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let toml = read_if_there(&folder.join("integration.toml"))?;
    let json = if toml.is_none() { read_if_there(&folder.join("integration.json"))? } else { None };
    let manifest = match (&toml, &json) {
        (Some(text), _) => ManifestText::Toml(text),
        (None, Some(text)) => ManifestText::Json(text),
        (None, None) => return Err(format!("{} has no integration.toml", folder.display())),
    };
    let readme = read_if_there(&folder.join("README.md"))?;
    let icon = read_if_there(&folder.join("icon.svg"))?;
    let report = check(&CheckInput {
        folder: &name,
        manifest,
        readme: readme.as_deref(),
        icon: icon.as_deref(),
        partners,
        others,
    });
    Ok(ListingFolder { readme: readme.unwrap_or_default(), icon, report, name })
}
