//! The list of results.

use crate::components::{TileSize, count, listed_by, listing_badges, tile_of};
use crate::markup::{Node, html};
use crate::pages::marked;
use contract::search::{Hit, MatchReason, SearchPage};
use style::class;

/// All results of a page, and how many there are for screen readers.
pub fn results(page: &SearchPage) -> Node {
    html! {
        <p class=class::SR role="status">{count(page.total, "integration")} " found"</p>
        <ol class=class::RESULTS>{page.hits.iter().map(result).collect::<Node>()}</ol>
    }
}

fn result(hit: &Hit) -> Node {
    let card = &hit.card;
    let mut href = String::from("/integrations/");
    href.push_str(card.id.as_str());
    html! {
        <li class=class::RESULT>
            {tile_of(card, TileSize::Plain)}
            <div class=class::RESULT_TEXT>
                <div class=class::RESULT_TITLE>
                    <h2 class=class::CARD_TITLE>
                        <a href=href>{marked(&hit.name_fragments)}</a>
                    </h2>
                    <span class=class::CARD_BY>{listed_by(card)}</span>
                </div>
                <p class=class::CARD_SUMMARY>{marked(&hit.summary_fragments)}</p>
                {hit.reason.as_ref().map(reason)}
            </div>
            {listing_badges(card, "")}
        </li>
    }
}

fn reason(reason: &MatchReason) -> Node {
    let what = match reason.field.as_str() {
        "alias" => "Also known as: ",
        "tag" => "Matches tag: ",
        "category" => "Matches category: ",
        "partner" => "Matches partner: ",
        _ => "Matches text: ",
    };
    html! { <p class=class::CARD_MATCH>{what} {marked(&reason.fragments)}</p> }
}
