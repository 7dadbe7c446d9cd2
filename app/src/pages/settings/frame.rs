//! What the pages here share: heading and tabs that lead from one to the other, panels, tables, and what went wrong.

use crate::components::{PageMeta, classes, field_error};
use crate::markup::{Child, Node, html};
use crate::pages::installed::failed::notice;
use crate::remote::FormAction;
use style::class;

/// Addresses and names of the pages.
const PLACES: [(&str, &str); 8] = [
    ("/inbox", "Inbox"),
    ("/settings/members", "Members"),
    ("/settings/organization", "Organization"),
    ("/settings/sign-in", "Sign-in"),
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

/// What went wrong with a form whose fields say themselves what is wrong with them.
pub fn said_by_field(action: FormAction) -> Node {
    (move || action.problem().filter(|problem| problem.0.field.is_none()).map(|problem| notice(&problem.0))).into_node()
}

/// A field of a form: its label, what is entered, and what was wrong with that.
pub fn entry(action: FormAction, name: &'static str, label: &'static str, input: Node) -> Node {
    let wrong = move || {
        let problem = action.problem().filter(|problem| problem.0.field.as_deref() == Some(name));
        problem.map(|problem| field_error(format!("{name}-x"), format!("{} {}", problem.0.detail, problem.0.next_step)))
    };
    let label = (!label.is_empty()).then(|| html! { <label class=class::LABEL for=name>{label}</label> });
    html! {
        <div class=class::FIELD>
            {label}
            {input}
            <div id=format!("{name}-e")>{wrong}</div>
        </div>
    }
}
