//! `/staff/discovery`: what people look for, what they open, and what comes of it.

use crate::components::{Column, PageMeta, classes, figures_table, load, number, skeleton};
use crate::markup::{Node, html};
use crate::pages::choose::{Bar, bars};
use crate::remote::resource;
use crate::server_fns::insight::ask_insight;
use contract::insight::{AskedFor, Funnel, Insight};
use style::class;

/// The page.
pub(super) fn discovery_page() -> Node {
    load(resource(ask_insight), skeleton::lines, |insight| page(&insight))
}

const LEAD: &str =
    "What people search for, what they open, and what comes of it. Counted by day, without any person in it.";

fn page(it: &Insight) -> Node {
    let body = if it.searches == 0 && it.listings.is_empty() { empty(it.days) } else { sections(it) };
    html! {
        <PageMeta title="Discovery" description=LEAD/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Discovery"</h1>
                <p class=class::PAGE_LEAD>{LEAD}</p>
            </div>
        </div>
        {body}
    }
}

fn empty(days: u32) -> Node {
    html! {
        <div class=class::EMPTY>
            <h2>"Nobody has looked for anything yet"</h2>
            <p>"Searches and visits of the last " {days.to_string()} " days appear here."</p>
        </div>
    }
}

/// `42 %`; nothing of nothing is nothing.
fn share(part: u32, of: u32) -> String {
    let percent = (u64::from(part) * 100).checked_div(u64::from(of)).unwrap_or(0);
    [&percent.to_string(), " %"].concat()
}

fn sections(it: &Insight) -> Node {
    let figures = [
        ("Searches", number(it.searches.into())),
        ("Found nothing", share(it.empty, it.searches)),
        ("Results opened", number(it.opened.into())),
        ("Opened the first", share(it.positions.first().copied().unwrap_or(0), it.opened)),
    ];
    let figures = figures.into_iter().map(|(label, value)| {
        html! {
            <div class=class::FIGURE>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    html! {
        <p class=classes(&[class::SMALL, class::MUTED, class::BELOW])>"The last " {it.days.to_string()} " days."</p>
        <dl class=class::FIGURES>{figures.collect::<Node>()}</dl>
        {section("Searched for most", &[Column::Text("Query"), Column::Number("Searches"), Column::Number("Opened")], it.top.iter().map(asked).collect(), it.top.is_empty())}
        {section("Found nothing", &[Column::Text("Query"), Column::Number("Searches")], it.nothing.iter().map(missed).collect(), it.nothing.is_empty())}
        {(it.opened > 0).then(|| positions(it))}
        {section(
            "From a look to an installation",
            &[Column::Text("Integration"), Column::Number("Looks"), Column::Number("Begun"), Column::Number("Proven")],
            it.listings.iter().map(funnel).collect(),
            it.listings.is_empty(),
        )}
    }
}

fn section(title: &'static str, columns: &[Column], rows: Node, nothing: bool) -> Node {
    let body = if nothing {
        html! { <p>"Nothing so far."</p> }
    } else {
        figures_table(title, columns, rows)
    };
    html! {
        <section class=class::SECTION>
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE>{title}</h2></div>
            {body}
        </section>
    }
}

fn figure(value: u32) -> Node {
    html! { <td class=class::NUM>{number(value.into())}</td> }
}

fn query(q: &str) -> Node {
    let mut href = String::from("/search?q=");
    crate::pages::encode(q, &mut href);
    html! { <th scope="row"><a href=href>{q.to_owned()}</a></th> }
}

fn asked(it: &AskedFor) -> Node {
    html! { <tr>{query(&it.q)} {figure(it.searches)} {figure(it.opened)}</tr> }
}

fn missed(it: &AskedFor) -> Node {
    html! { <tr>{query(&it.q)} {figure(it.searches)}</tr> }
}

fn funnel(it: &Funnel) -> Node {
    html! {
        <tr>
            <th scope="row"><a href=format!("/integrations/{}", it.card.id)>{it.card.name.clone()}</a></th>
            {figure(it.views)}
            {figure(it.begun)}
            {figure(it.proven)}
        </tr>
    }
}

/// Which places of results are opened, as a picture and in numbers.
fn positions(it: &Insight) -> Node {
    const NAMES: [&str; 10] = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"];
    let places = NAMES.iter().zip(&it.positions);
    let drawn: Vec<Bar> = places
        .map(|(label, opened)| Bar { label, amount: i64::from(*opened), text: number((*opened).into()) })
        .collect();
    let summary =
        format!("Results opened by place: {} of {} were the first.", it.positions.first().unwrap_or(&0), it.opened);
    html! {
        <section class=class::SECTION>
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE>"Opened by place"</h2></div>
            {bars(summary, &drawn)}
        </section>
    }
}
