//! Events as a table that becomes blocks on a phone.

use super::pills::severity_pill;
use crate::components::{Icon, classes};
use crate::markup::{Child, Node, html};
use contract::install::{EventStatus, EventView};
use style::{class, icons};

/// The table under its heading.
pub fn section(events: &[EventView]) -> Node {
    let rows = events.iter().map(row).collect::<Node>();
    html! {
        <section class=classes(&[class::STACK, class::STACK_S])>
            <h2>"Events"</h2>
            <div class=class::TABLE_BOX>
                <table class=classes(&[class::TABLE, class::TABLE_STACK])>
                    <caption class=class::SR>"Latest events, newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Time"</th>
                            <th scope="col">"Severity"</th>
                            <th scope="col">"Status"</th>
                            <th scope="col" class=class::CELL_WIDE>"Event"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(event: &EventView) -> Node {
    let (tone, sign, text) = match event.status {
        EventStatus::Firing => ("", icons::ALERT_CIRCLE, "Firing"),
        EventStatus::Resolved => (class::TONE_OK, icons::CHECK_CIRCLE, "Resolved"),
    };
    let badge = if tone.is_empty() { class::BADGE.to_owned() } else { classes(&[class::BADGE, tone]) };
    let at = event.received_at;
    html! {
        <tr>
            <td class=classes(&[class::NOWRAP, class::MUTED])><time datetime=at.rfc3339()>{at.date_time()}</time></td>
            <td>{severity_pill(event.severity)}</td>
            <td><span class=badge><Icon name=sign small=true/> {text}</span></td>
            <th class=class::CELL_WIDE scope="row">
                {summary(event)}
                {event.synthetic.then(|| html! { " "<span class=classes(&[class::PILL, class::TONE_STILL])>"Test"</span> })}
                <span class=classes(&[class::CELL_NOTE, class::MONO])>{event.source.clone()}</span>
                {(event.count > 1).then(|| html! { <span class=class::CELL_NOTE>{format!("{} times", event.count)}</span> })}
            </th>
        </tr>
    }
}

fn summary(event: &EventView) -> Node {
    let text = event.summary.clone();
    match &event.link {
        Some(link) if link.starts_with("https://") || link.starts_with("http://") => {
            html! { <a href=link.clone() rel="noopener noreferrer external">{text}</a> }
        }
        _ => text.into_node(),
    }
}
