//! Review: what the integration will do and may reach, before anything is stored.

use super::frame;
use super::page::Actions;
use crate::components::{Icon, classes, count};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use contract::install::{WizardStep, WizardView};
use contract::listing::{CapabilitySummary, Permission};
use contract::policy::PolicyStanding;
use contract::{ErrorCode, PublicError};
use style::{class, icons};

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> Node {
    let content = html! {
        {failed(actions.begin)}
        {view.blocked.as_ref().map(blocked)}
        {view.policy.as_ref().map(|policy| approval(view, policy, actions))}
        {capabilities(&view.capabilities)}
        {reach(view)}
        <div class=class::WIZARD_FOOT>
            <a class=classes(&[class::BTN, class::BTN_QUIET]) href=format!("/integrations/{}", view.listing.id)>"Cancel"</a>
            {onward(view, actions)}
        </div>
    };
    let lead = "Nothing is called and nothing is stored until you go on.";
    frame::body("Review what it will do".to_owned(), lead, content, glance(view))
}

/// Why this person can't go on, and what to do.
pub(super) fn blocked(error: &PublicError) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_INFO])>
            <Icon name=icons::INFO/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{error.title.clone()}</p>
                <p>{error.detail.clone()} " " {error.next_step.clone()}</p>
            </div>
        </div>
    }
}

/// The way to an approval: the request that is there, or the form that asks for one.
pub(super) fn approval(view: &WizardView, policy: &PolicyStanding, actions: Actions) -> Node {
    let request = policy.request.as_ref().filter(|it| !it.good).map(|it| {
        let text = format!("Your request for {}: {}", it.version, it.state.label());
        html! { <p><a href=format!("/approvals/{}", it.id)>{text}</a></p> }
    });
    let ask = actions.ask;
    let form = policy.can_ask.then(|| {
        html! {
            {failed(ask)}
            <form class=class::FORM action=ask.address() method="post" on:submit=move |event| ask.submit(&event)>
                <input type="hidden" name="listing" value=view.listing.id.to_string()/>
                <div class=class::FIELD>
                    <label class=class::LABEL for="reason">"Why do you need it?"</label>
                    <textarea class=class::INPUT id="reason" name="reason" required=true maxlength="2000"></textarea>
                    <p class=class::HELP>"Your administrators read this, and answer here or by mail."</p>
                </div>
                <div class=class::ACTIONS>
                    <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || ask.busy()>
                        "Ask for approval"
                    </button>
                </div>
            </form>
        }
    });
    html! { {request} {form} }
}

/// The way on: sign in, begin, or go on with what was begun.
fn onward(view: &WizardView, actions: Actions) -> Node {
    match &view.blocked {
        Some(error) if error.code == ErrorCode::SignInRequired => {
            let address = format!("/sign-in?return_to=/integrations/{}/install", view.listing.id);
            return frame::onward(address, "Sign in to install".to_owned());
        }
        Some(_) => return Node::Nothing,
        None => {}
    }
    if view.installation.is_some() {
        return frame::onward(frame::to(view, WizardStep::Connect), "Continue".to_owned());
    }
    let action = actions.begin;
    let name = view.listing.name.clone();
    let id = view.listing.id.to_string();
    html! {
        <form action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="listing" value=id/>
            <button
                class=classes(&[class::BTN, class::BTN_PRIMARY])
                aria-busy=move || action.busy()
            >
                {format!("Install {name}")}
                <Icon name=icons::ARROW_RIGHT flip=true/>
            </button>
        </form>
    }
}

fn capabilities(capabilities: &[CapabilitySummary]) -> Node {
    let items = capabilities.iter().map(capability).collect::<Node>();
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"What it will do"</h2></div>
            <div class=class::PANEL_BODY><ul class=class::DONE_LIST>{items}</ul></div>
        </section>
    }
}

fn capability(it: &CapabilitySummary) -> Node {
    let sign = match it.kind.as_str() {
        "webhook" => icons::INBOX,
        "data_source" => icons::REFRESH,
        _ => icons::ARROW_RIGHT,
    };
    html! {
        <li class=classes(&[class::DONE_ITEM, class::TONE_INFO])>
            <Icon name=sign/>
            <span><strong>{it.title.clone()}</strong>": "{it.summary.clone()}</span>
        </li>
    }
}

/// Hosts and scopes with the reason for each.
fn reach(view: &WizardView) -> Node {
    let count = |number: usize, one: &str| count(u64::try_from(number).unwrap_or_default(), one);
    let counts = format!("{}, {}", count(view.hosts.len(), "host"), count(view.scopes.len(), "scope"));
    let facts = view.hosts.iter().chain(&view.scopes).map(permission).collect::<Node>();
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD>
                <h2 class=class::PANEL_TITLE>"What it may reach"</h2>
                <span class=class::COUNT>{counts}</span>
            </div>
            <dl class=classes(&[class::PANEL_BODY, class::FACTS, class::FACTS_WIDE])>{facts}</dl>
        </section>
    }
}

fn permission(it: &Permission) -> Node {
    let access = match it.access.as_str() {
        "" => Node::Nothing,
        "write" => pill(class::TONE_WARN, "Write"),
        _ => pill(class::TONE_STILL, "Read"),
    };
    html! {
        <div class=class::FACT>
            <dt><span class=class::MONO>{it.name.clone()}</span> " " {access}</dt>
            <dd>{it.why.clone()}</dd>
        </div>
    }
}

fn pill(tone: &'static str, text: &'static str) -> Node {
    html! { <span class=classes(&[class::PILL, tone])>{text}</span> }
}

fn glance(view: &WizardView) -> Node {
    let facts = [
        ("Version", view.version.clone()),
        ("Certification", view.listing.certification.label().to_owned()),
        ("Price", view.pricing.clone()),
        ("Data stays in", view.data_regions.join(", ")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| html! { <div class=class::FACT><dt>{name}</dt><dd>{value}</dd></div> })
    .collect::<Node>();
    html! {
        <section>
            <h2 class=class::ASIDE_TITLE>"At a glance"</h2>
            <dl class=class::FACTS>{facts}</dl>
        </section>
    }
}
