//! `/calculators`: which there are.

use crate::components::{Icon, PageMeta, load_all, skeleton};
use crate::markup::{Node, html};
use style::{class, icons};

const ALL: [(&str, &str, &str); 2] = [
    ("/calculators/alert-noise", "Alert noise", "How many alerts reach a person once repetitions are grouped."),
    ("/calculators/return", "Return", "What faster incidents and less manual work are worth, against what they cost."),
];

/// The page.
pub(super) fn calculators_page() -> Node {
    load_all(Vec::new(), skeleton::lines, |_| {
        let rows = ALL
            .iter()
            .map(|&(href, title, text)| {
                html! {
                    <li class=class::LINE>
                        <Icon name=icons::CHART/>
                        <div>
                            <p class=class::CARD_TITLE><a href=href>{title}</a></p>
                            <p>{text}</p>
                        </div>
                    </li>
                }
            })
            .collect::<Node>();
        html! {
            <PageMeta
                title="Calculators"
                description="What less alert noise and faster incidents are worth, with the formulas shown."
                canonical="/calculators".to_owned()
            />
            <div class=class::PAGE_HEAD>
                <div class=class::PAGE_TEXT>
                    <h1 tabindex="-1">"Calculators"</h1>
                    <p class=class::PAGE_LEAD>"With your own numbers, and the formula shown."</p>
                </div>
            </div>
            <ul class=class::CONNECTIONS>{rows}</ul>
        }
    })
}
