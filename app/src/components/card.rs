//! A listing in a grid.

use super::{TileSize, listing_badges, tile_of};
use crate::markup::{Node, html};
use contract::listing::ListingCard;
use style::class;

/// Who publishes it; where nobody here does, who lists it in the catalogue that it was taken from.
pub fn listed_by(card: &ListingCard) -> String {
    let mut text = String::new();
    if card.partner_id.as_str().is_empty() && !card.partner_name.is_empty() {
        text.push_str("Listed by ");
    }
    text.push_str(&card.partner_name);
    text
}

/// One card. The link in its title covers it.
fn listing_card(card: &ListingCard) -> Node {
    let href = format!("/integrations/{}", card.id);
    html! {
        <li class=class::CARD>
            <div class=class::CARD_HEAD>
                {tile_of(card, TileSize::Plain)}
                <div>
                    <h3 class=class::CARD_TITLE>
                        <a href=href>{card.name.clone()}</a>
                    </h3>
                    <p class=class::CARD_BY>{listed_by(card)}</p>
                </div>
            </div>
            <p class=class::CARD_SUMMARY>{card.summary.clone()}</p>
            {listing_badges(card, class::CARD_FOOT)}
        </li>
    }
}

/// A grid of cards. Their headings are `h3`.
pub fn listing_cards(cards: &[ListingCard]) -> Node {
    html! { <ul class=class::CARDS>{cards.iter().map(listing_card).collect::<Node>()}</ul> }
}
