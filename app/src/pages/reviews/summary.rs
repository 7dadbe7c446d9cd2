//! The average with its distribution, the aspects, and the way to a review of one's own.

use super::address::with_query;
use crate::components::{Icon, classes, count, sign_in_address, stars};
use crate::markup::{Child, Node, html};
use contract::listing::ListingCard;
use contract::review::{ReviewPage, ReviewQuery, ReviewStanding, tenths};
use style::{class, icons};

/// All of it; there is at least one review.
pub fn summary(card: &ListingCard, page: &ReviewPage, query: &ReviewQuery) -> Node {
    let rating = page.rating.map(|rating| {
        let whole = u8::try_from((rating.tenths + 5) / 10).unwrap_or(5);
        html! {
            <div class=class::RATING>
                <p class=class::RATING_NUMBER>{rating.stars()}<span class=class::SR>" of 5 stars"</span></p>
                <div>
                    <span aria-hidden="true">{stars(whole)}</span>
                    <p class=class::MUTED>{count(rating.count.into(), "review")}</p>
                </div>
            </div>
        }
    });
    html! {
        <div class=class::REVIEW_SUMMARY>
            <div class=classes(&[class::STACK, class::STACK_S])>
                <h2 class=class::SR>"All reviews together"</h2>
                {rating}
                <p class=class::HELP>"Weighted, so that a few reviews move the average little and many decide it."</p>
                <div class=class::ACTIONS>{way(card, page)}</div>
            </div>
            {distribution(card, page, query)}
            {aspects(page)}
        </div>
    }
}

/// A bar for each number of stars, which is a link to these reviews.
fn distribution(card: &ListingCard, page: &ReviewPage, query: &ReviewQuery) -> Node {
    let most = page.distribution.iter().copied().max().unwrap_or_default().max(1);
    let row = |(stars, number): (u8, u32)| {
        let chosen = query.stars == Some(stars);
        let next = ReviewQuery { stars: (!chosen).then_some(stars), page: 1, ..query.clone() };
        let width = (number.saturating_mul(1000) / most).to_string();
        html! {
            <li>
                <a
                    class=class::SHARE
                    href=with_query(&card.id, &next)
                    data-noscroll="true"
                    aria-current=chosen.then_some("true")
                >
                    <span>{stars.to_string()}<span class=class::SR>" stars: "</span></span>
                    <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
                        <rect width=width height="8"/>
                    </svg>
                    <span class=class::NUM>{number}<span class=class::SR>" reviews"</span></span>
                </a>
            </li>
        }
    };
    let rows = (1..=5_u8).rev().zip(page.distribution.iter().copied()).map(row).collect::<Node>();
    html! { <ul class=class::SHARES aria-label="How many give how many stars">{rows}</ul> }
}

fn aspects(page: &ReviewPage) -> Option<Node> {
    if page.aspects.is_empty() {
        return None;
    }
    let fact = |&(aspect, average): &(contract::review::Aspect, u32)| {
        html! {
            <div class=class::FACT>
                <dt>{aspect.label()}</dt>
                <dd>
                    {tenths(average)}
                    <span class=class::SR>" of 5 stars"</span>
                    <span aria-hidden="true"><Icon name=icons::STAR small=true extra=class::STAR_ON/></span>
                </dd>
            </div>
        }
    };
    let facts = page.aspects.iter().map(fact).collect::<Node>();
    Some(html! { <dl class=classes(&[class::FACTS, class::ASPECTS])>{facts}</dl> }.into_node())
}

/// The way to a review of one's own, or why there is none.
pub fn way(card: &ListingCard, page: &ReviewPage) -> Node {
    let mut form = String::from("/integrations/");
    form.push_str(card.id.as_str());
    form.push_str("/review");
    let link = |href: String, text: &'static str| {
        html! { <a class=class::BTN href=href><Icon name=icons::STAR/> {text}</a> }
    };
    match page.standing {
        ReviewStanding::SignIn => link(sign_in_address(), "Sign in to write a review"),
        ReviewStanding::MayWrite => link(form, "Write a review"),
        ReviewStanding::MayChange => link(form, "Change your review"),
        other => html! {
            <p class=class::HELP>
                {other.label()} ", so you can’t review it. "
                <a href=form>"What you can do"</a>
            </p>
        },
    }
}

/// What the author of a hidden review sees.
pub fn hidden(card: &ListingCard, why: &str) -> Node {
    let form = ["/integrations/", card.id.as_str(), "/review"].concat();
    hidden_notice(why, html! { <a href=form>"Change it"</a> })
}

/// That a review is hidden, why, and what to do.
pub fn hidden_notice(why: &str, change: Node) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_WARN])>
            <Icon name=icons::ALERT_TRIANGLE/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>"Your review is hidden"</p>
                <p>{why.to_owned()}</p>
                <p>{change} "; moderators then look at it again."</p>
            </div>
        </div>
    }
}
