//! Breadcrumb, icon, name, partner, summary, badges, and the action beside them.

use crate::components::{Icon, TileSize, badge, certification_badge, classes, crumbs, tile_of};
use crate::markup::{Node, html};
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
    let mut partner = String::from("/partners/");
    partner.push_str(card.partner_id.as_str());
    let ready = if card.installable {
        badge(icons::ZAP, class::TONE_OK, "Installable")
    } else {
        badge(icons::CLOCK, "", "Not installable yet")
    };
    html! {
        {crumbs(above, card.name.clone())}
        <header class=class::LISTING_HEAD>
            {tile_of(card, TileSize::Large)}
            <div class=class::LISTING_TEXT>
                <h1 tabindex="-1">{card.name.clone()}</h1>
                <p class=class::LISTING_BY>"by " <a href=partner>{card.partner_name.clone()}</a></p>
                <p class=class::LISTING_SUMMARY>{card.summary.clone()}</p>
                <ul class=class::BADGES aria-label="Badges">
                    {ready}
                    {certification_badge(card.certification)}
                    <li class=classes(&[class::BADGE, class::BADGE_EXTRA])>
                        <Icon name=icons::USER small=true/>
                        {detail.support.clone()}
                        " support"
                    </li>
                </ul>
            </div>
            <div class=class::LISTING_ACT>{act}</div>
        </header>
    }
}
