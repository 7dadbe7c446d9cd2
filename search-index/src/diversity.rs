//! Results that match equally well take turns by partner, so that one partner's variants do not fill the first page.

use crate::snapshot::{Place, Snapshot};
use crate::values::ValueId;
use contract::search::FacetField;

/// Results that are rearranged: always the same ones, so that pages fit together.
pub const REARRANGED: usize = 100;
/// Scores that differ by no more than this share are equally good.
const EQUAL: f32 = 0.02;

/// Rearranges the first results. The very first stays, and nothing passes a result that matches better.
pub fn take_turns(snapshot: &Snapshot, best: &mut [(Place, f32)]) {
    let first = best.len().min(REARRANGED);
    let mut known: Vec<Option<ValueId>> = Vec::new();
    let mut number = |partner| {
        known.iter().position(|other| *other == partner).unwrap_or_else(|| {
            known.push(partner);
            known.len() - 1
        })
    };
    let mut partners: Vec<usize> =
        best[..first].iter().map(|(place, _)| number(snapshot.value_of(*place, FacetField::Partner))).collect();
    let mut shown = vec![0_u32; known.len()];
    for from in 0..first {
        let floor = best[from].1 * (1.0 - EQUAL);
        let equals = from + best[from..first].iter().take_while(|(_, score)| *score >= floor).count();
        let equals = if from == 0 { 1 } else { equals };
        let times = |n: &usize| shown[partners[*n]];
        // Of several the first.
        let chosen = (from..equals).min_by_key(times).unwrap_or(from);
        best[from..=chosen].rotate_right(1);
        partners[from..=chosen].rotate_right(1);
        shown[partners[from]] += 1;
    }
}
