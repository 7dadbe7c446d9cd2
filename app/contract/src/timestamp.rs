//! Points in time: Unix milliseconds, UTC. Formatting lives here so that server and browser print the same.

use crate::json::FromJson;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = i64))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS: i64 = 86_400_000;

/// Calendar fields in UTC.
pub(crate) struct Civil {
    pub(crate) year: i64,
    pub(crate) month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Timestamp {
    /// This instant plus `ms` milliseconds.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this instant; negative when it is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
    pub(crate) fn civil(self) -> Civil {
        let days = self.0.div_euclid(DAY_MS);
        let in_day = self.0.rem_euclid(DAY_MS) / 1000;
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        Civil {
            year: yoe + era * 400 + i64::from(month <= 2),
            month: usize::try_from(month).unwrap_or(1),
            day: doy - (153 * mp + 2) / 5 + 1,
            hour: in_day / 3600,
            minute: in_day / 60 % 60,
            second: in_day % 60,
        }
    }

    /// The same time of day so many months later; the last day of the month where there is no such day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let c = self.civil();
        let all = c.year * 12 + i64::try_from(c.month).unwrap_or(1) - 1 + i64::from(months);
        let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
        let day = c.day.min(days_of(year, month));
        Self(days_from_civil(year, month, day) * DAY_MS + self.0.rem_euclid(DAY_MS))
    }

    /// The first instant of its month in UTC.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0.div_euclid(DAY_MS).saturating_sub(self.civil().day - 1).saturating_mul(DAY_MS))
    }

    /// The month for people: `Nov 2026`.
    pub fn month(self) -> String {
        let c = self.civil();
        format!("{} {}", MONTHS[c.month - 1], c.year)
    }

    /// RFC 3339 in UTC, to the second: `2026-11-20T13:12:41Z`.
    pub fn rfc3339(self) -> String {
        let c = self.civil();
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
    }

    /// Date for people: `20 Nov 2026`.
    pub fn date(self) -> String {
        let c = self.civil();
        format!("{} {} {}", c.day, MONTHS[c.month - 1], c.year)
    }

    /// Date and time for people: `20 Nov 2026, 13:12:41 UTC`.
    pub fn date_time(self) -> String {
        let c = self.civil();
        format!("{}, {:02}:{:02}:{:02} UTC", self.date(), c.hour, c.minute, c.second)
    }

    /// How long before `now`, for people: `just now`, `5 min ago`, `3 h ago`, `12 days ago`.
    pub fn ago(self, now: Self) -> String {
        let seconds = now.since(self) / 1000;
        match seconds {
            ..=4 => "just now".to_owned(),
            5..=59 => format!("{seconds} s ago"),
            60..=3599 => format!("{} min ago", seconds / 60),
            3600..=86_399 => format!("{} h ago", seconds / 3600),
            86_400..=172_799 => "yesterday".to_owned(),
            _ => format!("{} days ago", seconds / 86_400),
        }
    }
}

/// Howard Hinnant's `days_from_civil`.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let yoe = year.rem_euclid(400);
    let mp = if month > 2 { month - 3 } else { month + 9 };
    let doy = (153 * mp + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Days of a month.
const fn days_of(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_from_civil(next_year, next, 1) - days_from_civil(year, month, 1)
}

/// A span for people: `840 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`.
pub fn span(ms: i64) -> String {
    match ms {
        ..=999 => format!("{} ms", ms.max(0)),
        1000..=59_999 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        60_000..=3_599_999 => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1000),
        _ => format!("{} h {} min", ms / 3_600_000, ms % 3_600_000 / 60_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_known_instants() {
        assert_eq!(Timestamp(0).rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(Timestamp(951_782_400_000).rfc3339(), "2000-02-29T00:00:00Z");
        assert_eq!(Timestamp(1_795_180_361_000).date_time(), "20 Nov 2026, 13:12:41 UTC");
        assert_eq!(Timestamp(-1).rfc3339(), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn months_later_is_the_same_day_or_the_last() {
        let later = |text: i64, months| Timestamp(text).plus_months(months).rfc3339();
        assert_eq!(later(1_795_180_361_000, 1), "2026-12-20T13:12:41Z");
        assert_eq!(later(1_795_180_361_000, 14), "2028-01-20T13:12:41Z");
        // 31 January, and in a leap year.
        assert_eq!(later(1_706_659_200_000, 1), "2024-02-29T00:00:00Z");
        assert_eq!(later(1_706_659_200_000, 12), "2025-01-31T00:00:00Z");
        assert_eq!(later(0, 0), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn months_begin_with_their_first_day() {
        let month = |at: i64| Timestamp(at).month_start().rfc3339();
        assert_eq!(month(1_795_180_361_000), "2026-11-01T00:00:00Z");
        assert_eq!(month(951_782_400_000), "2000-02-01T00:00:00Z");
        assert_eq!(month(-1), "1969-12-01T00:00:00Z");
        assert_eq!(Timestamp(1_795_180_361_000).month(), "Nov 2026");
    }

    #[test]
    fn says_how_long_ago() {
        let now = Timestamp(10 * DAY_MS);
        assert_eq!(now.plus_ms(-1000).ago(now), "just now");
        assert_eq!(now.plus_ms(-61_000).ago(now), "1 min ago");
        assert_eq!(now.plus_ms(-3 * DAY_MS).ago(now), "3 days ago");
        assert_eq!(span(4250), "4.2 s");
    }
}
