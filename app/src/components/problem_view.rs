//! Problems, as designed pages and notices: what happened, what to do next, and how to find it in the log.

use super::{Icon, PageMeta, classes};
use crate::markup::{Node, html};
use crate::server_fns::Problem;
use contract::{ErrorCode, PublicError};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use style::{class, icons};

/// Where this page sends people who must sign in first: back here afterwards.
pub fn sign_in_address() -> String {
    let location = use_location();
    let mut here = location.pathname.get();
    let search = location.search.get();
    if !search.is_empty() {
        here.push('?');
        here.push_str(&search);
    }
    let mut out = String::from("/sign-in?return_to=");
    crate::pages::encode(&here, &mut out);
    out
}

/// A page instead of the one that was asked for. Used by `load`.
pub fn problem_page(problem: Problem) -> Node {
    let PublicError { code, title, detail, next_step, trace_id, .. } = problem.0;
    let mut stamp = code.status().to_string();
    if let Some(trace) = trace_id.filter(|trace| !trace.is_empty()) {
        stamp.push_str(" · request ");
        stamp.push_str(&trace);
    }
    let way_on = if code == ErrorCode::SignInRequired {
        html! { <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href=sign_in_address()>"Sign in"</a> }
    } else {
        let here = use_location().pathname.get_untracked();
        html! {
            <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href=here rel="external">
                <Icon name=icons::REFRESH/>
                "Try again"
            </a>
        }
    };
    html! {
        <PageMeta title=title.clone() description=detail.clone()/>
        <div class=class::LOST>
            <p class=class::LOST_CODE>{stamp}</p>
            <h1 tabindex="-1">{title}</h1>
            <p class=class::PAGE_LEAD>{detail} " " {next_step}</p>
            <div class=class::ACTIONS>{way_on} {home_link()}</div>
        </div>
    }
}

/// The page for an address where there is nothing. Sets the status of the answer.
pub fn not_found_page() -> Node {
    #[cfg(feature = "ssr")]
    crate::context::set_status(404);
    let path = use_location().pathname.get_untracked();
    html! {
        <PageMeta title="Not found" description="There is no such page."/>
        <div class=class::LOST>
            <p class=class::LOST_CODE>"404 · " {path}</p>
            <h1 tabindex="-1">"There is no such page"</h1>
            <p class=class::PAGE_LEAD>
                "The address may be misspelt, or what was here is gone. Search for it, or start from the categories."
            </p>
            <div class=class::ACTIONS>
                <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href="/search">
                    <Icon name=icons::SEARCH/>
                    "Search integrations"
                </a>
                {home_link()}
            </div>
        </div>
    }
}

fn home_link() -> Node {
    html! {
        <a class=class::BTN href="/">
            <Icon name=icons::HOME/>
            "Home"
        </a>
    }
}

/// A notice inside of a page that is otherwise fine.
pub fn problem_notice(problem: &PublicError) -> Node {
    let sign_in =
        (problem.code == ErrorCode::SignInRequired).then(|| html! { <p><a href=sign_in_address()>"Sign in"</a></p> });
    let trace = problem.trace_id.clone().filter(|trace| !trace.is_empty()).map(|trace| {
        html! { <p class=classes(&[class::SMALL, class::MUTED])>"Request " <span class=class::MONO>{trace}</span></p> }
    });
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_BAD]) role="alert">
            <Icon name=icons::ALERT_CIRCLE/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{problem.title.clone()}</p>
                <p>{problem.detail.clone()} " " {problem.next_step.clone()}</p>
                {sign_in}
                {trace}
            </div>
        </div>
    }
}
