//! Quiet facts about a listing.

use super::{Icon, classes, rating_badge};
use crate::markup::{Child, Node, html};
use contract::listing::{Certification, ListingCard};
use style::{class, icons};

/// One badge in a list: an icon, a tone (may be empty) and text.
pub fn badge(icon: &'static str, tone: &'static str, text: impl Into<String>) -> Node {
    let text: String = text.into();
    html! {
        <li class=classes(&[class::BADGE, tone])>
            <Icon name=icon small=true/>
            {text}
        </li>
    }
}

/// The certification level; nothing where there is none.
pub fn certification_badge(level: Certification) -> Option<Node> {
    let (icon, tone) = match level {
        Certification::None => return None,
        Certification::Bronze => (icons::USERS, ""),
        Certification::Silver => (icons::CHECK_CIRCLE, ""),
        Certification::Gold => (icons::SHIELD, class::TONE_INFO),
    };
    let view = html! {
        <li class=classes(&[class::BADGE, tone])>
            <Icon name=icon small=true/>
            <span>{level.label()}<span class=class::SR>" certification"</span></span>
        </li>
    };
    Some(view.into_node())
}

/// The badges of a card, with an extra class for the list (may be empty).
pub fn listing_badges(card: &ListingCard, extra: &'static str) -> Node {
    // What is sold is installable once it is bought, so the price says both.
    let ready = match &card.price {
        _ if !card.installable => badge(icons::CLOCK, "", "Not installable yet"),
        Some(price) => badge(icons::TAG, class::TONE_INFO, price.clone()),
        None => badge(icons::ZAP, class::TONE_OK, "Installable"),
    };
    html! {
        <ul class=classes(&[class::BADGES, extra]) aria-label="Badges">
            {ready}
            {certification_badge(card.certification)}
            {rating_badge(card.rating, None)}
        </ul>
    }
}
