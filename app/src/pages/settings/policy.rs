//! `/settings/policy`: what may be installed by whom, as sentences.

use super::frame;
use crate::components::{Icon, classes, load, skeleton};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::policy::ask_policy;
use contract::policy::{Outcome, PolicyView};
use style::{class, icons};

/// What the page says at its top.
pub(super) const LEAD: &str = "Who may install what. The first rule that fits decides.";

/// The page.
pub(super) fn policy_page() -> Node {
    load(resource(ask_policy), skeleton::lines, |it: PolicyView| {
        let changed = match (&it.changed_by, it.changed_at) {
            (Some(name), Some(at)) => format!("Last changed by {name}, {}.", at.date()),
            _ => "Nobody has written a policy yet; this is what holds without one.".to_owned(),
        };
        let edit = it.can_change.then(|| {
            html! {
                <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href="/settings/policy/edit">
                    <Icon name=icons::SLIDERS/>
                    "Edit the policy"
                </a>
            }
        });
        let content = html! {
            {rules(&it)}
            <p class=class::HELP>{changed}</p>
            <div class=class::ACTIONS>{edit}</div>
        };
        frame::page("/settings/policy", "Install policy", LEAD, String::new(), content)
    })
}

fn rules(it: &PolicyView) -> Node {
    let rules = it.policy.rules.iter().zip(&it.sentences);
    let rows = rules.map(|(rule, sentence)| row(rule.outcome, sentence, &rule.note, Node::Nothing)).collect::<Node>();
    html! { <ol class=class::CONNECTIONS>{rows} {row(it.policy.otherwise, &it.otherwise, "", Node::Nothing)}</ol> }
}

/// One rule as a line; `end` stands at its end.
pub(super) fn row(outcome: Outcome, sentence: &str, note: &str, end: Node) -> Node {
    let (tone, icon) = match outcome {
        Outcome::Allow => (class::TONE_OK, icons::CHECK),
        Outcome::Ask => (class::TONE_WARN, icons::USER),
        Outcome::Block => (class::TONE_BAD, icons::X),
    };
    let note = (!note.is_empty()).then(|| html! { <p class=class::CARD_BY>{note.to_owned()}</p> });
    html! {
        <li class=class::LINE>
            <span class=classes(&[class::BADGE, tone])><Icon name=icon/></span>
            <div><p>{sentence.to_owned()}</p> {note}</div>
            {end}
        </li>
    }
}
