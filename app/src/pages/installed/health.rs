//! How a connection is doing: figures, and the last checks.

use crate::components::{Icon, classes, count, number};
use crate::markup::{Node, html};
use contract::install::{CheckView, InstallationDetail};
use contract::timestamp::span;
use style::{class, icons};

/// Events, time to first event, last event, answer time.
pub fn figures(it: &InstallationDetail) -> Node {
    let none = || "–".to_owned();
    let last = it.card.last_event_at;
    let rejected = match it.rejected {
        0 => String::new(),
        some => format!("{} refused in 7 days", count(some.into(), "call")),
    };
    let test = it.checks.iter().find(|check| check.kind == "test");
    html! {
        <dl class=class::FIGURES>
            {figure(
                "Last event",
                last.map_or_else(none, |at| at.ago(it.now)),
                last.map(contract::Timestamp::date_time).unwrap_or_default(),
            )}
            {figure("Events", number(it.card.events), rejected)}
            {figure("Time to first event", it.time_to_first_event_ms.map_or_else(none, span), String::new())}
            {figure(
                "Answer time",
                test.map_or_else(none, |test| span(i64::from(test.report.took_ms))),
                test.map(|_| "of the last test".to_owned()).unwrap_or_default(),
            )}
        </dl>
    }
}

fn figure(name: &'static str, value: String, note: String) -> Node {
    let note = (!note.is_empty()).then(|| html! { <span class=class::CELL_NOTE>{note}</span> });
    html! { <div class=class::FIGURE><dt>{name}</dt><dd>{value} {note}</dd></div> }
}

/// The last checks, newest first.
pub fn checks(checks: &[CheckView]) -> Node {
    if checks.is_empty() {
        return Node::Nothing;
    }
    let passed = checks.iter().filter(|check| check.report.ok).count();
    let items = checks.iter().map(check).collect::<Node>();
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD>
                <h2 class=class::PANEL_TITLE>"Last checks"</h2>
                <span class=classes(&[class::SMALL, class::MUTED])>{format!("{passed} of {} passed", checks.len())}</span>
            </div>
            <div class=class::PANEL_BODY><ul class=class::DONE_LIST>{items}</ul></div>
        </section>
    }
}

fn check(it: &CheckView) -> Node {
    let report = &it.report;
    let (tone, sign, outcome) = if report.ok {
        (class::TONE_OK, icons::CHECK_CIRCLE, "passed")
    } else {
        (class::TONE_BAD, icons::ALERT_CIRCLE, "failed")
    };
    let kind = match it.kind.as_str() {
        "test" => "Connection test",
        "probe" => "Test event",
        "action" => "Test message",
        _ => "Reading",
    };
    html! {
        <li class=classes(&[class::DONE_ITEM, tone])>
            <Icon name=sign/>
            <span><strong>{format!("{kind} {outcome}.")}</strong>" "{report.message.clone()}</span>
            <time class=class::DONE_TIME datetime=it.at.rfc3339()>{it.at.date_time()}</time>
        </li>
    }
}
