//! Which line is in which statement. What is closed stays as it is: a line that comes later, however long ago it happened,
//! is in a later statement.

use super::PlacedLine;
use crate::ports::PayoutRun;
use contract::money::{Currency, Money};
use std::collections::HashMap;

/// Whether a line is money earned, and not money paid out.
pub fn earned(it: &PlacedLine) -> bool {
    !it.line.key.starts_with("payout")
}

/// For each line the place of its run among these, which are of one currency and in the order of their months.
///
/// A sale is in the first that was closed after it was posted and whose last day it is before. What goes back of a sale is in
/// the first that was closed after it was posted, but in none before the sale's: it is counted as soon as it can be.
pub fn closed(lines: &[PlacedLine], runs: &[&PayoutRun]) -> Vec<Option<usize>> {
    let mut sales = HashMap::<&str, Option<usize>>::new();
    let mut places = Vec::with_capacity(lines.len());
    for it in lines {
        let posted = |run: &PayoutRun| it.sequence <= run.through;
        let place = if !earned(it) || runs.first().is_some_and(|run| run.currency() != it.line.amount.currency) {
            None
        } else if it.line.key.starts_with("sale:") {
            let place = runs.iter().position(|run| posted(run) && it.line.at < run.cutoff);
            sales.insert(it.line.reason.line.as_str(), place);
            place
        } else {
            match sales.get(it.line.reason.line.as_str()) {
                // Of a sale that was not this partner's, or gave them nothing.
                None => runs.iter().position(|run| posted(run)),
                Some(None) => None,
                Some(Some(sale)) => (*sale..runs.len()).find(|at| posted(runs[*at])),
            }
        };
        places.push(place);
    }
    places
}

/// The runs of one currency.
pub fn of_currency(runs: &[PayoutRun], currency: Currency) -> Vec<&PayoutRun> {
    runs.iter().filter(|run| run.currency() == currency).collect()
}

/// What was left over before a run was made: lines of the runs before it, less what these paid.
pub fn carried(lines: &[PlacedLine], places: &[Option<usize>], runs: &[&PayoutRun], at: usize) -> Option<Money> {
    let (currency, made_at) = (runs.get(at)?.currency(), runs[at].made_at);
    let earned = lines.iter().zip(places).filter(|(_, place)| place.is_some_and(|place| place < at));
    let earned: i128 = earned.map(|(it, _)| i128::from(it.line.amount.minor)).sum();
    let taken = runs.iter().take(at).filter(|run| run.takes(made_at)).map(|run| i128::from(run.amount.minor));
    i64::try_from(earned - taken.sum::<i128>()).ok().map(|minor| Money::new(minor, currency))
}
