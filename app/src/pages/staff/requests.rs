//! `/staff/requests`: what people ask for.

use crate::components::{Column, PageMeta, figures_table, listed_by, load, number, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::staff::ask_requested_listings;
use contract::staff::RequestedListing;
use style::class;

/// The page.
pub(super) fn requests_page() -> Node {
    load(resource(ask_requested_listings), skeleton::lines, page)
}

fn page(requests: Vec<RequestedListing>) -> Node {
    html! {
        <PageMeta title="Requests" description="What people look for and cannot install yet."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Requests"</h1>
                <p class=class::PAGE_LEAD>"What people look for and cannot install yet."</p>
            </div>
        </div>
        {if requests.is_empty() { empty() } else { table(&requests) }}
    }
}

fn empty() -> Node {
    html! {
        <div class=class::EMPTY>
            <h2>"Nobody has asked for anything yet"</h2>
            <p>"A request appears here when somebody presses the button on a listing that can't be installed."</p>
        </div>
    }
}

fn table(requests: &[RequestedListing]) -> Node {
    let rows = requests.iter().map(row).collect::<Node>();
    let columns =
        [Column::Text("Integration"), Column::Text("Partner"), Column::Number("Requests"), Column::Text("Last asked")];
    figures_table("Requests", &columns, rows)
}

fn row(it: &RequestedListing) -> Node {
    let card = &it.card;
    let at = it.last_requested_at;
    html! {
        <tr>
            <th scope="row">
                <a href=format!("/integrations/{}", card.id)>{card.name.clone()}</a>
                <span class=class::CELL_NOTE>{card.summary.clone()}</span>
            </th>
            <td>{listed_by(card)}</td>
            <td class=class::NUM>{number(it.requests.into())}</td>
            <td class=class::NOWRAP><time datetime=at.rfc3339()>{at.date_time()}</time></td>
        </tr>
    }
}
