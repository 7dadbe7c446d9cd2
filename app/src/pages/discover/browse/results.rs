//! The list of results.

use crate::components::happened::opened;
use crate::components::{TileSize, count, listed_by, listing_badges, tile_of};
use crate::markup::{Node, html};
use crate::pages::marked;
use contract::search::{Hit, MatchReason, RELATED, SearchPage};
use style::class;

/// All results of a page, and how many there are for screen readers.
pub fn results(page: &SearchPage, q: &str) -> Node {
    let places = page.offset + 1..;
    let is_related = |hit: &Hit| hit.reason.as_ref().is_some_and(|reason| reason.field == RELATED);
    let hits = || page.hits.iter().zip(places.clone());
    let list = |related: bool| {
        let chosen = hits().filter(|(hit, _)| is_related(hit) == related);
        let chosen = chosen.map(|(hit, place)| result(hit, place, q.to_owned())).collect::<Node>();
        html! { <ol class=class::RESULTS>{chosen}</ol> }
    };
    let related = page.hits.iter().any(is_related).then(|| {
        html! {
            <h2 class=class::RESULTS_MORE>"Related, but not what you typed"</h2>
            {list(true)}
        }
    });
    html! {
        <p class=class::SR role="status">{count(page.total, "integration")} " found"</p>
        {list(false)}
        {related}
    }
}

fn result(hit: &Hit, place: u32, q: String) -> Node {
    let card = &hit.card;
    let mut href = String::from("/integrations/");
    href.push_str(card.id.as_str());
    html! {
        <li class=class::RESULT>
            {tile_of(card, TileSize::Plain)}
            <div class=class::RESULT_TEXT>
                <div class=class::RESULT_TITLE>
                    <h2 class=class::CARD_TITLE>
                        <a href=href on:click=move |_| opened(&q, place)>{marked(&hit.name_fragments)}</a>
                    </h2>
                    <span class=class::CARD_BY>{listed_by(card)}</span>
                </div>
                <p class=class::CARD_SUMMARY>{marked(&hit.summary_fragments)}</p>
                {hit.reason.as_ref().filter(|it| it.field != RELATED).map(reason)}
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
