//! What a manager can do with a connection: edit, test, uninstall.

use super::failed::failed;
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use crate::pages::install::{step_address, subject};
use crate::remote::FormAction;
use contract::install::{InstallationCard, WizardStep};
use style::{class, icons};

/// Address of the wizard's Connect step for this installation.
pub fn connect_address(card: &InstallationCard) -> String {
    step_address(&card.listing.id, Some(&card.id), WizardStep::Connect)
}

/// The buttons in the heading.
pub fn buttons(card: &InstallationCard, test: FormAction) -> Node {
    html! {
        <div class=class::ACTIONS>
            <a class=class::BTN href=connect_address(card)><Icon name=icons::SLIDERS/> "Edit connection"</a>
            {test_form(card, test)}
        </div>
        {failed(test)}
    }
}

/// Tests again and shows the outcome in the wizard.
pub fn test_form(card: &InstallationCard, test: FormAction) -> Node {
    let subject = subject(&card.listing.id, Some(&card.id));
    html! {
        <form action=test.address() method="post" on:submit=move |event| test.submit(&event)>
            {subject}
            <button class=class::BTN aria-busy=move || test.busy()>
                <Icon name=icons::ACTIVITY/>
                "Test again"
            </button>
        </form>
    }
}

/// Uninstalls, after it asked. Opening `details` needs no script.
pub fn uninstall(card: &InstallationCard, action: FormAction) -> Node {
    let name = card.listing.name.clone();
    let id = card.id.to_string();
    html! {
        <section class=classes(&[class::PANEL, class::DANGER])>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Uninstall"</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p class=class::VERDICT_NOTE>
                    "Stops receiving and deletes the stored credential at once. What happened stays in the record."
                </p>
                {failed(action)}
                <details class=class::CONFIRM>
                    <summary class=class::BTN><Icon name=icons::TRASH/> {format!("Uninstall {name}…")}</summary>
                    <form
                        class=class::CONFIRM_BODY
                        action=action.address()
                        method="post"
                        on:submit=move |event| action.submit(&event)
                    >
                        <input type="hidden" name="id" value=id/>
                        <p>
                            <strong>{format!("Uninstall {name}?")}</strong>
                            " What is sent to its address will be refused. You can install it again, with a new address."
                        </p>
                        <div class=class::ACTIONS>
                            <button
                                class=classes(&[class::BTN, class::BTN_DANGER])
                                aria-busy=move || action.busy()
                            >
                                {format!("Uninstall {name}")}
                            </button>
                        </div>
                    </form>
                </details>
            </div>
        </section>
    }
}
