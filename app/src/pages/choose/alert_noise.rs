//! `/calculators/alert-noise`: what grouping and routing leave of a day's alerts.

use super::bars::Bar;
use super::calculator::{Calculator, Input, Outcome, page};
use super::figure::{tenths, without};
use crate::markup::Node;

static CALCULATOR: Calculator = Calculator {
    address: "/calculators/alert-noise",
    title: "Alert noise calculator",
    lead: "How many alerts reach a person once repetitions are grouped and what needs nobody is kept away.",
    inputs: &[
        Input { name: "alerts", label: "Alerts", unit: "a day", max: 1_000_000, usual: 400 },
        Input { name: "duplicates", label: "Repetitions of others", unit: "%", max: 100, usual: 55 },
        Input { name: "idle", label: "Need nobody, of the rest", unit: "%", max: 100, usual: 40 },
        Input { name: "minutes", label: "Time to look at one", unit: "minutes", max: 600, usual: 4 },
    ],
    formula: &[
        "After grouping = alerts × (100 % − repetitions)",
        "That reach a person = after grouping × (100 % − need nobody)",
        "Hours a week = alerts a day × 7 × minutes ÷ 60",
    ],
    outcome,
};

/// The page.
pub(super) fn alert_noise_page() -> Node {
    page(&CALCULATOR)
}

/// Tenths of hours a week for tenths of alerts a day.
const fn hours(alerts: i64, minutes: i64) -> i64 {
    (alerts * 7 * minutes + 30) / 60
}

fn outcome(values: &[i64]) -> Outcome {
    let &[alerts, duplicates, idle, minutes] = values else { return nothing() };
    let all = alerts * 10;
    let grouped = without(all, duplicates);
    let rest = without(grouped, idle);
    let (before, after) = (hours(all, minutes), hours(rest, minutes));
    let bar = |label, amount| Bar { label, amount, text: tenths(amount) };
    Outcome {
        headline: format!(
            "{} of {} alerts a day reach a person; {} hours a week are free again.",
            tenths(rest),
            tenths(all),
            tenths(before - after)
        ),
        bars: vec![bar("Today", all), bar("After grouping", grouped), bar("Reach a person", rest)],
        rows: vec![
            ("Alerts a day today", tenths(all)),
            ("After grouping", tenths(grouped)),
            ("That reach a person", tenths(rest)),
            ("Hours a week today", tenths(before)),
            ("Hours a week then", tenths(after)),
            ("Hours a week saved", tenths(before - after)),
        ],
    }
}

const fn nothing() -> Outcome {
    Outcome { headline: String::new(), bars: Vec::new(), rows: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_follows_the_formula() {
        let it = outcome(&[400, 55, 40, 4]);
        assert_eq!(it.headline, "108 of 400 alerts a day reach a person; 136.3 hours a week are free again.");
        assert_eq!(it.bars.iter().map(|bar| bar.amount).collect::<Vec<_>>(), [4000, 1800, 1080]);
        let extremes: Vec<i64> = CALCULATOR.inputs.iter().map(|input| input.max).collect();
        assert!(outcome(&extremes).headline.starts_with("0 of 1,000,000"));
        assert_eq!(outcome(&[0, 0, 0, 0]).rows[5].1, "0");
    }
}
