//! Measuring how long something takes, and how much it takes.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longest time for one kind of question.
const BUDGET: Duration = Duration::from_secs(4);
const MOST_ROUNDS: usize = 5000;

/// Percentiles in microseconds.
pub struct Times {
    p50: f64,
    p95: f64,
    /// One answer of a hundred takes longer.
    pub p99: f64,
    rounds: usize,
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { p50, p95, p99, rounds } = self;
        write!(f, "p50 {p50:>9.0}  p95 {p95:>9.0}  p99 {p99:>9.0}  ({rounds:>4} rounds)")
    }
}

/// Asks until the time or the rounds are over.
pub fn time<T>(question: impl Fn(usize) -> Result<T, Box<dyn Error>>) -> Result<Times, Box<dyn Error>> {
    let mut taken = Vec::new();
    let started = Instant::now();
    for n in 0..MOST_ROUNDS {
        let before = Instant::now();
        let answer = question(n.wrapping_mul(7919))?;
        taken.push(before.elapsed());
        drop(answer);
        if started.elapsed() > BUDGET {
            break;
        }
    }
    taken.sort_unstable();
    let percentile = |p: usize| taken[(taken.len() - 1) * p / 100].as_secs_f64() * 1e6;
    Ok(Times { p50: percentile(50), p95: percentile(95), p99: percentile(99), rounds: taken.len() })
}

/// The longest word without its third letter.
pub fn misspelt(name: &str) -> String {
    let longest = name.split(' ').max_by_key(|word| word.len()).unwrap_or(name);
    longest.chars().enumerate().filter(|(at, _)| *at != 2).map(|(_, c)| c).collect()
}

/// Bytes of the files in a folder.
pub fn disk(dir: &Path) -> std::io::Result<u64> {
    std::fs::read_dir(dir)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}

/// Resident memory in MB; 0 where the system does not tell.
pub fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
