//! What people who use an integration say of it: the average, the filters, the reviews, and what one can do with each.

mod address;
mod filters;
mod item;
mod more;
mod summary;

pub use summary::hidden_notice;

pub use address::reviews_address;
pub use item::said;

use crate::components::{Icon, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::{failed, notice};
use crate::remote::{FormAction, Reply};
use contract::listing::ListingCard;
use contract::review::{ReviewPage, ReviewQuery};
use leptos::prelude::*;
use style::{class, icons};

/// What can be done with a review.
#[derive(Clone, Copy)]
pub struct Actions {
    vote: FormAction,
    report: FormAction,
    answer: FormAction,
    /// Id of the review whose form was sent last, so that a problem is shown where it arose.
    last: RwSignal<String>,
}

impl Actions {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self {
            vote: FormAction::new("vote_review"),
            report: FormAction::new("report_review"),
            answer: FormAction::new("answer_review"),
            last: RwSignal::new(String::new()),
        }
    }

    /// Rises with each thing that was done.
    pub fn changed(self) -> usize {
        self.vote.version() + self.report.version() + self.answer.version()
    }

    /// Sends a form of the review with this id.
    fn sends(self, form: FormAction, id: String) -> impl Fn(leptos::ev::Event) + 'static {
        move |event| {
            self.last.set(id.clone());
            form.submit(&event);
        }
    }

    fn all(self) -> [FormAction; 3] {
        [self.vote, self.report, self.answer]
    }

    /// Problems of a review's forms; those of an empty id came back in the address of a plain form.
    fn failed(self, id: String) -> Node {
        let show = move |action: FormAction| {
            let id = id.clone();
            move || (self.last.try_get().as_deref() == Some(id.as_str())).then(|| failed(action))
        };
        self.all().map(show).into_iter().collect()
    }
}

/// Everything below the tab.
pub fn reviews(card: &ListingCard, reply: &Reply, signed_in: bool, query: &ReviewQuery, actions: Actions) -> Node {
    match reply.read::<Option<ReviewPage>>() {
        Ok(Some(page)) => shown(card, &page, signed_in, query, actions),
        // It was not asked for before the tab was opened.
        Ok(None) => skeleton::lines_only(),
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
