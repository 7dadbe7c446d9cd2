//! `/compare?ids=a,b,c`: up to four listings side by side. The address holds everything, so it can be shared.

use crate::components::{Icon, PageMeta, TileSize, classes, load, skeleton, tile_of};
use crate::markup::{Node, html};
use crate::pages::encode;
use crate::remote::resource;
use crate::server_fns::discover::ask_comparison;
use contract::compare::{ComparedRow, Comparison, MAX_COMPARED};
use contract::listing::ListingCard;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use style::{class, icons};

/// The page.
pub(super) fn compare_page() -> Node {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| (query.get("ids").unwrap_or_default(), query.get("q").unwrap_or_default()))
    });
    let data = resource(move || {
        let (ids, q) = asked.get();
        ask_comparison(ids, q)
    });
    load(data, skeleton::page, move |it: Comparison| view(&it, &asked.get_untracked().1))
}

/// The address of a comparison.
pub fn address(ids: &[&str]) -> String {
    let mut out = String::from("/compare?ids=");
    encode(&ids.join(","), &mut out);
    out
}

fn view(it: &Comparison, q: &str) -> Node {
    let names: Vec<&str> = it.listings.iter().map(|card| card.name.as_str()).collect();
    let title = if names.is_empty() { "Compare integrations".to_owned() } else { names.join(" vs ") };
    let lead = match it.listings.len() {
        0 => "Pick up to four integrations and see what differs.",
        1 => "Add another one to see what differs.",
        _ => "What differs stands out; what all have in common is grey. The address of this page can be shared.",
    };
    html! {
        <PageMeta title=title.clone() description="Integrations side by side: what they can do, what they may do, what they cost."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{title}</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
        </div>
        {unknown(&it.unknown)}
        {(!it.listings.is_empty()).then(|| table(it))}
        {(it.listings.len() < MAX_COMPARED).then(|| add(it, q))}
    }
}

fn unknown(ids: &[String]) -> Node {
    if ids.is_empty() {
        return Node::Nothing;
    }
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_WARN]) role="status">
            <Icon name=icons::ALERT_TRIANGLE/>
            <div class=class::NOTICE_BODY><p>{format!("There is no integration called {}.", ids.join(", "))}</p></div>
        </div>
    }
}

fn table(it: &Comparison) -> Node {
    let heads = it.listings.iter().map(|card| head(it, card)).collect::<Node>();
    let rows = it.rows.iter().map(|row| line(it, row)).collect::<Node>();
    html! {
        <div class=class::TABLE_BOX tabindex="0" role="region" aria-label="Comparison">
            <table class=classes(&[class::TABLE, class::COMPARE])>
                <thead>
                    <tr><th scope="col"><span class=class::SR>"Property"</span></th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn head(it: &Comparison, card: &ListingCard) -> Node {
    let rest: Vec<&str> = it.listings.iter().filter(|other| other.id != card.id).map(|it| it.id.as_str()).collect();
    html! {
        <th scope="col">
            <div class=class::COMPARE_HEAD>
                {tile_of(card, TileSize::Small)}
                <a href=format!("/integrations/{}", card.id)>{card.name.clone()}</a>
                <a class=class::SMALL href=address(&rest)>
                    "Remove"
                    <span class=class::SR>{format!(" {}", card.name)}</span>
                </a>
            </div>
        </th>
    }
}

fn line(it: &Comparison, row: &ComparedRow) -> Node {
    let cells = row
        .values
        .iter()
        .zip(&it.listings)
        .map(|(values, card)| html! { <td data-label=card.name.clone()>{cell(values)}</td> })
        .collect::<Node>();
    html! {
        <tr class=row.same.then_some(class::COMPARE_SAME)>
            <th scope="row">{row.label.clone()}</th>
            {cells}
        </tr>
    }
}

fn cell(values: &[String]) -> Node {
    match values {
        [] => html! { <span aria-hidden="true">"–"</span><span class=class::SR>"None"</span> },
        [one] => html! { {one.clone()} },
        many => {
            let items = many.iter().map(|value| html! { <li>{value.clone()}</li> }).collect::<Node>();
            html! { <ul class=class::COMPARE_LIST>{items}</ul> }
        }
    }
}

/// Another one: from a search, or among similar ones.
fn add(it: &Comparison, q: &str) -> Node {
    let ids: Vec<&str> = it.listings.iter().map(|card| card.id.as_str()).collect();
    let offers = it.offers.iter().map(|card| offer(&ids, card)).collect::<Node>();
    let nothing = (!q.is_empty() && it.offers.is_empty())
        .then(|| html! { <p class=class::MUTED>{format!("Nothing was found for “{q}”.")}</p> });
    html! {
        <section class=class::SECTION aria-labelledby="add">
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE id="add">"Add an integration"</h2></div>
            <form class=class::ACTIONS method="get" action="/compare" role="search">
                <input type="hidden" name="ids" value=ids.join(",")/>
                <label class=class::SR for="add-q">"Name of another integration"</label>
                <input
                    class=classes(&[class::INPUT, class::GROW])
                    id="add-q"
                    name="q"
                    type="search"
                    value=q.to_owned()
                    placeholder="Name of another integration"
                    autocomplete="off"
                />
                <button class=class::BTN><Icon name=icons::SEARCH/> "Find"</button>
            </form>
            {nothing}
            <ul class=class::OFFERS>{offers}</ul>
        </section>
    }
}

fn offer(ids: &[&str], card: &ListingCard) -> Node {
    let more: Vec<&str> = ids.iter().copied().chain([card.id.as_str()]).collect();
    html! {
        <li>
            <a class=class::BTN href=address(&more)>
                <Icon name=icons::PLUS/>
                {card.name.clone()}
            </a>
        </li>
    }
}
