//! The repair card: what broke, since when, whose turn it is, and the way back.

use super::detail::Actions;
use super::{manage, report};
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use contract::install::{CallReport, ConnectionState, InstallationDetail};
use style::{class, icons};

/// The card; nothing while all is well.
pub fn card(it: &InstallationDetail, actions: Actions) -> Node {
    let name = &it.card.listing.name;
    let (tone, title) = match it.card.state {
        ConnectionState::Failing => (class::TONE_BAD, format!("{name} fails its connection test")),
        ConnectionState::Degraded => (class::TONE_WARN, format!("Some calls of {name} fail")),
        ConnectionState::Silent => (class::TONE_WARN, format!("{name} is quieter than usual")),
        _ => return Node::Nothing,
    };
    let failed = it.checks.iter().find(|check| !check.report.ok);
    let since = failed.map(|check| {
        html! { <time class=class::VERDICT_TIME datetime=check.at.rfc3339()>{check.at.ago(it.now)}</time> }
    });
    let message = match (it.card.state, failed) {
        (ConnectionState::Silent, _) => "No event has come for longer than is normal for it.".to_owned(),
        (_, Some(check)) => format!("{} {}", check.report.message, turn(&check.report)),
        (_, None) => "The last calls did not do what they should.".to_owned(),
    };
    let silent = it.card.state == ConnectionState::Silent;
    let fix = match failed {
        Some(check) if !silent => report::fix(&check.report.fix),
        _ if silent => report::fix("Test the connection, and check that the other side still sends to our address."),
        _ => Node::Nothing,
    };
    html! {
        <section class=classes(&[class::VERDICT, tone])>
            <div class=class::VERDICT_HEAD>
                <Icon name=icons::ALERT_TRIANGLE large=true/>
                <div>
                    <h2 class=class::VERDICT_TITLE>{title}</h2>
                    <p class=class::VERDICT_NOTE>{message}</p>
                </div>
                {since}
            </div>
            <div class=class::VERDICT_BODY>
                {fix}
                {if it.can_manage { way_back(it, actions) } else { ask() }}
            </div>
        </section>
    }
}

/// Whose turn it is, as far as the answer tells.
fn turn(report: &CallReport) -> &'static str {
    match report.status {
        Some(500..) => "The other side has a problem of its own: wait for it, or ask who runs it.",
        Some(_) => "Your turn: the answer came from your system.",
        None => "Your turn: there was no answer at all.",
    }
}

fn way_back(it: &InstallationDetail, actions: Actions) -> Node {
    html! {
        <div class=class::ACTIONS>
            <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href=manage::connect_address(&it.card)>
                <Icon name=icons::REFRESH/>
                {format!("Reconnect {}", it.card.listing.name)}
            </a>
            {manage::test_form(&it.card, actions.test)}
        </div>
    }
}

fn ask() -> Node {
    html! { <p class=class::VERDICT_NOTE>"Ask an administrator of your organization to mend it."</p> }
}
