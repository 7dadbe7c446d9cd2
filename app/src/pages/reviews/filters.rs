//! Filters and order as a form, and the way to the other pages.

use super::address::with_query;
use crate::components::{Icon, classes, count, number};
use crate::markup::{Child, Node, html};
use contract::listing::ListingCard;
use contract::review::{OrganizationSize, REVIEWS_PAGE, ReviewOrder, ReviewPage, ReviewQuery};
use style::{class, icons};

fn option(value: String, label: String, chosen: bool) -> Node {
    html! { <option value=value selected=chosen prop:selected=chosen>{label}</option> }
}

fn select(name: &'static str, label: &'static str, options: Node) -> Node {
    let mut id = String::from("reviews-");
    id.push_str(name);
    html! {
        <div class=class::FIELD>
            <label class=class::LABEL for=id.clone()>{label}</label>
            <select class=classes(&[class::INPUT, class::SELECT]) id=id name=name autocomplete="off">{options}</select>
        </div>
    }
}

/// The form.
pub fn filters(card: &ListingCard, page: &ReviewPage, query: &ReviewQuery) -> Node {
    let any = |label: &str, chosen: bool| std::iter::once(option(String::new(), label.to_owned(), chosen));
    let stars = (1..=5_u8).rev().map(|it| option(it.to_string(), count(it.into(), "star"), query.stars == Some(it)));
    let releases = page.releases.iter().map(|it| option(it.clone(), it.clone(), query.release == *it));
    let sizes =
        OrganizationSize::ALL.iter().map(|it| option(it.as_str().into(), it.label().into(), query.size == Some(*it)));
    let orders = ReviewOrder::ALL.iter().map(|it| option(it.as_str().into(), it.label().into(), query.order == *it));
    let stars = any("Any", query.stars.is_none()).chain(stars).collect::<Node>();
    let releases = any("Any", query.release.is_empty()).chain(releases).collect::<Node>();
    let sizes = any("Any", query.size.is_none()).chain(sizes).collect::<Node>();
    let mut action = String::from("/integrations/");
    action.push_str(card.id.as_str());
    html! {
        <form class=class::REVIEW_FILTERS method="get" action=action aria-label="Filter reviews">
            <input type="hidden" name="tab" value="reviews"/>
            {select("stars", "Rating", stars)}
            {select("release", "Release", releases)}
            {select("size", "Organization", sizes)}
            {select("order", "Order", orders.collect::<Node>())}
            <button class=class::BTN><Icon name=icons::FILTER/> "Show"</button>
        </form>
    }
}

/// The pages before and behind this one; nothing where one page holds everything.
pub fn pager(card: &ListingCard, page: &ReviewPage, query: &ReviewQuery) -> Option<Node> {
    if page.total <= REVIEWS_PAGE {
        return None;
    }
    let first = (query.page - 1) * REVIEWS_PAGE + 1;
    let last = (first - 1).saturating_add(u32::try_from(page.reviews.len()).unwrap_or_default());
    let mut range = number(first.into());
    for part in ["–", &number(last.into()), " of ", &number(page.total.into())] {
        range.push_str(part);
    }
    let link = |to: u32, rel: &'static str, icon: &'static str, label: &'static str| {
        let href = with_query(&card.id, &ReviewQuery { page: to, ..query.clone() });
        html! {
            <li>
                <a class=class::PAGE href=href rel=rel>
                    <Icon name=icon flip=true/>
                    <span class=class::SR>{label}</span>
                </a>
            </li>
        }
    };
    let before = (query.page > 1).then(|| link(query.page - 1, "prev", icons::ARROW_LEFT, "Reviews before these"));
    let next = (last < page.total).then(|| link(query.page + 1, "next", icons::ARROW_RIGHT, "More reviews"));
    let view = html! {
        <nav class=class::PAGER aria-label="Pages of reviews">
            <span>{range}</span>
            <ul class=class::PAGER_PAGES>{before} {next}</ul>
        </nav>
    };
    Some(view.into_node())
}
