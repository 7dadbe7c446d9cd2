//! The frame of a calculator: inputs in the address, the formula, the result as a picture and a table.

use super::bars::{Bar, bars};
use crate::components::{Icon, PageMeta, classes, field_error, load_all, skeleton};
use crate::markup::{Node, html};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use style::{class, icons};

/// A number that is asked for.
pub struct Input {
    /// Its name in the address.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// What it is counted in.
    pub unit: &'static str,
    /// Largest value.
    pub max: i64,
    /// Value where none is given.
    pub usual: i64,
}

/// What comes out.
pub struct Outcome {
    /// The answer in a sentence.
    pub headline: String,
    /// Amounts to compare.
    pub bars: Vec<Bar>,
    /// Every figure with its name.
    pub rows: Vec<(&'static str, String)>,
}

/// A calculator.
pub struct Calculator {
    /// Where it is.
    pub address: &'static str,
    /// Its name.
    pub title: &'static str,
    /// What it answers.
    pub lead: &'static str,
    /// What is asked for.
    pub inputs: &'static [Input],
    /// How the result follows, line by line.
    pub formula: &'static [&'static str],
    /// The result, from the inputs in their order.
    pub outcome: fn(&[i64]) -> Outcome,
}

/// What an address says of an input: its value, and whether what is there can't be used.
fn read(input: &Input, text: Option<&str>) -> (i64, bool) {
    match text.map(str::trim) {
        None | Some("") => (input.usual, false),
        Some(text) => match text.parse::<i64>() {
            Ok(value) if (0..=input.max).contains(&value) => (value, false),
            _ => (input.usual, true),
        },
    }
}

/// The page of a calculator.
pub fn page(calculator: &'static Calculator) -> Node {
    let query = use_query_map();
    // Nothing is asked of the server; the frame is that of every page.
    load_all(Vec::new(), skeleton::lines, move |_| {
        let read = |input: &Input| query.with(|query| read(input, query.get(input.name).as_deref()));
        let values: Vec<(i64, bool)> = calculator.inputs.iter().map(read).collect();
        view(calculator, &values)
    })
}

fn view(it: &'static Calculator, values: &[(i64, bool)]) -> Node {
    let fields = it.inputs.iter().zip(values).map(|(input, value)| field(input, *value)).collect::<Node>();
    let numbers: Vec<i64> = values.iter().map(|(value, _)| *value).collect();
    let outcome = (it.outcome)(&numbers);
    let formula = it.formula.iter().map(|line| html! { <li>{*line}</li> }).collect::<Node>();
    html! {
        <PageMeta title=it.title description=it.lead canonical=it.address.to_owned()/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{it.title}</h1>
                <p class=class::PAGE_LEAD>{it.lead}</p>
            </div>
        </div>
        <div class=classes(&[class::LISTING_BODY, class::SPLIT])>
            <section class=class::PANEL aria-labelledby="result">
                <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE id="result">"Result"</h2></div>
                <div class=classes(&[class::PANEL_BODY, class::STACK])>
                    <p class=class::CARD_TITLE role="status">{outcome.headline.clone()}</p>
                    {bars(outcome.headline, &outcome.bars)}
                    {table(&outcome.rows)}
                    <details>
                        <summary class=class::LABEL>"How this is calculated"</summary>
                        <ul class=class::COMPARE_LIST>{formula}</ul>
                    </details>
                </div>
            </section>
            <form class=class::PANEL method="get" action=it.address>
                <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Your numbers"</h2></div>
                <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                    {fields}
                    <button class=classes(&[class::BTN, class::BTN_PRIMARY])>
                        <Icon name=icons::CHART/>
                        "Calculate"
                    </button>
                    <p class=class::HELP>"The address of this page holds your numbers: share it, or keep it."</p>
                </div>
            </form>
        </div>
    }
}

fn field(input: &Input, (value, wrong): (i64, bool)) -> Node {
    let (name, error) = (input.name, format!("{}-e", input.name));
    let message = wrong.then(|| {
        field_error(
            error.clone(),
            format!("A whole number from 0 to {}; until then {} counts.", input.max, input.usual),
        )
    });
    html! {
        <div class=class::FIELD>
            <label class=class::LABEL for=name>{input.label} " "<span class=class::LABEL_NOTE>{input.unit}</span></label>
            <input
                class=classes(&[class::INPUT, class::INPUT_SHORT])
                id=name
                name=name
                type="number"
                inputmode="numeric"
                min="0"
                max=input.max.to_string()
                step="1"
                required=true
                value=value.to_string()
                aria-invalid=wrong.then_some("true")
                aria-describedby=wrong.then(|| error.clone())
            />
            {message}
        </div>
    }
}

fn table(rows: &[(&'static str, String)]) -> Node {
    let rows = rows
        .iter()
        .map(|(label, value)| {
            html! { <tr><th scope="row">{*label}</th><td class=class::NUM>{value.clone()}</td></tr> }
        })
        .collect::<Node>();
    html! {
        <div class=class::TABLE_BOX tabindex="0" role="region" aria-label="All figures">
            <table class=class::TABLE><tbody>{rows}</tbody></table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUT: Input = Input { name: "a", label: "A", unit: "", max: 100, usual: 7 };

    #[test]
    fn what_can_not_be_used_is_said_and_replaced() {
        assert_eq!(read(&INPUT, None), (7, false));
        assert_eq!(read(&INPUT, Some(" ")), (7, false));
        assert_eq!(read(&INPUT, Some(" 100 ")), (100, false));
        for wrong in ["101", "-1", "1e3", "2.5", "nine", "99999999999999999999"] {
            assert_eq!(read(&INPUT, Some(wrong)), (7, true), "{wrong}");
        }
    }
}
