//! Compressed copies next to each file, so that the server compresses nothing while people wait.

use std::{fs, io::Write, path::Path};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use super::manifest::Size;

/// Writes `<file>.br` and `<file>.gz` with the highest effort and returns all three sizes.
pub fn write_compressed_copies(file: &Path) -> Result<Size> {
    let raw = fs::read(file)?;
    let brotli = brotli(&raw)?;
    let gzip = gzip(&raw)?;
    fs::write(with_suffix(file, "br"), &brotli)?;
    fs::write(with_suffix(file, "gz"), &gzip)?;
    Ok(Size { raw: raw.len(), brotli: Some(brotli.len()), gzip: Some(gzip.len()) })
}

fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    // Window 24 is the largest that browsers have to accept.
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: raw.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &raw[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(raw: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    Ok(encoder.finish()?)
}

fn with_suffix(file: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}
