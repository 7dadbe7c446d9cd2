//! `/unsubscribe`: where the link at the end of a mail leads. Opening it changes nothing, because mail programs open links
//! by themselves; the button does.

use crate::components::{Icon, PageMeta, classes};
use crate::markup::{Node, html};
use contract::notice::NoticeKind;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use style::{class, icons};

/// The page.
pub(super) fn unsubscribe_page() -> Node {
    let query = use_query_map();
    let search = use_location().search;
    let of = move |key: &str| query.with(|query| query.get(key)).unwrap_or_default();
    let content = match (NoticeKind::parse(&of("done")), NoticeKind::parse(&of("k"))) {
        (Some(kind), _) => done(kind),
        (None, Some(kind)) => ask(kind, &search.get()),
        (None, None) => broken(),
    };
    html! {
        <PageMeta title="Mail" description="Ends mail of one kind."/>
        <div class=class::ENTRY>{content}</div>
    }
}

fn ask(kind: NoticeKind, search: &str) -> Node {
    html! {
        <div class=class::ENTRY_HEAD>
            <h1 tabindex="-1">"No more mail about this?"</h1>
            <p class=class::PAGE_LEAD>{format!("“{}” will only be in your inbox from now on.", kind.label())}</p>
        </div>
        <form method="post" action=format!("/unsubscribe?{search}")>
            <button class=classes(&[class::BTN, class::BTN_PRIMARY, class::BTN_BLOCK])>"End this mail"</button>
        </form>
    }
}

fn done(kind: NoticeKind) -> Node {
    html! {
        <div class=class::ENTRY_HEAD>
            <h1 tabindex="-1">"No more mail about this"</h1>
            <p class=class::PAGE_LEAD>{format!("“{}” is only in your inbox from now on.", kind.label())}</p>
        </div>
        <a class=classes(&[class::BTN, class::BTN_BLOCK]) href="/inbox"><Icon name=icons::INBOX/> "Change what you hear of"</a>
    }
}

fn broken() -> Node {
    html! {
        <div class=class::ENTRY_HEAD>
            <h1 tabindex="-1">"This link is not complete"</h1>
            <p class=class::PAGE_LEAD>"Copy the whole link from the mail, or choose in your inbox what you want to hear of."</p>
        </div>
        <a class=classes(&[class::BTN, class::BTN_BLOCK]) href="/inbox"><Icon name=icons::INBOX/> "Inbox"</a>
    }
}
