//! Lines of a statement, with the reason for each.

use crate::components::{Column, classes, figures_table};
use crate::markup::{Node, html};
use contract::revenue::{RevenueLine, RevenueView};
use style::class;

/// The section.
pub fn section(it: &RevenueView) -> Node {
    let which = it.month.map_or_else(
        || "What is in no statement yet, the newest first.".to_owned(),
        |month| format!("The statement of {}, the newest first.", month.label()),
    );
    let body = if it.lines.is_empty() {
        html! { <p>"There is nothing."</p> }
    } else {
        table(&it.lines)
    };
    let more = it.more.then(
        || html! { <p class=class::MUTED>"There are more lines; the export of the statement has all of them."</p> },
    );
    html! {
        <section class=class::SECTION id="lines" aria-labelledby="lines-title">
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE id="lines-title">"Lines"</h2></div>
            {filter(it)}
            <p class=class::MUTED>{which}</p>
            {body}
            {more}
        </section>
    }
}

fn filter(it: &RevenueView) -> Option<Node> {
    if it.months.is_empty() {
        return None;
    }
    let options = it.months.iter().map(|month| {
        let chosen = (it.month == Some(*month)).then_some("");
        html! { <option value=month.to_string() selected=chosen>{month.label()}</option> }
    });
    Some(html! {
        <form class=classes(&[class::ACTIONS, class::BELOW]) method="get" action="/partner/revenue#lines">
            <div class=class::FIELD>
                <label class=class::LABEL for="month">"Statement"</label>
                <select class=classes(&[class::INPUT, class::SELECT]) id="month" name="month">
                    <option value="">"Not closed yet"</option>
                    {options.collect::<Node>()}
                </select>
            </div>
            <button class=class::BTN>"Show"</button>
        </form>
    })
}

fn table(lines: &[RevenueLine]) -> Node {
    let columns = [
        Column::Text("When"),
        Column::Text("What"),
        Column::Text("Invoice"),
        Column::Text("Why as much"),
        Column::Number("Your share"),
    ];
    figures_table("Lines of the statement", &columns, lines.iter().map(row).collect())
}

fn row(it: &RevenueLine) -> Node {
    html! {
        <tr>
            <td class=class::NOWRAP><time datetime=it.at.rfc3339()>{it.at.date()}</time></td>
            <th scope="row">
                {it.what.clone()}
                <span class=class::CELL_NOTE>{format!("{}, {}", it.listing, it.plan)}</span>
            </th>
            <td class=class::MONO>{it.invoice.clone()}</td>
            <td>{it.why.clone()}</td>
            <td class=classes(&[class::NUM, class::NOWRAP])>{it.amount.to_string()}</td>
        </tr>
    }
}
