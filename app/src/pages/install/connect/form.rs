//! The form: error summary, configuration, credential, and the buttons.

use super::check::{Problems, SUMMARY};
use super::field::{field, field_id};
use crate::components::Erase;
use crate::components::{Icon, classes, problem_notice};
use crate::pages::install::frame;
use crate::server_fns::install::SaveConnection;
use contract::ErrorCode;
use contract::field::FieldSpec;
use contract::install::{FormField, WizardStep, WizardView};
use leptos::form::{ActionForm, FromFormData};
use leptos::prelude::*;
use style::{class, icons};

/// Keys of the credential's fields start with this.
const CREDENTIAL: &str = "auth.";

/// The form of the Connect step.
pub fn form(view: &WizardView, save: ServerAction<SaveConnection>, problems: Problems) -> AnyView {
    let specs: Vec<(FieldSpec, bool)> = view.fields.iter().map(|it| (it.spec.clone(), it.stored)).collect();
    let labels: Vec<_> = view.fields.iter().map(|it| (it.spec.key.clone(), it.spec.label.clone())).collect();
    let (credential, configuration): (Vec<_>, Vec<_>) =
        view.fields.iter().partition(|it| it.spec.key.starts_with(CREDENTIAL));
    let configuration = configuration.into_iter().map(|it| field(it, problems)).collect_view();
    let fields = view! {
        {frame::subject(&view.listing.id, view.installation.as_ref())}
        {configuration}
        {credentials(&credential, &view.auth_help, problems)}
        {foot(view, save)}
    }
    .erase();
    view! {
        {move || other_problem(save)}
        {move || summary(&labels, &problems.all())}
        <ActionForm
            action=save
            attr:class=class::FORM
            attr:novalidate=true
            on:submit:capture=move |event| {
                let Ok(entered) = SaveConnection::from_event(&event) else { return };
                if !problems.check(&specs, &entered.fields) {
                    event.prevent_default();
                    frame::focus(SUMMARY);
                }
            }
        >
            {fields}
        </ActionForm>
    }
    .erase()
}

/// A problem of saving that is not about a field: fields say it themselves.
fn other_problem(save: ServerAction<SaveConnection>) -> AnyView {
    match save.value().get() {
        Some(Err(problem)) if problem.0.code != ErrorCode::Invalid || problem.0.field.is_none() => {
            problem_notice(&problem.0)
        }
        _ => ().erase(),
    }
}

fn summary(labels: &[(String, String)], problems: &[(String, String)]) -> AnyView {
    let title = match problems.len() {
        0 => return ().erase(),
        1 => "One field needs your attention".to_owned(),
        more => format!("{more} fields need your attention"),
    };
    let items = problems
        .iter()
        .map(|(key, text)| {
            let label = labels.iter().find(|(at, _)| at == key).map(|(_, label)| label.as_str()).unwrap_or_default();
            let text = if text.contains(label) { text.clone() } else { format!("{label}: {text}") };
            view! { <li><a href=format!("#{}", field_id(key)) rel="external">{text}</a></li> }.erase()
        })
        .collect_view();
    view! {
        <div class=classes(&[class::NOTICE, class::TONE_BAD]) role="alert" tabindex="-1" id="errors">
            <Icon name=icons::ALERT_CIRCLE/>
            <div class=class::NOTICE_BODY><h2 class=class::NOTICE_TITLE>{title}</h2><ul>{items}</ul></div>
        </div>
    }
    .erase()
}

fn credentials(fields: &[&FormField], help: &str, problems: Problems) -> AnyView {
    let help = (!help.is_empty()).then(|| view! { <p class=class::HELP>{help.to_owned()}</p> });
    if fields.is_empty() {
        return help.erase();
    }
    let optional = !fields.iter().any(|it| it.spec.required);
    let note = optional.then(|| view! { " "<span class=class::LABEL_NOTE>"optional"</span> });
    let fields = fields.iter().map(|it| field(it, problems)).collect_view();
    view! {
        <fieldset class=class::FORM>
            <legend class=class::LEGEND>"Credential" {note}</legend>
            {help}
            {fields}
        </fieldset>
    }
    .erase()
}

fn foot(view: &WizardView, save: ServerAction<SaveConnection>) -> AnyView {
    let pending = save.pending();
    view! {
        <div class=class::WIZARD_FOOT>
            {frame::back(view, WizardStep::Review)}
            <button
                class=classes(&[class::BTN, class::BTN_PRIMARY])
                aria-busy=move || pending.get().then_some("true")
            >
                "Save and test"
                <Icon name=icons::ARROW_RIGHT flip=true/>
            </button>
        </div>
    }
    .erase()
}
