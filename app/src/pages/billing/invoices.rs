//! Invoices and receipts.

use crate::components::{Column, Icon, classes, figures_table};
use crate::markup::{Node, html};
use contract::billing::{BillView, InvoiceView};
use style::{class, icons};

/// The table.
pub(super) fn invoices(bill: &BillView) -> Option<Node> {
    if bill.invoices.is_empty() {
        return None;
    }
    let rows = bill.invoices.iter().map(row).collect::<Node>();
    let columns = [
        Column::Text("Date"),
        Column::Text("Number"),
        Column::Text("Status"),
        Column::Number("Total"),
        Column::Text("Document"),
    ];
    let view = html! {
        <section class=classes(&[class::STACK, class::STACK_S]) aria-labelledby="invoices">
            <h2 class=class::SECTION_TITLE id="invoices">"Invoices"</h2>
            {figures_table("All invoices", &columns, rows)}
        </section>
    };
    Some(view)
}

fn status(it: &InvoiceView) -> (&'static str, &'static str) {
    match it.status.as_str() {
        "paid" => (class::TONE_OK, "Paid"),
        "open" => (class::TONE_WARN, "To be paid"),
        "draft" => (class::TONE_STILL, "Being made"),
        "uncollectible" => (class::TONE_BAD, "Given up"),
        _ => (class::TONE_STILL, "Void"),
    }
}

fn row(it: &InvoiceView) -> Node {
    let (tone, text) = status(it);
    let link = if it.status == "open" { "Pay" } else { "Open" };
    let document = (!it.url.is_empty()).then(|| {
        html! {
            <a href=it.url.clone() rel="external noopener">
                {link} <span class=class::SR>{format!(" {}", it.number)}</span> <Icon name=icons::EXTERNAL_LINK small=true/>
            </a>
        }
    });
    html! {
        <tr>
            <th scope="row" class=class::NOWRAP>{it.at.date()}</th>
            <td class=class::MONO>{it.number.clone()}</td>
            <td><span class=classes(&[class::PILL, tone])>{text}</span></td>
            <td class=class::NUM>{it.total.to_string()}</td>
            <td class=class::NOWRAP>{document}</td>
        </tr>
    }
}
