//! What many pages share becomes part of the first download.
//!
//! Splitting makes a module for each set of pages that have code in common, hundreds of small ones, and a browser starts each
//! by itself. The few bytes more that everybody downloads cost less than starting a hundred modules for a page.

use std::{collections::BTreeMap, ffi::OsString, fs, path::Path, process::Command};

use anyhow::Result;

use super::{
    bundle::Pieces,
    optimize::{FEATURES, tools},
};
use crate::process;

/// Code of so many pages is everybody's.
const MANY: usize = 3;

/// What the pieces call the first download.
const MAIN: &str = "__wasm_split";

/// Merges common pieces into the module of the first download, and takes them out of `pieces`.
pub fn merge(files: &Path, pieces: &mut Pieces) -> Result<()> {
    let Some(tools) = tools()? else {
        return Ok(());
    };
    let common = common(pieces);
    if common.is_empty() {
        return Ok(());
    }
    let (main, merged) = (files.join("app_bg.wasm"), files.join("app_bg.merged"));
    let path = |name: &str| files.join(name).with_extension("wasm");
    let mut command = Command::new(tools.join("wasm-merge"));
    command.arg(&main).arg(MAIN);
    for name in &common {
        command.arg(path(name)).arg(name);
    }
    let mut output = OsString::from("--output=");
    output.push(&merged);
    process::run_quietly(command.args(FEATURES).arg("--skip-export-conflicts").arg(output))?;
    fs::rename(merged, main)?;
    for name in &common {
        fs::remove_file(path(name))?;
    }
    for names in pieces.values_mut() {
        names.retain(|name| !common.contains(name));
    }
    Ok(())
}

/// The pieces that many pages use, in an order that depends on nothing else.
fn common(pieces: &Pieces) -> Vec<String> {
    let mut users = BTreeMap::<&String, usize>::new();
    for name in pieces.values().flatten() {
        *users.entry(name).or_default() += 1;
    }
    users.into_iter().filter(|(_, pages)| *pages >= MANY).map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_is_what_many_pages_use() {
        let page = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let pieces = Pieces::from([
            ("a".to_owned(), page(&["chunk_2", "chunk_1", "split_a"])),
            ("b".to_owned(), page(&["chunk_1", "chunk_2", "split_b"])),
            ("c".to_owned(), page(&["chunk_1", "split_c"])),
        ]);
        assert_eq!(common(&pieces), ["chunk_1"]);
    }
}
