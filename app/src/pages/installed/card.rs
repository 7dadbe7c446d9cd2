//! One row of the list.

use super::pills::state_pill;
use crate::components::{TileSize, count, tile_of};
use crate::markup::{Node, html};
use contract::install::InstallationCard;
use style::class;

/// An installation in the list; the link in its title covers the row.
pub fn card(it: &InstallationCard) -> Node {
    let last = it.last_event_at.map_or_else(
        || html! { <span>"No event yet"</span> },
        |at| html! { <span>"Last event "<time datetime=at.rfc3339()>{at.date_time()}</time></span> },
    );
    html! {
        <li class=class::CONNECTION>
            {tile_of(&it.listing, TileSize::Plain)}
            <div>
                <h2 class=class::CARD_TITLE><a href=format!("/installed/{}", it.id)>{it.listing.name.clone()}</a></h2>
                <p class=class::CARD_BY>{format!("{} · installed by {}", it.version, it.installed_by)}</p>
            </div>
            <p class=class::CONNECTION_FACTS>{last} <span>{count(it.events, "event")}</span></p>
            {state_pill(it.state)}
        </li>
    }
}
