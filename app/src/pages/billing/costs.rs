//! What each integration costs in a month.

use crate::components::{Column, classes, figures_table};
use crate::markup::{Node, html};
use contract::billing::{BillView, CostLine};
use style::class;

/// Bars with their amounts, and the same as a table; nothing where there is only one.
pub(super) fn costs(bill: &BillView) -> Option<Node> {
    if bill.costs.len() < 2 {
        return None;
    }
    let row = |line: &CostLine| {
        let most = bill.costs.iter().filter(|it| it.monthly.currency == line.monthly.currency);
        let most = most.map(|it| it.monthly.minor).max().unwrap_or_default().max(1);
        let width = (line.monthly.minor.max(0).saturating_mul(1000) / most).to_string();
        html! {
            <tr>
                <th scope="row">{line.name.clone()}</th>
                <td class=class::BAR>
                    <svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=width height="12" rx="3"/>
                    </svg>
                </td>
                <td class=class::NUM>{line.monthly.to_string()}</td>
            </tr>
        }
    };
    let rows = bill.costs.iter().map(row).collect::<Node>();
    let columns = [Column::Text("Integration"), Column::Text("Share"), Column::Number("A month")];
    let view = html! {
        <section class=classes(&[class::STACK, class::STACK_S]) aria-labelledby="costs">
            <h2 class=class::SECTION_TITLE id="costs">"What it costs in a month"</h2>
            {figures_table("Cost of each integration", &columns, rows)}
            <p class=class::HELP>"Before tax. A year is divided by twelve; what is counted and what is tried is not in it."</p>
        </section>
    };
    Some(view)
}
