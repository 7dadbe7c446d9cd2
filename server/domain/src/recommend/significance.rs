//! Whether two listings are run together more often than chance explains. A plain count would recommend whatever is popular
//! with everything.

use crate::ports::{Neighbour, Neighbourhood};

/// G² above which chance is an explanation in fewer than one of a thousand cases (χ² with one degree of freedom). Many pairs
/// are looked at, so the usual one of twenty would let some of them pass by chance.
const ENOUGH: f64 = 10.83;

/// How strongly two are associated (log-likelihood ratio; T. Dunning, "Accurate Methods for the Statistics of Surprise and
/// Coincidence", 1993); nothing where it may be chance, or where they rather exclude each other.
pub fn association(all: &Neighbourhood, other: &Neighbour) -> Option<f64> {
    let both = other.both;
    let (rest, others) = (all.here.checked_sub(both)?, other.here.checked_sub(both)?);
    let neither = all.all.checked_sub(all.here)?.checked_sub(others)?;
    let total = f64::from(all.all);
    let expected = f64::from(all.here) * f64::from(other.here) / total;
    let g = 2.0
        * (entropy(&[all.here, all.all - all.here]) + entropy(&[other.here, all.all - other.here])
            - entropy(&[both, rest, others, neither]));
    (f64::from(both) > expected && g >= ENOUGH).then_some(g)
}

/// Entropy of a distribution, times its total.
fn entropy(counts: &[u32]) -> f64 {
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let terms = counts.iter().filter(|count| **count > 0).map(|count| {
        let count = f64::from(*count);
        count * (total / count).ln()
    });
    terms.sum()
}

/// Whether so many are more than so many were before, beyond the chance of two counts of events (the difference of two
/// Poisson numbers, at one of twenty).
pub fn rises(before: u32, now: u32) -> Option<f64> {
    let (before, now) = (f64::from(before), f64::from(now));
    let score = (now - before) / (now + before).max(1.0).sqrt();
    (score >= 1.645).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn g(all: u32, here: u32, there: u32, both: u32) -> Option<f64> {
        let other = Neighbour { listing: "b".into(), here: there, both };
        association(&Neighbourhood { all, here, neighbours: Vec::new() }, &other)
    }

    #[test]
    fn follows_the_published_example() {
        // 1, 10, 20, 100: G² is 0.4 — and rather the opposite of an association.
        assert_eq!(g(131, 11, 21, 1), None);
        // A table whose G² can be worked out by hand: 12 both, 12 neither, so 2 · 24 · ln 2.
        let strong = g(24, 12, 12, 12).unwrap();
        assert!((strong - 2.0 * 24.0 * 2.0_f64.ln()).abs() < 1e-9, "{strong}");
    }

    #[test]
    fn what_everybody_runs_goes_with_nothing() {
        assert_eq!(g(1000, 200, 1000, 200), None);
        assert_eq!(g(1000, 200, 900, 181), None);
        assert!(g(1000, 200, 250, 150).is_some());
    }

    #[test]
    fn what_excludes_each_other_does_not_go_together() {
        assert_eq!(g(1000, 500, 500, 20), None);
    }

    #[test]
    fn numbers_that_can_not_be_are_no_reason() {
        for (all, here, there, both) in [(0, 0, 0, 0), (5, 6, 2, 2), (10, 5, 5, 6), (10, 10, 10, 5)] {
            assert_eq!(g(all, here, there, both), None, "{all} {here} {there} {both}");
        }
    }

    #[test]
    fn a_rise_is_more_than_chance() {
        assert_eq!(rises(4, 5), None);
        assert_eq!(rises(100, 110), None);
        assert!(rises(4, 12).is_some());
        assert!(rises(100, 130).is_some());
        assert_eq!(rises(30, 10), None);
    }
}
