//! How prominent a listing is, whatever is searched: what orders listings that match equally well.

use crate::analysis::joined;
use crate::stored::Record;
use contract::listing::Certification;

/// What makes a listing prominent, and how much of a score each adds at most. Together they stay below what a match in
/// the name counts more than one in the summary, so that they order equals and never lift a weak match over a good one.
const OFFICIAL: f32 = 0.12;
const INSTALLS: f32 = 0.10;
const INSTALLABLE: f32 = 0.06;
const CERTIFICATION: f32 = 0.04;
const REQUESTS: f32 = 0.04;
const LOOKS: f32 = 0.02;
const RATING: f32 = 0.03;
const FRESHNESS: f32 = 0.02;

/// The most a score is multiplied by.
pub const MOST: f32 = 1.0 + OFFICIAL + INSTALLS + INSTALLABLE + CERTIFICATION + REQUESTS + LOOKS + RATING + FRESHNESS;

/// Freshness runs from the first of these to the second, in Unix milliseconds (2015 to 2045): later is fresher, and no
/// clock is needed to compare two listings.
const FRESH: (i64, i64) = (1_420_070_400_000, 2_366_841_600_000);

/// Most installed first, then what can be installed, then most asked for, then most looked at.
pub fn popularity(record: &Record<'_>) -> u64 {
    let requests = u64::from(record.requests).min(0x7fff);
    let looks = u64::from(record.looks).min(0xffff);
    u64::from(record.installs) << 32 | u64::from(record.installable) << 31 | requests << 16 | looks
}

/// What a score is multiplied by, from 1 to [`MOST`].
pub fn prominence(record: &Record<'_>) -> f32 {
    1.0 + OFFICIAL * yes(is_official(record))
        + INSTALLS * magnitude(record.installs)
        + INSTALLABLE * yes(record.installable)
        + CERTIFICATION * certification(record.certification)
        + REQUESTS * magnitude(record.requests)
        + LOOKS * magnitude(record.looks)
        + RATING * stars(record.rating)
        + FRESHNESS * freshness(record.published_at)
}

fn yes(fact: bool) -> f32 {
    f32::from(u8::from(fact))
}

/// Logarithmic, 1 for 65,535 and more.
fn magnitude(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX)).ln_1p() / f32::from(u16::MAX).ln_1p()
}

fn certification(name: &str) -> f32 {
    match Certification::parse(name).unwrap_or_default() {
        Certification::Gold => 1.0,
        Certification::None => 0.0,
        _ => 0.5,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "five stars need no more precision")]
fn stars(rating: f64) -> f32 {
    (rating as f32 / 5.0).clamp(0.0, 1.0)
}

#[expect(clippy::cast_precision_loss, reason = "days matter, not milliseconds")]
fn freshness(published_at: i64) -> f32 {
    let (from, to) = FRESH;
    (published_at.clamp(from, to) - from) as f32 / (to - from) as f32
}

/// Whether the maker of a product publishes it: its name begins with the partner's.
fn is_official(record: &Record<'_>) -> bool {
    let partner = joined(record.partner_name);
    partner.len() > 1 && joined(record.name).starts_with(&partner)
}
