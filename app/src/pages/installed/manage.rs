//! What a manager can do with a connection: edit, test, uninstall.

use super::failed::failed;
use crate::components::Erase;
use crate::components::{Icon, classes};
use crate::pages::install::{step_address, subject};
use crate::server_fns::install::TestConnection;
use crate::server_fns::installed::Uninstall;
use contract::install::{InstallationCard, WizardStep};
use leptos::form::ActionForm;
use leptos::prelude::*;
use style::{class, icons};

/// Address of the wizard's Connect step for this installation.
pub fn connect_address(card: &InstallationCard) -> String {
    step_address(&card.listing.id, Some(&card.id), WizardStep::Connect)
}

/// The buttons in the heading.
pub fn buttons(card: &InstallationCard, test: ServerAction<TestConnection>) -> AnyView {
    view! {
        <div class=class::ACTIONS>
            <a class=class::BTN href=connect_address(card)><Icon name=icons::SLIDERS/> "Edit connection"</a>
            {test_form(card, test)}
        </div>
        {failed(move || test.value().get().and_then(Result::err))}
    }
    .erase()
}

/// Tests again and shows the outcome in the wizard.
pub fn test_form(card: &InstallationCard, test: ServerAction<TestConnection>) -> AnyView {
    let pending = test.pending();
    let subject = subject(&card.listing.id, Some(&card.id));
    view! {
        <ActionForm action=test>
            {subject}
            <button class=class::BTN aria-busy=move || pending.get().then_some("true")>
                <Icon name=icons::ACTIVITY/>
                "Test again"
            </button>
        </ActionForm>
    }
    .erase()
}

/// Uninstalls, after it asked. Opening `details` needs no script.
pub fn uninstall(card: &InstallationCard, action: ServerAction<Uninstall>) -> AnyView {
    let name = card.listing.name.clone();
    let pending = action.pending();
    let id = card.id.to_string();
    view! {
        <section class=classes(&[class::PANEL, class::DANGER])>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Uninstall"</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p class=class::VERDICT_NOTE>
                    "Stops receiving and deletes the stored credential at once. What happened stays in the record."
                </p>
                {failed(move || action.value().get().and_then(Result::err))}
                <details class=class::CONFIRM>
                    <summary class=class::BTN><Icon name=icons::TRASH/> {format!("Uninstall {name}…")}</summary>
                    <ActionForm action=action attr:class=class::CONFIRM_BODY>
                        <input type="hidden" name="id" value=id/>
                        <p>
                            <strong>{format!("Uninstall {name}?")}</strong>
                            " What is sent to its address will be refused. You can install it again, with a new address."
                        </p>
                        <div class=class::ACTIONS>
                            <button
                                class=classes(&[class::BTN, class::BTN_DANGER])
                                aria-busy=move || pending.get().then_some("true")
                            >
                                {format!("Uninstall {name}")}
                            </button>
                        </div>
                    </ActionForm>
                </details>
            </div>
        </section>
    }
    .erase()
}
