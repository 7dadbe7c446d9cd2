//! Test: one call to the customer's system, and what it answered.

use super::frame;
use super::page::Actions;
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::pages::installed::report;
use contract::install::{CheckView, WizardStep, WizardView};
use style::{class, icons};

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> Node {
    let onward =
        frame::tested(view).then(|| frame::onward(frame::to(view, WizardStep::Prove), "Go on to the proof".to_owned()));
    let outcome = view.last_test.as_ref().map(|test| outcome(view, test));
    let connected = frame::done(view, WizardStep::Connect);
    let content = html! {
        {failed(actions.test)}
        <div role="status" class=classes(&[class::STACK, class::STACK_S])>{outcome}</div>
        {if connected { button(view, actions) } else { connect_first(view) }}
        <div class=class::WIZARD_FOOT>
            {frame::back(view, WizardStep::Connect)}
            {onward}
        </div>
    };
    let aside = frame::note(
        "What the test does",
        &[
            "It reads once from your system and changes nothing there.",
            "It runs again by itself from then on, so that you hear about a broken credential before an incident does.",
        ],
    );
    frame::body("Test the connection".to_owned(), "We call your system with what you entered.", content, aside)
}

fn outcome(view: &WizardView, test: &CheckView) -> Node {
    let stale = (test.report.ok && !frame::tested(view)).then(|| {
        html! { <p class=class::HELP>"This result is from before the last change. Test again."</p> }
    });
    let edit = (!test.report.ok).then(|| {
        let address = frame::to(view, WizardStep::Connect);
        html! { <a class=class::BTN href=address>"Edit the connection"</a> }
    });
    html! {
        {report::verdict(test, edit)}
        {stale}
    }
}

fn connect_first(view: &WizardView) -> Node {
    let address = frame::to(view, WizardStep::Connect);
    frame::warning("Some of what the connection needs is still missing. ", address, "Fill it in first")
}

fn button(view: &WizardView, actions: Actions) -> Node {
    let action = actions.test;
    let subject = frame::subject(&view.listing.id, view.installation.as_ref());
    let first = view.last_test.is_none();
    let (text, sign) = if first { ("Test connection", icons::ACTIVITY) } else { ("Test again", icons::REFRESH) };
    let main = !frame::tested(view);
    let class = if main { classes(&[class::BTN, class::BTN_PRIMARY]) } else { class::BTN.to_owned() };
    html! {
        <form action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            {subject}
            <button class=class aria-busy=move || action.busy()>
                <Icon name=sign/>
                {move || if action.busy().is_some() { "Testing …" } else { text }}
            </button>
        </form>
    }
}
