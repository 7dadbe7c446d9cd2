//! A listing in a grid.

use super::{TileSize, classes, listing_badges, tile_of};
use crate::markup::{Node, html};
use contract::listing::ListingCard;
use contract::recommend::{Recommendation, Shelf};
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

/// One card, and why it is there. The link in its title covers it.
fn listing_card(card: &ListingCard, why: Option<&str>) -> Node {
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
            {why.map(|why| html! { <p class=class::CARD_MATCH>{why.to_owned()}</p> })}
            {listing_badges(card, class::CARD_FOOT)}
        </li>
    }
}

/// A grid of cards. Their headings are `h3`.
pub fn listing_cards(cards: &[ListingCard]) -> Node {
    html! { <ul class=class::CARDS>{cards.iter().map(|card| listing_card(card, None)).collect::<Node>()}</ul> }
}

/// The same with reasons.
pub fn reasoned_cards(items: &[Recommendation]) -> Node {
    html! { <ul class=class::CARDS>{items.iter().map(|it| listing_card(&it.card, Some(it.why.as_str()))).collect::<Node>()}</ul> }
}

/// A section with recommendations and what they are taken from; nothing where there are none.
pub fn shelf(id: &'static str, title: &'static str, shelf: &Shelf) -> Option<Node> {
    if shelf.items.is_empty() {
        return None;
    }
    let view = html! {
        <section class=class::SECTION aria-labelledby=id>
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE id=id>{title}</h2></div>
            <p class=classes(&[class::SMALL, class::MUTED, class::BELOW])>{shelf.note.clone()}</p>
            {reasoned_cards(&shelf.items)}
        </section>
    };
    Some(view)
}
