//! Review: what the integration will do and may reach, before anything is stored.

use super::frame;
use super::page::Actions;
use crate::components::Erase;
use crate::components::{Icon, classes, count};
use crate::pages::installed::failed::failed;
use contract::install::{WizardStep, WizardView};
use contract::listing::{CapabilitySummary, Permission};
use contract::{ErrorCode, PublicError};
use leptos::form::ActionForm;
use leptos::prelude::*;
use style::{class, icons};

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> AnyView {
    let content = view! {
        {failed(move || actions.begin.value().get().and_then(Result::err))}
        {view.blocked.as_ref().map(blocked)}
        {capabilities(&view.capabilities)}
        {reach(view)}
        <div class=class::WIZARD_FOOT>
            <a class=classes(&[class::BTN, class::BTN_QUIET]) href=format!("/integrations/{}", view.listing.id)>"Cancel"</a>
            {onward(view, actions)}
        </div>
    }
    .erase();
    let lead = "Nothing is called and nothing is stored until you go on.";
    frame::body("Review what it will do".to_owned(), lead, content, glance(view))
}

/// Why this person can't go on, and what to do.
fn blocked(error: &PublicError) -> AnyView {
    view! {
        <div class=classes(&[class::NOTICE, class::TONE_INFO])>
            <Icon name=icons::INFO/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{error.title.clone()}</p>
                <p>{error.detail.clone()} " " {error.next_step.clone()}</p>
            </div>
        </div>
    }
    .erase()
}

/// The way on: sign in, begin, or go on with what was begun.
fn onward(view: &WizardView, actions: Actions) -> AnyView {
    match &view.blocked {
        Some(error) if error.code == ErrorCode::SignInRequired => {
            let address = format!("/sign-in?return_to=/integrations/{}/install", view.listing.id);
            return frame::onward(address, "Sign in to install".to_owned());
        }
        Some(_) => return ().erase(),
        None => {}
    }
    if view.installation.is_some() {
        return frame::onward(frame::to(view, WizardStep::Connect), "Continue".to_owned());
    }
    let pending = actions.begin.pending();
    let name = view.listing.name.clone();
    let id = view.listing.id.to_string();
    view! {
        <ActionForm action=actions.begin>
            <input type="hidden" name="listing" value=id/>
            <button
                class=classes(&[class::BTN, class::BTN_PRIMARY])
                aria-busy=move || pending.get().then_some("true")
            >
                {format!("Install {name}")}
                <Icon name=icons::ARROW_RIGHT flip=true/>
            </button>
        </ActionForm>
    }
    .erase()
}

fn capabilities(capabilities: &[CapabilitySummary]) -> AnyView {
    let items = capabilities.iter().map(capability).collect_view();
    view! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"What it will do"</h2></div>
            <div class=class::PANEL_BODY><ul class=class::DONE_LIST>{items}</ul></div>
        </section>
    }
    .erase()
}

fn capability(it: &CapabilitySummary) -> AnyView {
    let sign = match it.kind.as_str() {
        "webhook" => icons::INBOX,
        "data_source" => icons::REFRESH,
        _ => icons::ARROW_RIGHT,
    };
    view! {
        <li class=classes(&[class::DONE_ITEM, class::TONE_INFO])>
            <Icon name=sign/>
            <span><strong>{it.title.clone()}</strong>": "{it.summary.clone()}</span>
        </li>
    }
    .erase()
}

/// Hosts and scopes with the reason for each.
fn reach(view: &WizardView) -> AnyView {
    let count = |number: usize, one: &str| count(u64::try_from(number).unwrap_or_default(), one);
    let counts = format!("{}, {}", count(view.hosts.len(), "host"), count(view.scopes.len(), "scope"));
    let facts = view.hosts.iter().chain(&view.scopes).map(permission).collect_view();
    view! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD>
                <h2 class=class::PANEL_TITLE>"What it may reach"</h2>
                <span class=class::COUNT>{counts}</span>
            </div>
            <dl class=classes(&[class::PANEL_BODY, class::FACTS, class::FACTS_WIDE])>{facts}</dl>
        </section>
    }
    .erase()
}

fn permission(it: &Permission) -> AnyView {
    let access = match it.access.as_str() {
        "" => ().erase(),
        "write" => pill(class::TONE_WARN, "Write"),
        _ => pill(class::TONE_STILL, "Read"),
    };
    view! {
        <div class=class::FACT>
            <dt><span class=class::MONO>{it.name.clone()}</span> " " {access}</dt>
            <dd>{it.why.clone()}</dd>
        </div>
    }
    .erase()
}

fn pill(tone: &'static str, text: &'static str) -> AnyView {
    view! { <span class=classes(&[class::PILL, tone])>{text}</span> }.erase()
}

fn glance(view: &WizardView) -> AnyView {
    let facts = [
        ("Version", view.version.clone()),
        ("Certification", view.listing.certification.label().to_owned()),
        ("Price", view.pricing.clone()),
        ("Data stays in", view.data_regions.join(", ")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| view! { <div class=class::FACT><dt>{name}</dt><dd>{value}</dd></div> })
    .collect_view();
    view! {
        <section>
            <h2 class=class::ASIDE_TITLE>"At a glance"</h2>
            <dl class=class::FACTS>{facts}</dl>
        </section>
    }
    .erase()
}
