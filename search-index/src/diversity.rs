//! Results that match equally well take turns by partner, so that one partner's variants do not fill the first page.

use crate::snapshot::{Place, Snapshot};
use domain::Result;
use std::collections::HashMap;

/// Results that are rearranged: always the same ones, so that pages fit together.
pub const REARRANGED: usize = 100;
/// Scores that differ by no more than this share are equally good.
const EQUAL: f32 = 0.02;

/// Rearranges the first results. The very first stays, and nothing passes a result that matches better.
pub fn take_turns(snapshot: &Snapshot, best: &mut [(Place, f32)]) -> Result<()> {
    let first = best.len().min(REARRANGED);
    let mut shown: HashMap<&str, u32> = HashMap::new();
    let mut from = 0;
    while from < first {
        let floor = best[from].1 * (1.0 - EQUAL);
        let equals = best[from..first].iter().take_while(|(_, score)| *score >= floor).count();
        let mut chosen = from;
        let mut fewest = u32::MAX;
        let mut partner_of_chosen = "";
        for (n, (place, _)) in best.iter().enumerate().skip(from).take(if from == 0 { 1 } else { equals }) {
            let partner = snapshot.data(*place).record(place.doc)?.partner_id;
            let times = shown.get(partner).copied().unwrap_or(0);
            if times < fewest {
                (chosen, fewest, partner_of_chosen) = (n, times, partner);
            }
        }
        *shown.entry(partner_of_chosen).or_default() += 1;
        best[from..=chosen].rotate_right(1);
        from += 1;
    }
    Ok(())
}
