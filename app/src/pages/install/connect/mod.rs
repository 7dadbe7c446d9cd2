//! Connect: the form made from the manifest. `form` is the form, `field` one of its fields, `check` what the browser checks
//! before it sends anything.

mod check;
mod choices;
mod field;
mod form;
mod secret;

use super::frame;
use super::page::Actions;
use crate::components::{CopyButton, classes};
use crate::markup::{Node, html};
use check::Problems;
use contract::install::WizardView;
use style::class;

/// The step.
pub fn step(view: &WizardView, actions: Actions) -> Node {
    let problems = Problems::of(&view.fields);
    if !problems.is_empty() && actions.save.problem_untracked().is_some() {
        frame::focus(check::SUMMARY);
    }
    let lead = if view.fields.iter().any(|field| field.spec.required) {
        "Fields marked * are needed. The rest has sensible values."
    } else {
        "Nothing has to be filled in."
    };
    let content = html! {
        {view.webhook_url.as_deref().map(address)}
        {form::form(view, actions.save, problems)}
    };
    let aside = frame::note(
        "Where secrets go",
        &[
            "Credentials are sealed with a key of your organization, never logged and never shown again.",
            "You can replace them at any time.",
            "A draft of this page is kept when you save, also when something is still missing.",
        ],
    );
    frame::body(format!("Connect {}", view.listing.name), lead, content, aside)
}

/// Our address, where the other side wants to know it before it gives out a credential.
fn address(url: &str) -> Node {
    html! {
        <section class=classes(&[class::STACK, class::STACK_S])>
            <h2>"Our address for the other side"</h2>
            <figure class=class::CODE>
                <figcaption class=class::CODE_BAR><span>"Address"</span><CopyButton text=url/></figcaption>
                <pre tabindex="0" role="region" aria-label="Our address"><code>{url.to_owned()}</code></pre>
            </figure>
            <p class=class::HELP>
                "It belongs to this connection only. Enter it where the other side asks for a webhook address."
            </p>
        </section>
    }
}
