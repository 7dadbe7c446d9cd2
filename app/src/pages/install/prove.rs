//! Prove: what to do on the other side, and data that arrives while one watches.

use super::frame;
use super::page::Actions;
use super::snippet::snippet;
use crate::components::{Icon, TileSize, classes, tile_of};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::pages::installed::{events, live, report};
use contract::install::{ConnectionState, ProofOption, WizardStep, WizardView};
use contract::timestamp::span;
use style::{class, icons};

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> Node {
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
    let proofs = view.proofs.iter().map(|proof| capability(view, proof, actions)).collect::<Node>();
    let refused = view.last_proof.as_ref().filter(|proof| !proof.report.ok).map(|proof| report::verdict(proof, None));
    let seen = (!view.events.is_empty()).then(|| events::section(&view.events));
    let address = view.installation.as_ref().map(|id| format!("/installed/{id}")).unwrap_or_default();
    let finish = if proven {
        frame::onward(address, "Finish".to_owned())
    } else {
        html! { <a class=classes(&[class::BTN, class::BTN_QUIET]) href=address>"Finish later"</a> }
    };
    let content = html! {
        {untested}
        <div role="status">{if proven { proof_card(view) } else { waiting(view) }}</div>
        {(!proven).then(|| live::reload(&frame::to(view, WizardStep::Prove)))}
        {failed(actions.prove)}
        {refused}
        {proofs}
        {seen}
        <div class=class::WIZARD_FOOT>
            {frame::back(view, WizardStep::Test)}
            {finish}
        </div>
    };
    frame::body(heading, lead, content, aside(proven))
}

fn aside(proven: bool) -> Node {
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

fn untested(view: &WizardView) -> Node {
    let address = frame::to(view, WizardStep::Test);
    frame::warning("The connection test has not passed since the last change. ", address, "Test it first")
}

fn waiting(view: &WizardView) -> Node {
    let note = if view.waiting_probe.is_some() {
        "The test was sent. It counts when it comes back through your system."
    } else {
        "This page listens. Real data counts too."
    };
    html! {
        <div class=class::WAIT>
            <span class=class::WAIT_PULSE aria-hidden="true"></span>
            <div class=class::GROW>
                <strong>"Waiting for the first event"</strong>
                <p class=class::VERDICT_NOTE>{note}</p>
            </div>
        </div>
    }
}

fn proof_card(view: &WizardView) -> Node {
    let took = span(view.time_to_first_event_ms.unwrap_or_default());
    html! {
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
}

/// One capability: what to set up, and how it is proven.
fn capability(view: &WizardView, proof: &ProofOption, actions: Actions) -> Node {
    let it = &proof.capability;
    let setup = view.snippets.iter().filter(|snippet| snippet.capability == it.name).map(snippet).collect::<Node>();
    let done = proof.proven_at.map(|at| {
        html! {
            <span class=classes(&[class::BADGE, class::TONE_OK])>
                <Icon name=icons::CHECK_CIRCLE small=true/>
                "Proven " <time datetime=at.rfc3339()>{at.date_time()}</time>
            </span>
        }
    });
    html! {
        <section class=classes(&[class::STACK, class::STACK_S])>
            <h2>{it.title.clone()}</h2>
            <p class=class::MUTED>{it.summary.clone()}</p>
            {setup}
            {button(view, proof, actions)}
            {done}
        </section>
    }
}

fn button(view: &WizardView, proof: &ProofOption, actions: Actions) -> Node {
    let (text, note) = match proof.how.as_str() {
        "probe" => ("Send a test event", "One tagged event goes to your system and has to come back."),
        "poll" => ("Read now", "Reads once. An answer without events is proof as well."),
        "action" => ("Send a test message", "Sends one message that says that it is a test."),
        _ => {
            let text = "Only real data proves this: cause an event on the other side. It shows here when it arrives.";
            return html! { <p class=class::HELP>{text}</p> };
        }
    };
    if !frame::done(view, WizardStep::Connect) {
        return Node::Nothing;
    }
    let action = actions.prove;
    let subject = frame::subject(&view.listing.id, view.installation.as_ref());
    let name = proof.capability.name.clone();
    let main = proof.proven_at.is_none();
    let class = if main { classes(&[class::BTN, class::BTN_PRIMARY]) } else { class::BTN.to_owned() };
    html! {
        <form class=class::ACTIONS action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            {subject}
            <input type="hidden" name="capability" value=name/>
            <button class=class aria-busy=move || action.busy()><Icon name=icons::ZAP/> {text}</button>
            <span class=class::HELP>{note}</span>
        </form>
    }
}
