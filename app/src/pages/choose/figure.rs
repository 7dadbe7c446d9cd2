//! Amounts in tenths: whole numbers all the way, so that no floating point is sent to the browser and results are exact.

use crate::components::number;

/// `12345` tenths as `1,234.5`; `120` as `12`.
pub fn tenths(value: i64) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let (whole, rest) = (value.unsigned_abs() / 10, value.unsigned_abs() % 10);
    let whole = number(whole);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// What is left of an amount when a share in percent is gone, rounded to the nearest.
pub const fn without(amount: i64, percent: i64) -> i64 {
    share(amount, 100 - percent)
}

/// A share in percent of an amount, rounded to the nearest.
pub const fn share(amount: i64, percent: i64) -> i64 {
    amount.saturating_mul(percent).saturating_add(50).div_euclid(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written() {
        assert_eq!(tenths(12_345), "1,234.5");
        assert_eq!(tenths(120), "12");
        assert_eq!(tenths(-5), "−0.5");
        assert_eq!(tenths(0), "0");
    }

    #[test]
    fn shares_are_rounded_to_the_nearest() {
        assert_eq!(share(1001, 50), 501);
        assert_eq!(without(1000, 40), 600);
        assert!(share(i64::MAX, 2) > 0, "never wraps");
    }
}
