//! Setting payouts up: how far it is, and the button that leads on.

use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use contract::revenue::{PayoutSetup, RevenueView};
use style::{class, icons};

/// Tone, icon, title and text of a state.
type Told = (&'static str, &'static str, &'static str, String);

fn told(it: &RevenueView) -> Option<Told> {
    Some(match it.setup {
        PayoutSetup::Off => return None,
        PayoutSetup::NotSetUp => (
            class::TONE_INFO,
            icons::INFO,
            "Payouts are not set up",
            "What you earn is kept for you until you say where it is to be sent.".to_owned(),
        ),
        PayoutSetup::Incomplete => (
            class::TONE_WARN,
            icons::ALERT_TRIANGLE,
            "More information is needed for payouts",
            "The payment processor can’t pay you yet. What it still needs to know is in its form; what you sent there a moment ago may still be looked at.".to_owned(),
        ),
        PayoutSetup::Ready => (
            class::TONE_OK,
            icons::CHECK_CIRCLE,
            "Payouts are ready",
            format!(
                "In the first days of a month you are sent what was sold until {} days before, from {} of a currency on.",
                it.hold_days, it.threshold
            ),
        ),
    })
}

/// What came of the last try; the address says so.
fn came(how: &str, setup: PayoutSetup) -> Option<Node> {
    let text = match how {
        "again" => "The link to the form was too old. Begin again; what you entered there is kept.",
        "failed" => "The payment processor did not answer. Try again in a moment.",
        "back" if setup == PayoutSetup::Incomplete => {
            "You are back from the form. It can take a minute until the payment processor says that everything is there."
        }
        _ => return None,
    };
    Some(html! { <p role="status"><strong>{text}</strong></p> })
}

/// The notice.
pub fn section(it: &RevenueView, how: &str) -> Option<Node> {
    let (tone, icon, title, text) = told(it)?;
    let label = match it.setup {
        PayoutSetup::NotSetUp => "Set up payouts",
        PayoutSetup::Incomplete => "Add what is missing",
        _ => "Change payout details",
    };
    let button = if it.manages {
        html! {
            <form class=class::ACTIONS method="post" action="/partner/payouts">
                <button class=classes(&[class::BTN, class::BTN_S])>{label}</button>
            </form>
        }
    } else {
        html! { <p class=class::MUTED>"An administrator of your team sets payouts up."</p> }
    };
    Some(html! {
        <div class=classes(&[class::NOTICE, tone, class::BELOW_L])>
            <Icon name=icon/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{title}</p>
                <p>{text}</p>
                {came(how, it.setup)}
                {button}
            </div>
        </div>
    })
}
