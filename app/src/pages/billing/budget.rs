//! The month's budget: what is spent of it, and the form that sets it.

use crate::components::{classes, field_error};
use crate::markup::{Node, html};
use crate::pages::installed::failed::notice;
use crate::remote::FormAction;
use contract::budget::{ALERTS, BudgetView};
use style::class;

/// The panel. `set` is its form, for `set_budget`.
pub fn budget_panel(it: &BudgetView, may_manage: bool, set: FormAction) -> Node {
    let sum = format!(
        "{} spent in {}: {} on invoices, {} used and not billed yet.",
        it.spent.short(),
        it.month.month(),
        it.invoiced.short(),
        it.used.short()
    );
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Budget"</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p>{sum}</p>
                {bar(it)}
                {may_manage.then(|| form(it, set))}
            </div>
        </section>
    }
}

fn bar(it: &BudgetView) -> Node {
    let (Some(amount), Some(percent)) = (it.amount, it.percent()) else {
        return html! { <p class=class::HELP>"There is no budget."</p> };
    };
    let text = format!("{} of {}", it.spent.short(), amount.short());
    let summary = format!("{text}, {percent} %");
    html! {
        <figure class=class::BARS role="img" aria-label=summary>
            <div class=class::BAR>
                <span>{format!("{percent} % of the budget")}</span>
                <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=percent.clamp(0, 100).to_string() height="12"/>
                </svg>
                <span class=class::NUM>{text}</span>
            </div>
        </figure>
    }
}

/// What is wrong with the amount.
fn wrong(set: FormAction) -> Option<String> {
    let problem = set.problem().filter(|it| it.0.field.as_deref() == Some("amount"));
    problem.map(|it| format!("{} {}", it.0.detail, it.0.next_step))
}

fn form(it: &BudgetView, set: FormAction) -> Node {
    let alerts = ALERTS
        .iter()
        .enumerate()
        .map(|(index, percent)| {
            let checked = it.alerts.contains(percent).then_some("");
            html! {
                <label class=class::CHECK>
                    <input type="checkbox" name=format!("alerts[{index}]") value=percent.to_string() checked=checked/>
                    <span>{format!("at {percent} %")}</span>
                </label>
            }
        })
        .collect::<Node>();
    let amount = it.amount.map(contract::money::Money::digits).unwrap_or_default();
    html! {
        {move || set.problem().filter(|problem| problem.0.field.as_deref() != Some("amount")).map(|problem| notice(&problem.0))}
        <form class=classes(&[class::FORM, class::FORM_NARROW]) action=set.address() method="post" on:submit=move |event| set.submit(&event)>
            <div class=class::FIELD>
                <label class=class::LABEL for="budget">{format!("Budget of a month in {}", it.spent.currency)}</label>
                <input
                    class=class::INPUT
                    id="budget"
                    name="amount"
                    inputmode="decimal"
                    autocomplete="off"
                    value=amount
                    aria-invalid=move || wrong(set).map(|_| "true")
                    aria-describedby="budget-e"
                />
                <div id="budget-e">{move || wrong(set).map(|text| field_error("budget-x".to_owned(), text))}</div>
                <p class=class::HELP>"Leave it empty for no budget. A budget tells people and stops nothing; a cap does."</p>
            </div>
            <fieldset class=class::FIELD>
                <legend class=class::LABEL>"Tell us"</legend>
                {alerts}
            </fieldset>
            <div class=class::ACTIONS>
                <button class=class::BTN aria-busy=move || set.busy()>"Save the budget"</button>
            </div>
        </form>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use contract::Timestamp;
    use contract::money::{Currency, Money};
    use leptos::prelude::{Owner, RenderHtml};

    #[test]
    fn what_is_spent_is_shown_with_and_without_a_budget() {
        let usd = |minor| Money::new(minor, Currency::USD);
        let mut it = BudgetView {
            amount: Some(usd(10_000)),
            alerts: vec![80],
            invoiced: usd(5_000),
            used: usd(3_000),
            spent: usd(8_000),
            month: Timestamp(1_793_491_200_000),
        };
        let rendered =
            |it: &BudgetView, may| Owner::new().with(|| budget_panel(it, may, FormAction::new("set_budget")).to_html());
        let html = rendered(&it, true);
        for text in ["$80 spent in Nov 2026: $50 on invoices, $30 used", "80 % of the budget", "value=\"100.00\""] {
            assert!(html.contains(text), "{text}: {html}");
        }
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
        it.amount = None;
        let html = rendered(&it, false);
        assert!(html.contains("There is no budget") && !html.contains("<form"), "{html}");
    }
}
