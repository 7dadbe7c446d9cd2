//! Test: one call to the customer's system, and what it answered.

use super::frame;
use super::page::Actions;
use crate::components::Erase;
use crate::components::{Icon, classes};
use crate::pages::installed::failed::failed;
use crate::pages::installed::report;
use contract::install::{CheckView, WizardStep, WizardView};
use leptos::form::ActionForm;
use leptos::prelude::*;
use style::{class, icons};

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> AnyView {
    let onward =
        frame::tested(view).then(|| frame::onward(frame::to(view, WizardStep::Prove), "Go on to the proof".to_owned()));
    let outcome = view.last_test.as_ref().map(|test| outcome(view, test));
    let connected = frame::done(view, WizardStep::Connect);
    let content = view! {
        {failed(move || actions.test.value().get().and_then(Result::err))}
        <div role="status" class=classes(&[class::STACK, class::STACK_S])>{outcome}</div>
        {if connected { button(view, actions) } else { connect_first(view) }}
        <div class=class::WIZARD_FOOT>
            {frame::back(view, WizardStep::Connect)}
            {onward}
        </div>
    }
    .erase();
    let aside = frame::note(
        "What the test does",
        &[
            "It reads once from your system and changes nothing there.",
            "It runs again by itself from then on, so that you hear about a broken credential before an incident does.",
        ],
    );
    frame::body("Test the connection".to_owned(), "We call your system with what you entered.", content, aside)
}

fn outcome(view: &WizardView, test: &CheckView) -> AnyView {
    let stale = (test.report.ok && !frame::tested(view)).then(|| {
        view! { <p class=class::HELP>"This result is from before the last change. Test again."</p> }
    });
    let edit = (!test.report.ok).then(|| {
        let address = frame::to(view, WizardStep::Connect);
        view! { <a class=class::BTN href=address>"Edit the connection"</a> }.erase()
    });
    view! {
        {report::verdict(test, edit)}
        {stale}
    }
    .erase()
}

fn connect_first(view: &WizardView) -> AnyView {
    let address = frame::to(view, WizardStep::Connect);
    frame::warning("Some of what the connection needs is still missing. ", address, "Fill it in first")
}

fn button(view: &WizardView, actions: Actions) -> AnyView {
    let pending = actions.test.pending();
    let subject = frame::subject(&view.listing.id, view.installation.as_ref());
    let first = view.last_test.is_none();
    let (text, sign) = if first { ("Test connection", icons::ACTIVITY) } else { ("Test again", icons::REFRESH) };
    let main = !frame::tested(view);
    let class = if main { classes(&[class::BTN, class::BTN_PRIMARY]) } else { class::BTN.to_owned() };
    view! {
        <ActionForm action=actions.test>
            {subject}
            <button class=class aria-busy=move || pending.get().then_some("true")>
                <Icon name=sign/>
                {move || if pending.get() { "Testing …" } else { text }}
            </button>
        </ActionForm>
    }
    .erase()
}
