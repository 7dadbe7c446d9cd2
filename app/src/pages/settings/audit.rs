//! `/audit`: the audit trail with its filters, which are in the address, the export, and the stream.

use super::{audit_stream, frame};
use crate::components::{Icon, classes, load_all, problem_page, skeleton};
use crate::markup::{Node, html};
use crate::pages::encode;
use crate::remote::resource;
use crate::server_fns::audit_stream::ask_audit_stream;
use crate::server_fns::trust::ask_audit_trail;
use contract::audit::{AuditAction, AuditEvent, AuditPage, AuditQuery};
use contract::audit_stream::StreamPage;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use style::{class, icons};

/// The page.
pub(super) fn audit_page() -> Node {
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let query = query.read();
        let of = |key: &str| query.get(key).unwrap_or_default();
        AuditQuery {
            action: of("action"),
            actor: of("actor"),
            subject: of("subject"),
            from: of("from"),
            to: of("to"),
            before: of("before").parse().ok(),
        }
    });
    let streaming = audit_stream::Actions::new();
    let page = resource(move || ask_audit_trail(wanted.get()));
    let stream = resource(move || ask_audit_stream().again(streaming.changed()));
    load_all(vec![page, stream], skeleton::lines, move |replies| {
        let (page, stream): (AuditPage, StreamPage) = match (replies[0].read(), replies[1].read()) {
            (Ok(page), Ok(stream)) => (page, stream),
            (Err(problem), _) | (_, Err(problem)) => return problem_page(problem),
        };
        let wanted = wanted.get();
        let part = wanted.before.map(|at| at.to_string()).unwrap_or_default();
        let tested = query.with(|query| query.get("stream").as_deref() == Some("tested"));
        let content = html! {
            {filters(&wanted)}
            {export(&wanted)}
            {events(&page, &wanted)}
            {audit_stream::section(&stream, tested, streaming)}
        };
        let lead = "Who did what, when and from where. Events are chained: what was changed afterwards is found.";
        frame::page("/audit", "Audit trail", lead, part, content)
    })
}

/// The filters as part of an address.
fn address(path: &str, wanted: &AuditQuery, more: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let own = [
        ("action", wanted.action.as_str()),
        ("actor", &wanted.actor),
        ("subject", &wanted.subject),
        ("from", &wanted.from),
        ("to", &wanted.to),
    ];
    let mut sign = '?';
    for (key, value) in own.iter().chain(more).filter(|(_, value)| !value.is_empty()) {
        out.push(sign);
        sign = '&';
        out.push_str(key);
        out.push('=');
        encode(value, &mut out);
    }
    out
}

fn text(id: &'static str, label: &'static str, kind: &'static str, value: &str) -> Node {
    html! {
        <div class=class::FIELD>
            <label class=class::LABEL for=id>{label}</label>
            <input class=class::INPUT id=id name=id type=kind value=value.to_owned() autocomplete="off"/>
        </div>
    }
}

fn filters(wanted: &AuditQuery) -> Node {
    let any = html! { <option value="">"Everything"</option> };
    let options = AuditAction::ALL
        .iter()
        .map(|it| {
            let chosen = (it.as_str() == wanted.action).then_some("");
            html! { <option value=it.as_str() selected=chosen>{it.label()}</option> }
        })
        .collect::<Node>();
    html! {
        <form class=class::FILTERS method="get" action="/audit" aria-label="Filter">
            <div class=class::FIELD>
                <label class=class::LABEL for="action">"What"</label>
                <select class=classes(&[class::INPUT, class::SELECT]) id="action" name="action">{any} {options}</select>
            </div>
            {text("actor", "Who", "search", &wanted.actor)}
            {text("subject", "To what", "search", &wanted.subject)}
            {text("from", "From", "date", &wanted.from)}
            {text("to", "To", "date", &wanted.to)}
            <button class=class::BTN><Icon name=icons::FILTER/> "Filter"</button>
        </form>
    }
}

fn export(wanted: &AuditQuery) -> Node {
    let link = |format: &'static str, name: &'static str| {
        let href = address("/audit/export", wanted, &[("format", format)]);
        html! { <a class=classes(&[class::BTN, class::BTN_S]) href=href rel="external" download="">{name}</a> }
    };
    html! {
        <div class=class::ACTIONS>
            {link("csv", "Export as CSV")}
            {link("jsonl", "Export as JSON Lines")}
        </div>
    }
}

fn events(page: &AuditPage, wanted: &AuditQuery) -> Node {
    if page.events.is_empty() {
        return html! {
            <div class=class::EMPTY>
                <span class=class::EMPTY_MARK><Icon name=icons::SHIELD large=true/></span>
                <h2>"No event matches"</h2>
                <p>"Take out a filter, or choose other days."</p>
                <div class=class::ACTIONS><a class=class::BTN href="/audit">"All events"</a></div>
            </div>
        };
    }
    let rows = page.events.iter().map(row).collect::<Node>();
    let next = page.next.map(|before| {
        let href = address("/audit", wanted, &[("before", &before.to_string())]);
        html! { <a class=class::BTN href=href rel="next">"Older events" <Icon name=icons::ARROW_RIGHT flip=true/></a> }
    });
    html! {
        {frame::table("Events", &["When", "Who", "What", "From"], rows)}
        <div class=class::ACTIONS>{next}</div>
    }
}

fn row(it: &AuditEvent) -> Node {
    let what = AuditAction::parse(&it.action).map_or_else(|| it.action.clone(), |action| action.label().to_owned());
    let changed = [("Before", &it.before), ("After", &it.after)]
        .into_iter()
        .filter(|(_, json)| !json.is_empty())
        .map(|(label, json)| html! { <span class=class::CELL_NOTE>{label} ": "<code class=class::MONO>{json.clone()}</code></span> })
        .collect::<Node>();
    html! {
        <tr>
            <td class=class::NOWRAP>
                <time datetime=it.at.rfc3339()>{it.at.date_time()}</time>
                <span class=class::CELL_NOTE>{format!("#{}", it.sequence)}</span>
            </td>
            <td>{it.actor_name.clone()}</td>
            <td class=class::CELL_WIDE>
                <strong>{what}</strong>
                {format!(" {}", it.subject_name)}
                {changed}
            </td>
            <td class=class::MONO>{it.ip.clone()}</td>
        </tr>
    }
}
