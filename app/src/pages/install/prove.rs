//! Prove: what to do on the other side, and data that arrives while one watches.

use super::frame;
use super::page::Actions;
use super::snippet::snippet;
use crate::components::Erase;
use crate::components::{Icon, TileSize, classes, tile_of};
use crate::pages::installed::failed::failed;
use crate::pages::installed::{events, live, report};
use contract::install::{ConnectionState, ProofOption, WizardStep, WizardView};
use contract::timestamp::span;
use leptos::form::ActionForm;
use leptos::prelude::*;
use style::{class, icons};

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> AnyView {
    let name = &view.listing.name;
    let proven = frame::proven(view);
    let (heading, lead) = if proven {
        (
            format!("{name} is connected"),
            "Data was seen on the real path. You hear about it when it goes silent or fails.",
        )
    } else {
        ("Prove that data flows".to_owned(), "The connection turns green when something has travelled the real path.")
    };
    let untested = (view.state == ConnectionState::Setup).then(|| untested(view));
    let proofs = view.proofs.iter().map(|proof| capability(view, proof, actions)).collect_view();
    let refused = view.last_proof.as_ref().filter(|proof| !proof.report.ok).map(|proof| report::verdict(proof, None));
    let seen = (!view.events.is_empty()).then(|| events::section(&view.events));
    let address = view.installation.as_ref().map(|id| format!("/installed/{id}")).unwrap_or_default();
    let finish = if proven {
        frame::onward(address, "Finish".to_owned())
    } else {
        view! { <a class=classes(&[class::BTN, class::BTN_QUIET]) href=address>"Finish later"</a> }.erase()
    };
    let content = view! {
        {untested}
        <div role="status">{if proven { proof_card(view) } else { waiting(view) }}</div>
        {(!proven).then(|| live::reload(&frame::to(view, WizardStep::Prove)))}
        {failed(move || actions.prove.value().get().and_then(Result::err))}
        {refused}
        {proofs}
        {seen}
        <div class=class::WIZARD_FOOT>
            {frame::back(view, WizardStep::Test)}
            {finish}
        </div>
    }
    .erase();
    frame::body(heading, lead, content, aside(proven))
}

fn aside(proven: bool) -> AnyView {
    if proven {
        return frame::note(
            "What happens next",
            &[
                "The connection is tested again and again. Its page shows what arrives, and what to do when something breaks.",
            ],
        );
    }
    frame::note(
        "It does not arrive?",
        &[
            "Some systems wait before they send: they group what belongs together first.",
            "Make sure that the other side was reloaded after the change, and that it may reach our address.",
            "A call that comes but is refused is counted on the page of this connection.",
        ],
    )
}

fn untested(view: &WizardView) -> AnyView {
    let address = frame::to(view, WizardStep::Test);
    frame::warning("The connection test has not passed since the last change. ", address, "Test it first")
}

fn waiting(view: &WizardView) -> AnyView {
    let note = if view.waiting_probe.is_some() {
        "The test was sent. It counts when it comes back through your system."
    } else {
        "This page listens. Real data counts too."
    };
    view! {
        <div class=class::WAIT>
            <span class=class::WAIT_PULSE aria-hidden="true"></span>
            <div class=class::GROW>
                <strong>"Waiting for the first event"</strong>
                <p class=class::VERDICT_NOTE>{note}</p>
            </div>
        </div>
    }
    .erase()
}

fn proof_card(view: &WizardView) -> AnyView {
    let took = span(view.time_to_first_event_ms.unwrap_or_default());
    view! {
        <section class=classes(&[class::VERDICT, class::TONE_OK])>
            <div class=class::VERDICT_HEAD>
                <Icon name=icons::CHECK_CIRCLE large=true/>
                <div>
                    <h2 class=class::VERDICT_TITLE>"Data flows"</h2>
                    <p class=class::VERDICT_NOTE>"It took the real path and is stored here."</p>
                </div>
            </div>
            <div class=class::VERDICT_BODY>
                <p>
                    <span class=class::PROOF_FIGURE>{took}</span>
                    " "
                    <span class=class::MUTED>"from the start of the installation to the first proof"</span>
                </p>
                <div class=class::ROUTE aria-hidden="true">
                    {tile_of(&view.listing, TileSize::Plain)}
                    <span class=class::ROUTE_WIRE></span>
                    <span class=class::TILE><Icon name=icons::INBOX/></span>
                </div>
            </div>
        </section>
    }
    .erase()
}

/// One capability: what to set up, and how it is proven.
fn capability(view: &WizardView, proof: &ProofOption, actions: Actions) -> AnyView {
    let it = &proof.capability;
    let setup = view.snippets.iter().filter(|snippet| snippet.capability == it.name).map(snippet).collect_view();
    let done = proof.proven_at.map(|at| {
        view! {
            <span class=classes(&[class::BADGE, class::TONE_OK])>
                <Icon name=icons::CHECK_CIRCLE small=true/>
                "Proven " <time datetime=at.rfc3339()>{at.date_time()}</time>
            </span>
        }
    });
    view! {
        <section class=classes(&[class::STACK, class::STACK_S])>
            <h2>{it.title.clone()}</h2>
            <p class=class::MUTED>{it.summary.clone()}</p>
            {setup}
            {button(view, proof, actions)}
            {done}
        </section>
    }
    .erase()
}

fn button(view: &WizardView, proof: &ProofOption, actions: Actions) -> AnyView {
    let (text, note) = match proof.how.as_str() {
        "probe" => ("Send a test event", "One tagged event goes to your system and has to come back."),
        "poll" => ("Read now", "Reads once. An answer without events is proof as well."),
        "action" => ("Send a test message", "Sends one message that says that it is a test."),
        _ => {
            let text = "Only real data proves this: cause an event on the other side. It shows here when it arrives.";
            return view! { <p class=class::HELP>{text}</p> }.erase();
        }
    };
    if !frame::done(view, WizardStep::Connect) {
        return ().erase();
    }
    let pending = actions.prove.pending();
    let subject = frame::subject(&view.listing.id, view.installation.as_ref());
    let name = proof.capability.name.clone();
    let main = proof.proven_at.is_none();
    let class = if main { classes(&[class::BTN, class::BTN_PRIMARY]) } else { class::BTN.to_owned() };
    view! {
        <ActionForm action=actions.prove attr:class=class::ACTIONS>
            {subject}
            <input type="hidden" name="capability" value=name/>
            <button class=class aria-busy=move || pending.get().then_some("true")><Icon name=icons::ZAP/> {text}</button>
            <span class=class::HELP>{note}</span>
        </ActionForm>
    }
    .erase()
}
