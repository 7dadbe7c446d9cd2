//! `/calculators/return`: what faster incidents and less manual work are worth, against what they cost.

use super::bars::Bar;
use super::calculator::{Calculator, Input, Outcome, page};
use super::figure::{share, tenths};
use crate::markup::Node;

static CALCULATOR: Calculator = Calculator {
    address: "/calculators/return",
    title: "Return calculator",
    lead: "What faster incidents and less manual work are worth to you in a month, against what they cost.",
    inputs: &[
        Input { name: "incidents", label: "Incidents", unit: "a month", max: 100_000, usual: 30 },
        Input { name: "minutes", label: "Time to resolve one", unit: "minutes", max: 10_000, usual: 90 },
        Input { name: "people", label: "People on one", unit: "", max: 1_000, usual: 3 },
        Input { name: "faster", label: "Resolved faster by", unit: "%", max: 100, usual: 25 },
        Input { name: "manual", label: "Manual work that ends", unit: "hours a week", max: 10_000, usual: 6 },
        Input { name: "hour", label: "An hour of work costs", unit: "in your currency", max: 10_000, usual: 80 },
        Input { name: "price", label: "Subscriptions cost", unit: "a month", max: 10_000_000, usual: 1_200 },
    ],
    formula: &[
        "Incident hours saved = incidents × minutes ÷ 60 × people × share resolved faster",
        "Manual hours saved = hours a week × 52 ÷ 12",
        "Worth = hours saved × cost of an hour",
        "Net = worth − subscriptions; return = net ÷ subscriptions",
    ],
    outcome,
};

/// The page.
pub(super) fn return_page() -> Node {
    page(&CALCULATOR)
}

fn outcome(values: &[i64]) -> Outcome {
    let &[incidents, minutes, people, faster, manual, hour, price] = values else { return nothing() };
    // Tenths of hours, then tenths of money.
    let resolving = share((incidents * minutes * people * 10 + 30) / 60, faster);
    let by_hand = (manual * 520 + 6) / 12;
    let worth = (resolving + by_hand).saturating_mul(hour);
    let cost = price * 10;
    let net = worth - cost;
    let ratio = if price == 0 { "–".to_owned() } else { format!("{} %", tenths(net.saturating_mul(1000) / cost)) };
    let bar = |label, amount| Bar { label, amount, text: tenths(amount) };
    let headline = if net >= 0 {
        format!("Worth {} a month for {}: {} more than it costs.", tenths(worth), tenths(cost), tenths(net))
    } else {
        format!("Worth {} a month for {}: {} less than it costs.", tenths(worth), tenths(cost), tenths(-net))
    };
    Outcome {
        headline,
        bars: vec![bar("Worth", worth), bar("Cost", cost)],
        rows: vec![
            ("Incident hours saved a month", tenths(resolving)),
            ("Manual hours saved a month", tenths(by_hand)),
            ("Worth a month", tenths(worth)),
            ("Cost a month", tenths(cost)),
            ("Net a month", tenths(net)),
            ("Return", ratio),
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
        let it = outcome(&[30, 90, 3, 25, 6, 80, 1200]);
        assert_eq!(it.rows[0].1, "33.8");
        assert_eq!(it.rows[1].1, "26");
        assert_eq!(it.rows[2].1, "4,784");
        assert_eq!(it.headline, "Worth 4,784 a month for 1,200: 3,584 more than it costs.");
        assert_eq!(it.rows[5].1, "298.6 %");
        assert!(outcome(&[0, 0, 0, 0, 0, 0, 5]).headline.contains("5 less than it costs"));
        assert_eq!(outcome(&[1, 60, 1, 100, 0, 10, 0]).rows[5].1, "–", "what is free has no return");
        let extremes: Vec<i64> = CALCULATOR.inputs.iter().map(|input| input.max).collect();
        assert!(!outcome(&extremes).headline.is_empty());
    }
}
