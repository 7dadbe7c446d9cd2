//! One review.

use super::{Actions, more};
use crate::components::{Icon, classes, count, stars};
use crate::markup::{Child, Node, html};
use contract::listing::ListingCard;
use contract::review::{AspectStars, EarlierReview, PartnerAnswer, ReviewItem, ReviewPage, ReviewView};
use style::{class, icons};

/// The review with what one can do with it.
pub fn item(card: &ListingCard, page: &ReviewPage, it: &ReviewItem, signed_in: bool, actions: Actions) -> Node {
    let review = &it.review;
    let id = review.id.to_string();
    html! {
        <li class=class::REVIEW id=id.clone()>
            {said(review)}
            {review.answer.as_ref().map(|it| answer(it, review))}
            {actions.failed(id)}
            <div class=class::REVIEW_FOOT>
                {helpful(page, it, signed_in, actions)}
                {it.mine.then(|| more::change(&card.id))}
                {page.can_answer.then(|| more::answer(review, actions))}
                {(signed_in && !it.mine).then(|| more::report(it, actions))}
            </div>
        </li>
    }
    .about(review.id.as_str())
}

/// What it says, without what one can do with it.
pub fn said(review: &ReviewView) -> Node {
    let mut verified = String::from("Verified install, ");
    verified.push_str(&review.used);
    let size = review.size.map(|size| html! { <li class=class::BADGE>{size.label()}</li> });
    let earlier = (!review.earlier.is_empty()).then(|| earlier(review));
    html! {
        <div class=class::REVIEW_HEAD>
            {stars(review.stars)}
            <h3 class=class::REVIEW_TITLE dir="auto">{review.title.clone()}</h3>
        </div>
        <ul class=class::BADGES aria-label="About the reviewer">
            <li class=class::BADGE><Icon name=icons::USER small=true/> <bdi>{review.author.clone()}</bdi></li>
            <li class=classes(&[class::BADGE, class::TONE_OK])>
                <Icon name=icons::CHECK_CIRCLE small=true/>
                {verified}
            </li>
            {size}
            <li class=class::BADGE>"Release " {review.release.clone()}</li>
            <li class=class::BADGE>
                <time datetime=review.created_at.rfc3339()>{review.created_at.date()}</time>
            </li>
        </ul>
        <p class=class::REVIEW_TEXT dir="auto">{review.text.clone()}</p>
        {aspects(&review.aspects)}
        {earlier}
    }
}

fn aspects(aspects: &[AspectStars]) -> Option<Node> {
    if aspects.is_empty() {
        return None;
    }
    let one = |it: &AspectStars| html! { <li class=class::BADGE>{it.aspect.label()} {stars(it.stars)}</li> };
    let list = aspects.iter().map(one).collect::<Node>();
    Some(html! { <ul class=class::BADGES aria-label="Ratings in detail">{list}</ul> }.into_node())
}

/// How it was before it was edited.
fn earlier(review: &ReviewView) -> Node {
    let one = |it: &EarlierReview| {
        html! {
            <li class=class::REVIEW_EARLIER>
                <p class=class::SMALL>
                    <time datetime=it.at.rfc3339()>{it.at.date()}</time>
                    " · release " {it.release.clone()}
                </p>
                <div class=class::REVIEW_HEAD>{stars(it.stars)} <strong dir="auto">{it.title.clone()}</strong></div>
                <p class=class::REVIEW_TEXT dir="auto">{it.text.clone()}</p>
            </li>
        }
    };
    let mut edited = String::from("Edited");
    if let Some(at) = review.edited_at {
        edited.push(' ');
        edited.push_str(&at.date());
    }
    edited.push_str(" · how it was before");
    html! {
        <details class=class::REVIEW_MORE>
            <summary>{edited}</summary>
            <ol class=classes(&[class::STACK, class::STACK_S])>{review.earlier.iter().map(one).collect::<Node>()}</ol>
        </details>
    }
}

fn answer(it: &PartnerAnswer, review: &ReviewView) -> Node {
    let edited = it.edited_at.map(|at| {
        html! { <span>" · edited " <time datetime=at.rfc3339()>{at.date()}</time></span> }
    });
    // An answer to something else than what stands above it would look odd, or worse.
    let before = review.edited_at.is_some_and(|at| at > it.edited_at.unwrap_or(it.at));
    let before = before.then(|| html! { <p class=class::HELP>"The review was edited after this answer."</p> });
    html! {
        <div class=class::REVIEW_ANSWER>
            <h4><Icon name=icons::BUILDING small=true/> "Answer from " {it.partner.clone()}</h4>
            <p class=class::HELP><time datetime=it.at.rfc3339()>{it.at.date()}</time>{edited}</p>
            <p class=class::REVIEW_TEXT dir="auto">{it.text.clone()}</p>
            {before}
        </div>
    }
}

/// The vote, or how many find it helpful.
fn helpful(page: &ReviewPage, it: &ReviewItem, signed_in: bool, actions: Actions) -> Option<Node> {
    let number = it.review.helpful;
    if !signed_in || it.mine || page.can_answer {
        let view = html! {
            <p class=class::HELP>{count(number.into(), "reader")} {if number == 1 { " finds" } else { " find" }} " this helpful"</p>
        };
        return (number > 0).then(|| view.into_node());
    }
    let vote = actions.vote;
    let id = it.review.id.to_string();
    let sent = id.clone();
    let (pressed, next) = if it.voted { ("true", "false") } else { ("false", "true") };
    let on = if it.voted { class::VOTED } else { "" };
    let view = html! {
        <form
            action=vote.address()
            method="post"
            on:submit=actions.sends(vote, sent)
        >
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="helpful" value=next/>
            <button
                class=classes(&[class::BTN, class::BTN_S, on])
                aria-pressed=pressed
                aria-busy=move || vote.busy()
            >
                <Icon name=icons::CHECK small=true/>
                "Helpful"
                <span class=class::COUNT>{number}<span class=class::SR>" find this helpful"</span></span>
            </button>
        </form>
    };
    Some(view.into_node())
}
