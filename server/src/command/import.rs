//! `marketplace import`: brings a catalogue that is kept elsewhere into ours. Refuses no line silently.

use crate::compose;
use crate::config::Config;
use contract::feed::FeedReport;
use domain::Actor;
use domain::catalog::feed::Import;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

/// Bytes read at once.
const PIECE: usize = 64 * 1024;
/// Lines between two words about how far it is.
const PROGRESS: u64 = 10_000;
/// How every file made by gzip begins (RFC 1952).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// Imports a file, or standard input when it is called `-`; fails when a line was refused.
pub async fn run(config: &Config, feed: &Path, source: Option<&str>) -> Result<ExitCode, String> {
    let wrong = |error: io::Error| format!("{}: {error}", feed.display());
    let mut reader = open(feed).map_err(wrong)?;
    let services = compose::beside(config).await?;
    let mut import = Import::begin(&services, &Actor::System, source).await.map_err(|error| error.to_string())?;
    let mut piece = vec![0; PIECE];
    let mut said = 0;
    loop {
        let length = match reader.read(&mut piece) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                import.break_off().await.map_err(|error| error.to_string())?;
                print_refusals(&mut import);
                summary(import.report());
                return Err(format!("{} It was imported up to there; import it again once it is whole.", wrong(error)));
            }
        };
        if length == 0 {
            break;
        }
        import.push(&piece[..length]).await.map_err(|error| error.to_string())?;
        print_refusals(&mut import);
        let lines = import.report().lines;
        if lines / PROGRESS > said / PROGRESS {
            eprintln!("{lines} lines read …");
            said = lines;
        }
    }
    import.finish().await.map_err(|error| error.to_string())?;
    print_refusals(&mut import);
    summary(import.report());
    Ok(if import.report().refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The feed, unpacked if it is packed; its first bytes say so, because standard input has no name.
fn open(feed: &Path) -> io::Result<Box<dyn Read>> {
    let raw: Box<dyn Read> = if feed == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(feed)?) };
    let mut buffered = BufReader::with_capacity(PIECE, raw);
    let packed = buffered.fill_buf()?.starts_with(GZIP);
    Ok(if packed { Box::new(MultiGzDecoder::new(buffered)) } else { Box::new(buffered) })
}

/// Printed as they are found: a feed of nothing but mistakes is not held in memory.
fn print_refusals(import: &mut Import<'_>) {
    for refusal in import.take_refusals() {
        let id = refusal.id.map(|id| format!(" ({})", id.escape_debug())).unwrap_or_default();
        println!("line {}{id} refused: {}", refusal.line, refusal.reason);
    }
}

fn summary(report: &FeedReport) {
    println!(
        "Feed: {} lines, {} added, {} changed, {} unchanged, {} refused.",
        report.lines, report.added, report.changed, report.unchanged, report.refused
    );
    if !report.ignored_keys.is_empty() {
        let keys: Vec<String> = report.ignored_keys.iter().map(|key| key.escape_debug().to_string()).collect();
        println!("Keys that mean nothing in a feed and were ignored: {}.", keys.join(", "));
    }
}
