//! The first screen of the home page: what it is, search, numbers, and an example of a proof.

use crate::components::{Icon, brand_mark, classes, count, number, search_box};
use crate::markup::{Node, html};
use contract::catalog::HomeView;
use style::{class, icons};

/// Queries to try.
const TRIES: [(&str, &str); 3] = [
    ("/search?q=prometheus+alerts", "prometheus alerts"),
    ("/search?q=page+on-call", "page on-call"),
    ("/search?q=failed+builds", "failed builds"),
];

/// The section with the page's heading.
pub fn hero(home: &HomeView) -> Node {
    let tries =
        TRIES.map(|(href, text)| html! { <a class=class::CHIP href=href>{text}</a> }).into_iter().collect::<Node>();
    let leaves: usize = home.categories.iter().map(|group| group.leaves.len()).sum();
    let stat = |value: u64, text: String| {
        html! {
            <li class=class::STAT>
                <b>{number(value)}</b>
                {text}
            </li>
        }
    };
    html! {
        <section class=class::HERO>
            <div>
                <h1 class=class::HERO_TITLE tabindex="-1">
                    "Connect your tools."
                    <br/>
                    "See the data arrive."
                </h1>
                <p class=class::HERO_LEAD>
                    "Integrations for monitoring, incidents and delivery. Each one is tested against your own system and only \
                     turns green when a real event has come through."
                </p>
                {search_box(true)}
                <p class=class::HERO_TRIES>"Try " {tries}</p>
                <ul class=class::STATS>
                    {stat(home.listings.into(), noun(home.listings.into(), "integration"))}
                    {stat(home.installable.into(), " installable today".to_owned())}
                    {stat(home.partners.into(), noun(home.partners.into(), "partner"))}
                    {stat(leaves as u64, " categories".to_owned())}
                </ul>
            </div>
            {example()}
        </section>
    }
}

/// The noun for a number, with the space before it.
fn noun(value: u64, singular: &str) -> String {
    count(value, singular).trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').to_owned()
}

/// An illustration, labelled as one: what a proven connection looks like.
fn example() -> Node {
    let done = |text: &'static str, time: &'static str| {
        html! {
            <li class=class::DONE_ITEM>
                <Icon name=icons::CHECK_CIRCLE/>
                {text}
                <span class=class::DONE_TIME>{time}</span>
            </li>
        }
    };
    html! {
        <div
            class=class::HERO_PROOF
            role="img"
            aria-label="Example: an alert sent from Alertmanager reached OpenConductor after 3.2 seconds"
        >
            <p class=class::HERO_CAPTION>
                <strong>"Alertmanager → OpenConductor"</strong>
                <span class=classes(&[class::PILL, class::TONE_STILL])>"Example"</span>
            </p>
            <div class=class::ROUTE>
                <span class=class::TILE>
                    <Icon name=icons::BELL/>
                </span>
                <span class=class::ROUTE_WIRE></span>
                <span class=class::TILE>{brand_mark()}</span>
            </div>
            <ul class=class::DONE_LIST>
                {done("Connected to alerts.example.com", "https")} {done("Alertmanager answered", "84 ms")}
                {done("First event arrived", "3.2 s")}
            </ul>
            <div class=class::VERDICT_NOTE>
                <span class=classes(&[class::PILL, class::PILL_DOT, class::TONE_OK])>"Working"</span>
                " since the first event"
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::noun;

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(noun(1, "partner"), " partner");
        assert_eq!(noun(1_200, "partner"), " partners");
    }
}
