//! Ratings: as a picture with words, as a badge, and as a choice.

use super::{Icon, classes, count};
use crate::markup::{Child, Node, html};
use contract::review::Rating;
use style::{class, icons};

/// What a number of stars means.
const WORDS: [&str; 5] = ["1 star, poor", "2 stars, fair", "3 stars, good", "4 stars, very good", "5 stars, excellent"];

/// So many of five stars.
pub fn stars(number: u8) -> Node {
    let star = |place: u8| {
        let on = if place <= number { class::STAR_ON } else { "" };
        html! { <Icon name=icons::STAR small=true extra=on/> }
    };
    html! {
        <span class=class::STARS>
            {(1..=5).map(star).collect::<Node>()}
            <span class=class::SR>{number.to_string()} " of 5 stars"</span>
        </span>
    }
}

/// `4.3 (12)` with a star; what it means for screen readers.
fn rated(rating: Rating) -> Node {
    let mut number = String::from(" (");
    number.push_str(&rating.count.to_string());
    number.push(')');
    html! {
        <Icon name=icons::STAR small=true extra=class::STAR_ON/>
        <span aria-hidden="true">{rating.stars()}<span class=class::MUTED>{number}</span></span>
        <span class=class::SR>"Rated " {rating.stars()} " of 5 stars in " {count(rating.count.into(), "review")}</span>
    }
}

/// The average as a badge, a link where it leads somewhere; nothing where there are no reviews.
pub fn rating_badge(rating: Option<Rating>, href: Option<String>) -> Option<Node> {
    let rating = rated(rating?);
    let view = if let Some(href) = href {
        html! { <li><a class=class::BADGE href=href data-noscroll="true">{rating}</a></li> }
    } else {
        html! { <li class=class::BADGE>{rating}</li> }
    };
    Some(view.into_node())
}

/// A choice of one to five stars; `chosen` is 0 where nothing is. What may stay open has a choice for that.
pub fn stars_field(name: String, legend: &'static str, chosen: u8, optional: bool) -> Node {
    let star = |(place, word): (u8, &'static str)| {
        html! {
            <label class=class::RATE_STAR>
                <input
                    type="radio"
                    name=name.clone()
                    value=place.to_string()
                    required=!optional
                    checked=(place == chosen).then_some("")
                />
                <Icon name=icons::STAR large=true/>
                <span class=class::SR>{word}</span>
            </label>
        }
    };
    let open = optional.then(|| {
        html! {
            <label class=classes(&[class::CHECK, class::RATE_OPEN])>
                <input type="radio" name=name.clone() value="" checked=(chosen == 0).then_some("")/>
                <span>"Can’t say"</span>
            </label>
        }
    });
    html! {
        <fieldset class=class::RATE>
            <legend class=class::LABEL>{legend}</legend>
            <div class=class::RATE_ROW>
                <span class=class::RATE_STARS>{(1..).zip(WORDS).map(star).collect::<Node>()}</span>
                {open}
            </div>
        </fieldset>
    }
}
