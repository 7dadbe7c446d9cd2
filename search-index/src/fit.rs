//! Whether anything fits what was asked. Matching some frequent word, or words here and there in a README, is not
//! fitting: then it is honest to say that there is nothing.

use crate::query::{Ask, Clause, Reading};
use crate::snapshot::{Place, Snapshot};
use domain::Result;

/// Of what was asked, by how rare each word is, the share that the best listing must have.
const ENOUGH: f64 = 0.5;
/// What a word only in a README counts.
const IN_README: f64 = 0.5;
/// What a word that had to be corrected counts.
const CORRECTED: f64 = 0.8;
/// What a word that nobody has weighs next to the name of a product or a word of another language, against that.
const UNKNOWN: f64 = 0.5;
/// First results that are looked at: the first fitting one is enough.
pub const LOOKED_AT: usize = 8;

/// Whether one of the best results fits.
pub fn fits(snapshot: &Snapshot, reading: &Reading, best: &[(Place, f32)]) -> Result<bool> {
    let weights = weights(snapshot, &reading.clauses);
    let wanted = weights.iter().sum::<f64>() * ENOUGH - f64::EPSILON;
    for (place, _) in best.iter().take(LOOKED_AT) {
        let mut has = 0.0;
        for (clause, weight) in reading.clauses.iter().zip(&weights) {
            has += weight * share(snapshot, clause, *place)?;
            if has >= wanted {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What each word weighs. Next to the name of a product no other word weighs more than the name: it may be a slip that
/// nobody can correct, or say what of the product is wanted, and the product is meant all the same. Next to words of another
/// language there may be more of it that is not known.
fn weights(snapshot: &Snapshot, clauses: &[Clause]) -> Vec<f64> {
    let names = clauses.iter().filter(|clause| clause.is_clear()).map(|clause| rarity(snapshot, clause));
    let most = names.fold(0.0, f64::max);
    let weigh = |clause: &Clause| match rarity(snapshot, clause) {
        _ if most > 0.0 && clause.is_empty() => most * UNKNOWN,
        rare if most > 0.0 => rare.min(most),
        rare => rare,
    };
    clauses.iter().map(weigh).collect()
}

/// How rare a word is: inverse document frequency as BM25 has it. A word nobody has is the rarest.
fn rarity(snapshot: &Snapshot, clause: &Clause) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of listings are far below 2^52")]
    let (all, with) = (snapshot.searcher.num_docs() as f64, clause.frequency as f64);
    (1.0 + (all - with + 0.5).max(0.5) / (with + 0.5)).ln()
}

fn share(snapshot: &Snapshot, clause: &Clause, place: Place) -> Result<f64> {
    let full = if clause.corrected { CORRECTED } else { 1.0 };
    if has_any(snapshot, &clause.strong, place)? {
        return Ok(full);
    }
    Ok(if has_any(snapshot, &clause.weak, place)? { full * IN_README } else { 0.0 })
}

fn has_any(snapshot: &Snapshot, asks: &[Ask], place: Place) -> Result<bool> {
    for ask in asks {
        if ask.holds(snapshot, place)? {
            return Ok(true);
        }
    }
    Ok(false)
}
