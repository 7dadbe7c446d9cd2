//! A month of the calendar, UTC: what statements and payouts go by.

use crate::Timestamp;
use crate::json::{FromJson, Json};
use crate::timestamp::MONTHS;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

const DAY_MS: i64 = 86_400_000;

/// A month. Written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i64,
    /// From 1.
    month: u8,
}

impl Month {
    /// The month that an instant is in.
    pub fn of(at: Timestamp) -> Self {
        let civil = at.civil();
        Self { year: civil.year, month: u8::try_from(civil.month).unwrap_or(1) }
    }

    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// Its first instant: Howard Hinnant's `days_from_civil` (<https://howardhinnant.github.io/date_algorithms.html>).
    pub fn start(self) -> Timestamp {
        let month = i64::from(self.month);
        let year = self.year - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let yoe = year.rem_euclid(400);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let doy = (153 * shifted + 2) / 5;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        Timestamp((era * 146_097 + doe - 719_468) * DAY_MS)
    }

    /// The month after it.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// The month before it.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.month == 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// For people: `Nov 2026`.
    pub fn label(self) -> String {
        format!("{} {}", MONTHS[usize::from(self.month - 1)], self.year)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a month is written 2026-11"))
    }
}

impl FromJson for Month {
    fn from_json(json: Json<'_>) -> Option<Self> {
        Self::parse(&json.text()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_and_follow_each_other() {
        let month = Month::of(Timestamp(1_795_180_361_000));
        assert_eq!((month.to_string().as_str(), month.label().as_str()), ("2026-11", "Nov 2026"));
        assert_eq!(month.start().rfc3339(), "2026-11-01T00:00:00Z");
        assert_eq!(Month::of(month.start().plus_ms(-1)), month.before());
        let mut month = Month::parse("1969-01").unwrap();
        for _ in 0..2_000 {
            assert_eq!(Month::of(month.start()), month);
            assert_eq!(Month::of(month.next().start().plus_ms(-1)), month);
            assert_eq!(month.next().before(), month);
            month = month.next();
        }
    }

    #[test]
    fn only_months_are_read() {
        assert_eq!(Month::parse("2026-02").map(|it| it.start().rfc3339()).as_deref(), Some("2026-02-01T00:00:00Z"));
        for wrong in ["", "2026", "2026-13", "2026-00", "26-1", "2026-1", "2026-1x", "+026-01", "2026-01-01"] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
