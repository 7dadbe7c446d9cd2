//! What the pages here share: heading and tabs that lead from one to the other, panels, tables, and what went wrong.

use crate::components::{PageMeta, classes, problem_notice, sign_in_address};
use crate::markup::{Node, html};
use crate::remote::FormAction;
use contract::ErrorCode;
use style::class;

/// Addresses and names of the pages.
const PLACES: [(&str, &str); 7] = [
    ("/inbox", "Inbox"),
    ("/settings/members", "Members"),
    ("/settings/organization", "Organization"),
    ("/settings/policy", "Install policy"),
    ("/settings/tokens", "API tokens"),
    ("/settings/account", "Account"),
    ("/audit", "Audit trail"),
];

/// A page with its heading and the tabs; `here` is its address.
pub fn page(here: &'static str, title: &'static str, lead: &'static str, part: String, content: Node) -> Node {
    let tabs = PLACES
        .iter()
        .map(|&(href, name)| {
            html! { <a class=class::TAB href=href aria-current=(href == here).then_some("page")>{name}</a> }
        })
        .collect::<Node>();
    html! {
        <PageMeta title=title description=lead part=part/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{title}</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
        </div>
        <nav class=classes(&[class::TABS, class::TABS_WRAP]) aria-label="Settings">{tabs}</nav>
        <div class=classes(&[class::LISTING_BODY, class::STACK])>{content}</div>
    }
}

/// A titled box.
pub fn panel(title: &'static str, content: Node) -> Node {
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>{title}</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>{content}</div>
        </section>
    }
}

/// A table in its frame, which scrolls by itself where it is too wide. Only screen readers hear a head that is `Actions`.
pub fn table(label: &'static str, heads: &[&'static str], rows: Node) -> Node {
    let heads = heads
        .iter()
        .map(|&head| {
            let quiet = (head == "Actions").then_some(class::SR);
            html! { <th scope="col"><span class=quiet>{head}</span></th> }
        })
        .collect::<Node>();
    html! {
        <div class=class::TABLE_BOX tabindex="0" role="region" aria-label=label>
            <table class=classes(&[class::TABLE, class::TABLE_STACK])>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// What went wrong with an action; a stale sign-in leads to a fresh one, and back here.
pub fn again(action: FormAction) -> Node {
    match action.problem() {
        Some(problem) if problem.0.code == ErrorCode::SignInAgain => html! {
            {problem_notice(&problem.0)}
            <p><a class=class::BTN href=sign_in_address()>"Sign in again"</a></p>
        },
        Some(problem) => problem_notice(&problem.0),
        None => Node::Nothing,
    }
}
