//! One answer in numbers. NDCG as Järvelin and Kekäläinen define it (ACM TOIS 20(4), 2002), with the gain 2^grade − 1.

use super::Judged;
use serde::{Deserialize, Serialize};

/// Results that count for NDCG.
const DEPTH: usize = 10;

/// How good one answer is, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Whether the best ten are the right ones in the right order.
    pub ndcg: f64,
    /// One over the rank of the first relevant result.
    pub reciprocal_rank: f64,
    /// Whether the first result is relevant.
    pub success: f64,
}

impl Scores {
    /// The mean, 0 of nothing.
    pub fn mean<'a>(of: impl IntoIterator<Item = &'a Self>) -> Self {
        let (mut sum, mut count) = (Self::default(), 0.0);
        for scores in of {
            sum.ndcg += scores.ndcg;
            sum.reciprocal_rank += scores.reciprocal_rank;
            sum.success += scores.success;
            count += 1.0;
        }
        if count > 0.0 {
            sum.ndcg /= count;
            sum.reciprocal_rank /= count;
            sum.success /= count;
        }
        sum
    }
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let ranks = (2u32..).map(f64::from);
    grades.take(DEPTH).zip(ranks).map(|(grade, rank)| (2f64.powi(i32::from(grade)) - 1.0) / rank.log2()).sum()
}

/// Scores the ids found, best first. A query that nothing fits is answered well by nothing.
pub fn score(judged: &Judged, found: &[String]) -> Scores {
    if judged.judgments.is_empty() {
        let honest = f64::from(u8::from(found.is_empty()));
        return Scores { ndcg: honest, reciprocal_rank: honest, success: honest };
    }
    let grades: Vec<u8> = found.iter().filter_map(|id| judged.grade(id)).collect();
    let mut ideal: Vec<u8> = judged.judgments.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let first = grades.iter().zip(1u32..).find(|(grade, _)| **grade > 0).map(|(_, rank)| f64::from(rank));
    Scores {
        ndcg: gain(grades.iter().copied()) / gain(ideal.into_iter()),
        reciprocal_rank: first.map_or(0.0, f64::recip),
        success: f64::from(u8::from(first == Some(1.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Coverage;

    fn judged(coverage: Coverage, grades: &[(&str, u8)]) -> Judged {
        Judged {
            query: String::new(),
            kind: String::new(),
            coverage,
            judgments: grades.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect(),
            judged_not_relevant: ["no".to_owned()].into(),
        }
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn the_ideal_order_is_one_and_others_are_less() {
        let judged = judged(Coverage::Full, &[("a", 3), ("b", 1)]);
        assert!((score(&judged, &ids(&["a", "b"])).ndcg - 1.0).abs() < 1e-9);
        let swapped = score(&judged, &ids(&["b", "a"])).ndcg;
        let worked_out = (1.0 + 7.0 / 3f64.log2()) / (7.0 + 1.0 / 3f64.log2());
        assert!((swapped - worked_out).abs() < 1e-9);
    }

    #[test]
    fn unknown_results_count_against_full_coverage_only() {
        let found = ids(&["unknown", "a"]);
        assert!((score(&judged(Coverage::Full, &[("a", 3)]), &found).reciprocal_rank - 0.5).abs() < 1e-9);
        assert!((score(&judged(Coverage::Pooled, &[("a", 3)]), &found).reciprocal_rank - 1.0).abs() < 1e-9);
        let rejected = score(&judged(Coverage::Pooled, &[("a", 3)]), &ids(&["no", "a"]));
        assert!(rejected.success < 0.5);
    }

    #[test]
    fn nothing_is_the_right_answer_to_nonsense() {
        let nonsense = judged(Coverage::Full, &[]);
        assert!(score(&nonsense, &[]).ndcg > 0.9);
        assert!(score(&nonsense, &ids(&["a"])).ndcg < 0.1);
    }
}
