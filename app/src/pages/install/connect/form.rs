//! The form: error summary, configuration, credential, and the buttons.

use super::check::{Problems, SUMMARY};
use super::field::{field, field_id};
use crate::components::{Icon, classes, problem_notice};
use crate::markup::{Child, Node, html};
use crate::pages::install::frame;
use crate::remote::{FormAction, entered};
use contract::ErrorCode;
use contract::field::FieldSpec;
use contract::install::{FormField, WizardStep, WizardView};
use std::collections::HashMap;
use style::{class, icons};

/// Keys of the credential's fields start with this.
const CREDENTIAL: &str = "auth.";

/// The form of the Connect step.
pub fn form(view: &WizardView, save: FormAction, problems: Problems) -> Node {
    let specs: Vec<(FieldSpec, bool)> = view.fields.iter().map(|it| (it.spec.clone(), it.stored)).collect();
    let labels: Vec<_> = view.fields.iter().map(|it| (it.spec.key.clone(), it.spec.label.clone())).collect();
    let (credential, configuration): (Vec<_>, Vec<_>) =
        view.fields.iter().partition(|it| it.spec.key.starts_with(CREDENTIAL));
    let configuration = configuration.into_iter().map(|it| field(it, problems)).collect::<Node>();
    let fields = html! {
        {frame::subject(&view.listing.id, view.installation.as_ref())}
        {configuration}
        {credentials(&credential, &view.auth_help, problems)}
        {foot(view, save)}
    };
    html! {
        {move || other_problem(save)}
        {move || summary(&labels, &problems.all())}
        <form
            class=class::FORM
            action=save.address()
            method="post"
            novalidate=true
            on:submit=move |event| {
                if problems.check(&specs, &entered_fields(&entered(&event))) {
                    save.submit(&event);
                } else {
                    event.prevent_default();
                    frame::focus(SUMMARY);
                }
            }
        >
            {fields}
        </form>
    }
}

/// What was entered, by the key of its field: `fields[key]=value` in a form that is about to be sent.
fn entered_fields(form: &str) -> HashMap<String, String> {
    let pairs = crate::pages::query::decoded(form);
    pairs
        .filter_map(|(name, value)| Some((name.strip_prefix("fields[")?.strip_suffix(']')?.to_owned(), value)))
        .collect()
}

/// A problem of saving that is not about a field: fields say it themselves.
fn other_problem(save: FormAction) -> Node {
    match save.problem() {
        Some(problem) if problem.0.code != ErrorCode::Invalid || problem.0.field.is_none() => {
            problem_notice(&problem.0)
        }
        _ => Node::Nothing,
    }
}

fn summary(labels: &[(String, String)], problems: &[(String, String)]) -> Node {
    let title = match problems.len() {
        0 => return Node::Nothing,
        1 => "One field needs your attention".to_owned(),
        more => format!("{more} fields need your attention"),
    };
    let items = problems
        .iter()
        .map(|(key, text)| {
            let label = labels.iter().find(|(at, _)| at == key).map(|(_, label)| label.as_str()).unwrap_or_default();
            let text = if text.contains(label) { text.clone() } else { format!("{label}: {text}") };
            html! { <li><a href=format!("#{}", field_id(key)) rel="external">{text}</a></li> }
        })
        .collect::<Node>();
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_BAD]) role="alert" tabindex="-1" id="errors">
            <Icon name=icons::ALERT_CIRCLE/>
            <div class=class::NOTICE_BODY><h2 class=class::NOTICE_TITLE>{title}</h2><ul>{items}</ul></div>
        </div>
    }
}

fn credentials(fields: &[&FormField], help: &str, problems: Problems) -> Node {
    let help = (!help.is_empty()).then(|| html! { <p class=class::HELP>{help.to_owned()}</p> });
    if fields.is_empty() {
        return help.into_node();
    }
    let optional = !fields.iter().any(|it| it.spec.required);
    let note = optional.then(|| html! { " "<span class=class::LABEL_NOTE>"optional"</span> });
    let fields = fields.iter().map(|it| field(it, problems)).collect::<Node>();
    html! {
        <fieldset class=class::FORM>
            <legend class=class::LEGEND>"Credential" {note}</legend>
            {help}
            {fields}
        </fieldset>
    }
}

fn foot(view: &WizardView, save: FormAction) -> Node {
    html! {
        <div class=class::WIZARD_FOOT>
            {frame::back(view, WizardStep::Review)}
            <button
                class=classes(&[class::BTN, class::BTN_PRIMARY])
                aria-busy=move || save.busy()
            >
                "Save and test"
                <Icon name=icons::ARROW_RIGHT flip=true/>
            </button>
        </div>
    }
}
