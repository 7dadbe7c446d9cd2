//! Parts of an amount that add up to it, whatever is rounded.

use contract::money::Money;

/// Hundredths of a percent: 10,000 is all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(u16);

impl BasisPoints {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// So many whole percent; more than all is all.
    pub const fn percent(percent: u16) -> Self {
        Self::new(percent.saturating_mul(100))
    }

    /// So many hundredths of a percent; more than all is all.
    pub const fn new(points: u16) -> Self {
        Self(if points > 10_000 { 10_000 } else { points })
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// What of an amount is the partner's and what is the platform's. The partner's part is rounded half away from zero, the
/// platform's is the rest, so both always add up to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The partner's part.
    pub partner: Money,
    /// The platform's part.
    pub platform: Money,
}

/// Divides an amount.
pub fn split(whole: Money, share: BasisPoints) -> Split {
    let product = i128::from(whole.minor) * i128::from(share.0);
    let rounded = (product.abs() + 5_000) / 10_000 * product.signum();
    // No larger than the whole, which fits.
    let partner = i64::try_from(rounded).unwrap_or(whole.minor);
    Split { partner: Money::new(partner, whole.currency), platform: Money::new(whole.minor - partner, whole.currency) }
}

/// What is divided back when `returned` of `whole` goes back after `before` of it went back already: parts of the sums, less
/// what went back before. However many steps a refund takes, each side returns exactly what it got.
pub fn split_back(before: Money, returned: Money, share: BasisPoints) -> Split {
    let (earlier, later) =
        (split(before, share), split(Money::new(before.minor + returned.minor, before.currency), share));
    Split {
        partner: Money::new(later.partner.minor - earlier.partner.minor, before.currency),
        platform: Money::new(later.platform.minor - earlier.platform.minor, before.currency),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::money::Currency;

    /// Two decimals, none, and three.
    const CURRENCIES: [Currency; 3] = [Currency::USD, Currency::JPY, Currency::KWD];

    fn shares() -> impl Iterator<Item = BasisPoints> {
        [0, 1, 500, 1_000, 1_500, 2_000, 3_333, 5_000, 6_000, 7_000, 9_999, 10_000].into_iter().map(BasisPoints::new)
    }

    #[test]
    fn parts_of_every_amount_add_up_to_it() {
        for currency in CURRENCIES {
            for share in shares() {
                for minor in (1..=10_000).flat_map(|minor| [minor, -minor]) {
                    let Split { partner, platform } = split(Money::new(minor, currency), share);
                    assert_eq!(partner.minor + platform.minor, minor);
                    assert!(partner.minor * minor.signum() >= 0 && platform.minor * minor.signum() >= 0);
                }
            }
        }
    }

    #[test]
    fn seventy_to_thirty_and_half_a_cent_is_the_partners() {
        let partner = |minor, share| split(Money::new(minor, Currency::USD), BasisPoints::new(share)).partner.minor;
        assert_eq!(partner(4_900, 7_000), 3_430);
        assert_eq!(partner(1, 5_000), 1);
        assert_eq!(partner(-1, 5_000), -1);
        assert_eq!(partner(1, 4_999), 0);
        assert_eq!(partner(i64::MAX, 10_000), i64::MAX);
    }

    #[test]
    fn a_refund_in_steps_returns_what_each_side_got() {
        for share in shares() {
            for whole in 1..=300 {
                for step in [1, 2, 7, 100] {
                    let sold = split(Money::new(whole, Currency::USD), share);
                    let (mut before, mut partner, mut platform) = (0, 0, 0);
                    while before < whole {
                        let now = step.min(whole - before);
                        let usd = |minor| Money::new(minor, Currency::USD);
                        let back = split_back(usd(before), usd(now), share);
                        assert_eq!(back.partner.minor + back.platform.minor, now);
                        partner += back.partner.minor;
                        platform += back.platform.minor;
                        before += now;
                    }
                    assert_eq!((partner, platform), (sold.partner.minor, sold.platform.minor));
                }
            }
        }
    }
}
