//! Breadcrumb, icon, name, partner, summary, badges, and the action beside them.

use crate::components::{
    Icon, TileSize, badge, certification_badge, classes, crumbs, listed_by, rating_badge, tile_of,
};
use crate::markup::{Child, Node, html};
use crate::pages::reviews::reviews_address;
use contract::listing::ListingDetail;
use style::{class, icons};

/// The head of the page, with what one can do.
pub fn head(detail: &ListingDetail, act: Node) -> Node {
    let card = &detail.card;
    let mut above = vec![("Integrations".to_owned(), "/search".to_owned())];
    if let Some((path, name)) = detail.categories.first() {
        let mut href = String::from("/categories/");
        href.push_str(path);
        above.push((name.clone(), href));
    }
    let ready = match (card.installable, &card.price, &detail.feed) {
        (true, Some(_), _) => badge(icons::TAG, class::TONE_INFO, detail.pricing.clone()),
        (true, None, _) => badge(icons::ZAP, class::TONE_OK, "Installable"),
        (false, _, Some(_)) => badge(icons::CLOCK, "", "Catalogue entry, not installable yet"),
        (false, _, None) => badge(icons::CLOCK, "", "Not installable yet"),
    };
    let support = detail.feed.is_none().then(|| {
        html! {
            <li class=classes(&[class::BADGE, class::BADGE_EXTRA])>
                <Icon name=icons::USER small=true/>
                {detail.support.clone()}
                " support"
            </li>
        }
    });
    html! {
        {crumbs(above, card.name.clone())}
        <header class=class::LISTING_HEAD>
            {tile_of(card, TileSize::Large)}
            <div class=class::LISTING_TEXT>
                <h1 tabindex="-1">{card.name.clone()}</h1>
                {by(detail)}
                <p class=class::LISTING_SUMMARY>{card.summary.clone()}</p>
                <ul class=class::BADGES aria-label="Badges">
                    {ready}
                    {certification_badge(card.certification)}
                    {rating_badge(card.rating, Some(reviews_address(&card.id)))}
                    {support}
                </ul>
            </div>
            <div class=class::LISTING_ACT>{act}</div>
        </header>
    }
}

/// Who publishes it, or where an entry of another catalogue was found and who lists it there.
fn by(detail: &ListingDetail) -> Option<Node> {
    let card = &detail.card;
    if !card.partner_id.as_str().is_empty() {
        let mut partner = String::from("/partners/");
        partner.push_str(card.partner_id.as_str());
        let view = html! { <p class=class::LISTING_BY>"by " <a href=partner>{card.partner_name.clone()}</a></p> };
        return Some(view.into_node());
    }
    let source = detail.feed.as_deref().unwrap_or_default();
    let mut text = listed_by(card);
    if !source.is_empty() {
        text.push_str(if text.is_empty() { "Found in " } else { " in " });
        text.push_str(source);
    }
    (!text.is_empty()).then(|| html! { <p class=class::LISTING_BY>{text}</p> }.into_node())
}
