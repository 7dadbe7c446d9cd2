//! Files of one JSON object a line, compressed or not.

use domain::{Error, Result};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// All objects of a file; one whose name ends in `.gz` is unpacked.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let wrong = |line: usize, why: &dyn std::fmt::Display| {
        Error::Corrupt(format!("{}, line {}: {why}", path.display(), line + 1))
    };
    let file = File::open(path).map_err(|error| wrong(0, &error))?;
    let text: Box<dyn Read> = match path.extension() {
        Some(end) if end == "gz" => Box::new(GzDecoder::new(file)),
        _ => Box::new(file),
    };
    let mut found = Vec::new();
    for (number, line) in BufReader::new(text).lines().enumerate() {
        let line = line.map_err(|error| wrong(number, &error))?;
        if !line.trim().is_empty() {
            found.push(serde_json::from_str(&line).map_err(|error| wrong(number, &error))?);
        }
    }
    Ok(found)
}
