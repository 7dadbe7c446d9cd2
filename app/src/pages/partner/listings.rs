//! `/partner`: the partner's listings and how they are used.

use crate::components::{Column, Icon, PageMeta, classes, count, figures_table, load, number, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::staff::ask_partner_dashboard;
use contract::staff::{PartnerDashboard, PartnerListing};
use style::{class, icons};

/// The page.
pub(super) fn listings_page() -> Node {
    load(resource(ask_partner_dashboard), skeleton::lines, page)
}

fn page(it: PartnerDashboard) -> Node {
    let listings = count(u64::try_from(it.listings.len()).unwrap_or_default(), "listing");
    html! {
        <PageMeta title="My listings" description="Your listings and how they are used."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"My listings"</h1>
                <p class=class::PAGE_LEAD>{format!("{} · {listings}", it.partner_name)}</p>
            </div>
            <div class=class::ACTIONS>
                <a class=class::BTN href="/partner/revenue"><Icon name=icons::CHART/> "Revenue"</a>
                <a class=class::BTN href=format!("/partners/{}", it.partner_id)>
                    <Icon name=icons::BUILDING/>
                    "Public page"
                </a>
            </div>
        </div>
        {if it.listings.is_empty() { empty() } else { table(&it.listings) }}
    }
}

fn empty() -> Node {
    html! {
        <div class=class::EMPTY>
            <h2>"No listing is published yet"</h2>
            <p>"A listing appears here as soon as its first release is in the catalogue."</p>
        </div>
    }
}

fn table(listings: &[PartnerListing]) -> Node {
    let rows = listings.iter().map(row).collect::<Node>();
    let columns = [
        Column::Text("Listing"),
        Column::Text("Release"),
        Column::Text("Status"),
        Column::Number("Installs"),
        Column::Number("Proven"),
        Column::Number("Requests"),
        Column::Text("Updated"),
    ];
    figures_table("My listings", &columns, rows)
}

fn row(it: &PartnerListing) -> Node {
    let card = &it.card;
    let (tone, status) =
        if card.installable { (class::TONE_OK, "Installable") } else { (class::TONE_STILL, "Not installable yet") };
    html! {
        <tr>
            <th scope="row">
                <a href=format!("/integrations/{}", card.id)>{card.name.clone()}</a>
                <span class=class::CELL_NOTE>{card.summary.clone()}</span>
            </th>
            <td class=class::MONO>{it.version.clone()}</td>
            <td><span class=classes(&[class::PILL, tone])>{status}</span></td>
            <td class=class::NUM>{number(card.installs.into())}</td>
            <td class=class::NUM>{number(it.proven.into())}</td>
            <td class=class::NUM>{number(it.requests.into())}</td>
            <td class=class::NOWRAP><time datetime=it.updated_at.rfc3339()>{it.updated_at.date()}</time></td>
        </tr>
    }
}
