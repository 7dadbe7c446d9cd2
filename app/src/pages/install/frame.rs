//! What all steps share: what is being installed, where one is, and the parts of a step's page.

use crate::components::{Icon, TileSize, classes, tile_of};
use crate::markup::{Child, Node, html};
use contract::install::{ConnectionState, FormField, WizardStep, WizardView};
use contract::{InstallationId, ListingId};
use style::{class, icons};

/// Address of a step.
pub fn step_address(listing: &ListingId, installation: Option<&InstallationId>, step: WizardStep) -> String {
    match installation {
        Some(installation) => {
            format!("/integrations/{listing}/install?installation={installation}&step={}", step.as_str())
        }
        None => format!("/integrations/{listing}/install?step={}", step.as_str()),
    }
}

/// Address of another step of the same installation.
pub fn to(view: &WizardView, step: WizardStep) -> String {
    step_address(&view.listing.id, view.installation.as_ref(), step)
}

/// Tells an action which installation it is about.
pub fn subject(listing: &ListingId, installation: Option<&InstallationId>) -> Node {
    html! {
        <input type="hidden" name="listing" value=listing.to_string()/>
        <input type="hidden" name="installation" value=installation.map(ToString::to_string)/>
    }
}

/// Whether a step is done.
pub fn done(view: &WizardView, step: WizardStep) -> bool {
    match step {
        WizardStep::Plan => view.plan.as_ref().is_some_and(|plan| plan.works),
        WizardStep::Review => view.installation.is_some(),
        WizardStep::Connect => view.installation.is_some() && view.fields.iter().all(complete),
        WizardStep::Test => tested(view),
        WizardStep::Prove => proven(view),
    }
}

fn complete(field: &FormField) -> bool {
    field.error.is_none() && (!field.spec.required || field.stored || !field.value.is_empty())
}

/// Whether the last test passed and nothing was changed since.
pub fn tested(view: &WizardView) -> bool {
    view.state != ConnectionState::Setup && view.last_test.as_ref().is_some_and(|test| test.report.ok)
}

/// Whether data was seen.
pub fn proven(view: &WizardView) -> bool {
    view.time_to_first_event_ms.is_some() && view.state != ConnectionState::Setup
}

/// What is being installed.
pub fn head(view: &WizardView) -> Node {
    let listing = &view.listing;
    let leave = if view.installation.is_some() { "Leave the wizard; your draft is kept" } else { "Leave the wizard" };
    html! {
        <div class=class::WIZARD_HEAD>
            {tile_of(listing, TileSize::Plain)}
            <div>
                <p class=class::WIZARD_TITLE><strong>{format!("Install {}", listing.name)}</strong></p>
                <p class=class::CARD_BY>{format!("{} · by {}", view.version, listing.partner_name)}</p>
            </div>
            <a
                class=classes(&[class::BTN, class::BTN_QUIET, class::BTN_ICON, class::PUSH])
                href=format!("/integrations/{}", listing.id)
                aria-label=leave
            >
                <Icon name=icons::X/>
            </a>
        </div>
    }
}

/// Where one is. Steps that are done lead back.
pub fn steps(view: &WizardView, now: WizardStep) -> Node {
    // Where nothing is sold there is nothing to choose.
    let steps = WizardStep::ALL.into_iter().filter(|step| *step != WizardStep::Plan || view.plan.is_some());
    let steps = steps.zip(1_u8..).map(|(step, number)| mark(view, step, number, now)).collect::<Node>();
    html! { <nav aria-label="Steps"><ol class=class::STEPS>{steps}</ol></nav> }
}

fn mark(view: &WizardView, step: WizardStep, number: u8, now: WizardStep) -> Node {
    let current = step == now;
    let done = done(view, step);
    let class = if done { classes(&[class::STEP, class::STEP_DONE]) } else { class::STEP.to_owned() };
    let sign = if done && !current {
        html! { <Icon name=icons::CHECK small=true/> }
    } else {
        number.to_string().into_node()
    };
    let name = html! {
        <span class=class::STEP_NUM>{sign}</span>
        {step.label()}
        {done.then(|| html! { <span class=class::SR>" (done)"</span> })}
    };
    let mark = if done && !current {
        html! { <a class=class::STEP_MARK href=to(view, step)>{name}</a> }
    } else {
        html! { <span class=class::STEP_MARK>{name}</span> }
    };
    html! { <li class=class aria-current=current.then_some("step")>{mark}</li> }
}

/// A step's page: heading, content, and what stands beside it.
pub fn body(heading: String, lead: &str, content: Node, aside: Node) -> Node {
    html! {
        <div class=class::WIZARD_BODY>
            <div class=class::WIZARD_MAIN>
                <div>
                    <h1 tabindex="-1">{heading}</h1>
                    <p class=class::WIZARD_LEAD>{lead.to_owned()}</p>
                </div>
                {content}
            </div>
            <aside class=class::ASIDE aria-label="About this step">{aside}</aside>
        </div>
    }
}

/// A titled text beside a step.
pub fn note(title: &'static str, paragraphs: &[&'static str]) -> Node {
    let paragraphs = paragraphs.iter().map(|text| html! { <p class=class::MUTED>{*text}</p> }).collect::<Node>();
    html! {
        <section class=classes(&[class::STACK, class::STACK_S, class::SMALL])>
            <h2 class=class::ASIDE_TITLE>{title}</h2>
            {paragraphs}
        </section>
    }
}

/// What stands in the way of a step, and the link that clears it.
pub fn warning(text: &'static str, address: String, link: &'static str) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_WARN])>
            <Icon name=icons::ALERT_TRIANGLE/>
            <div class=class::NOTICE_BODY><p>{text}<a href=address>{link}</a>"."</p></div>
        </div>
    }
}

/// Link to the step before.
pub fn back(view: &WizardView, step: WizardStep) -> Node {
    html! { <a class=class::BTN href=to(view, step)><Icon name=icons::ARROW_LEFT flip=true/> "Back"</a> }
}

/// The one main link of a step.
pub fn onward(address: String, text: String) -> Node {
    html! {
        <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href=address>
            {text} <Icon name=icons::ARROW_RIGHT flip=true/>
        </a>
    }
}

/// Moves the focus to the first element that matches, once it is in the page. Does nothing on the server.
pub fn focus(selector: &'static str) {
    #[cfg(feature = "hydrate")]
    leptos::prelude::request_animation_frame(move || {
        use wasm_bindgen::JsCast;
        let found = leptos::prelude::document().query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = selector;
}
