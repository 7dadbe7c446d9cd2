//! The tab of a listing: the average, the filters, the reviews, and what one can do with each.

use super::address::reviews_address;
use super::{Actions, Part, filters, item, reviews_chunk, summary};
use crate::components::{Icon, skeleton};
use crate::markup::{Node, html};
use crate::pages::chunks::at_hand;
use crate::pages::installed::failed::notice;
use crate::remote::{Ask, Reply};
use crate::server_fns::review::{Parameters, ask_reviews};
use contract::ListingId;
use contract::listing::ListingCard;
use contract::review::{ReviewPage, ReviewQuery};
use leptos_router::params::ParamsMap;
use style::{class, icons};

/// What the tab shows.
#[derive(Clone)]
pub struct ReviewsTab {
    /// The listing.
    pub card: ListingCard,
    /// What was answered; nothing where nothing was asked.
    pub reply: Reply,
    /// Whether somebody is signed in.
    pub signed_in: bool,
    /// The parameters that were asked with.
    pub wanted: Parameters,
    /// What can be done.
    pub actions: Actions,
}

/// Parameters of the address that choose reviews, in the order of their names.
pub fn wanted(address: &ParamsMap) -> Parameters {
    ReviewQuery::NAMES.map(|name| address.get(name).unwrap_or_default())
}

/// Asks for reviews, and fetches what shows them.
pub fn ask(id: ListingId, wanted: Parameters, actions: Actions) -> Ask {
    let ask = ask_reviews(id, wanted).again(actions.changed());
    #[cfg(target_arch = "wasm32")]
    let ask = ask.along_with(super::preload());
    ask
}

/// What stands for the reviews while another tab is open.
pub fn ask_nothing() -> Ask {
    Ask::new(String::new(), std::future::ready(Reply::good(NOTHING)))
}

const NOTHING: &str = "null";

/// Everything below the tab. Whoever has an answer has the download too.
pub fn reviews(tab: ReviewsTab) -> Node {
    if tab.reply.text() == Some(NOTHING) {
        return skeleton::lines_only();
    }
    at_hand(reviews_chunk(Part::Tab(Box::new(tab)))).unwrap_or_else(skeleton::lines_only)
}

/// The same, in the download.
pub(super) fn below_tab(tab: ReviewsTab) -> Node {
    let ReviewsTab { card, reply, signed_in, wanted, actions } = tab;
    let of = |name: &str| wanted.iter().zip(ReviewQuery::NAMES).find(|it| it.1 == name).map(|it| it.0.clone());
    let query = ReviewQuery::read(|name| of(name).unwrap_or_default());
    match reply.read::<ReviewPage>() {
        Ok(page) => shown(&card, &page, signed_in, &query, actions),
        Err(problem) => notice(&problem.0),
    }
}

fn shown(card: &ListingCard, page: &ReviewPage, signed_in: bool, query: &ReviewQuery, actions: Actions) -> Node {
    let some = page.rating.is_some();
    let list = if page.reviews.is_empty() {
        nothing(card, page, query)
    } else {
        let items = page.reviews.iter().map(|it| item::item(card, page, it, signed_in, actions)).collect::<Node>();
        html! {
            <ol class=class::REVIEWS>{items}</ol>
            {filters::pager(card, page, query)}
        }
    };
    html! {
        <section class=class::STACK aria-label="Reviews">
            {page.hidden.as_ref().map(|why| summary::hidden(card, why))}
            {some.then(|| summary::summary(card, page, query))}
            {some.then(|| filters::filters(card, page, query))}
            {actions.failed(String::new())}
            {list}
        </section>
    }
}

fn nothing(card: &ListingCard, page: &ReviewPage, query: &ReviewQuery) -> Node {
    let (title, text, way) = if query.filtered() || page.rating.is_some() {
        let all = html! { <a class=class::BTN href=reviews_address(&card.id) data-noscroll="true">"All reviews"</a> };
        ("No review fits", "Take out a filter to see the others.", all)
    } else {
        let text = "The first one comes from somebody whose organization has it running.";
        ("No reviews yet", text, summary::way(card, page))
    };
    html! {
        <div class=class::EMPTY>
            <span class=class::EMPTY_MARK><Icon name=icons::STAR large=true/></span>
            <h2>{title}</h2>
            <p>{text}</p>
            <div class=class::ACTIONS>{way}</div>
        </div>
    }
}
