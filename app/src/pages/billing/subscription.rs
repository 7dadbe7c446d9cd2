//! What is subscribed: each with its state, price, and what can be done.

use crate::components::{TileSize, classes, count, tile};
use crate::markup::{Node, html};
use crate::remote::FormAction;
use contract::billing::{BillView, SubscriptionState, SubscriptionView};
use style::class;

/// The list.
pub(super) fn list(bill: &BillView, decide: FormAction) -> Option<Node> {
    if bill.subscriptions.is_empty() {
        return None;
    }
    let rows = bill.subscriptions.iter().map(|it| row(it, bill.may_manage, decide)).collect::<Node>();
    let view = html! {
        <section class=classes(&[class::STACK, class::STACK_S]) aria-labelledby="subscriptions">
            <h2 class=class::SECTION_TITLE id="subscriptions">"Subscriptions"</h2>
            <ul class=class::CONNECTIONS>{rows}</ul>
        </section>
    };
    Some(view)
}

fn tone(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Active => class::TONE_OK,
        SubscriptionState::Trial => class::TONE_INFO,
        SubscriptionState::Ending | SubscriptionState::Grace => class::TONE_WARN,
        SubscriptionState::Unpaid => class::TONE_BAD,
        SubscriptionState::Paused | SubscriptionState::Ended => class::TONE_STILL,
    }
}

/// What happens next, and when.
pub(super) fn next(it: &SubscriptionView) -> String {
    let date = it.until.date();
    match it.state {
        SubscriptionState::Trial => format!("free until {date}, then paid"),
        SubscriptionState::Active if it.contract => format!("a contract, paid again on {date} until its term ends"),
        SubscriptionState::Active => format!("renews on {date}"),
        SubscriptionState::Ending => format!("ends on {date}"),
        SubscriptionState::Grace => format!("works until {date} unless it is paid"),
        SubscriptionState::Paused => "nothing is charged until it is resumed".to_owned(),
        SubscriptionState::Unpaid => "works again as soon as it is paid".to_owned(),
        SubscriptionState::Ended => format!("since {date}"),
    }
}

/// Plan, seats and price in a line.
pub(super) fn terms(it: &SubscriptionView) -> String {
    let mut text = it.plan_name.clone();
    if let Some(seats) = it.seats {
        text = format!("{text} · {}", count(seats.into(), "seat"));
    }
    match it.price {
        Some(price) => text = format!("{text} · {} a {}", price.short(), it.interval.unit()),
        None => text.push_str(" · by what is used"),
    }
    text
}

fn row(it: &SubscriptionView, may_manage: bool, decide: FormAction) -> Node {
    let kept = it.price_today.zip(it.price).map(|(today, price)| {
        let text = format!("You keep your price of {}; new customers pay {}.", price.short(), today.short());
        html! { <p class=class::CARD_BY>{text}</p> }
    });
    let deeds = (may_manage && !it.contract && it.state != SubscriptionState::Ended).then(|| deeds(it, decide));
    html! {
        <li class=class::LINE>
            {tile(it.listing.as_str(), &it.listing_name, it.icon.as_deref(), TileSize::Plain)}
            <div>
                <p>
                    <strong><a href=format!("/integrations/{}", it.listing)>{it.listing_name.clone()}</a></strong> " "
                    <span class=classes(&[class::PILL, tone(it.state)])>{it.state.label()}</span>
                </p>
                <p class=class::CARD_BY>{terms(it)}</p>
                <p class=class::CARD_BY>{next(it)}</p>
                {kept}
                {deeds}
            </div>
        </li>
    }
}

fn deeds(it: &SubscriptionView, decide: FormAction) -> Node {
    let change = it.changeable.then(|| {
        let href = format!("/billing/{}", it.id);
        html! {
            <a class=classes(&[class::BTN, class::BTN_S]) href=href>
                "Change plan" <span class=class::SR>{format!(" of {}", it.listing_name)}</span>
            </a>
        }
    });
    let one = |name: &'static str, text: &'static str| deed(it, decide, name, text);
    let (first, second) = match it.state {
        SubscriptionState::Ending => (one("keep", "Keep it"), Node::Nothing),
        SubscriptionState::Paused => (one("resume", "Resume"), cancel(it, decide)),
        SubscriptionState::Active | SubscriptionState::Trial => (one("pause", "Pause"), cancel(it, decide)),
        _ => (Node::Nothing, cancel(it, decide)),
    };
    let mend = matches!(it.state, SubscriptionState::Grace | SubscriptionState::Unpaid).then(|| {
        html! {
            <form action="/billing/portal" method="post">
                <input type="hidden" name="currency" value=it.currency.code()/>
                <button class=classes(&[class::BTN, class::BTN_S, class::BTN_PRIMARY])>"Change the payment method"</button>
            </form>
        }
    });
    html! { <div class=classes(&[class::ACTIONS, class::LINE_ACTIONS])>{mend} {change} {first} {second}</div> }
}

fn deed(it: &SubscriptionView, decide: FormAction, name: &'static str, text: &'static str) -> Node {
    html! {
        <form action=decide.address() method="post" on:submit=move |event| decide.submit(&event)>
            <input type="hidden" name="id" value=it.id.clone()/>
            <input type="hidden" name="deed" value=name/>
            <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || decide.busy()>
                {text} <span class=class::SR>{format!(" {}", it.listing_name)}</span>
            </button>
        </form>
    }
}

/// Cancels, after it asked. Opening `details` needs no script.
fn cancel(it: &SubscriptionView, decide: FormAction) -> Node {
    let ends = format!(
        " It works until {}, nothing more is charged, and until then you can change your mind. What you set up stays.",
        it.until.date()
    );
    html! {
        <details class=class::CONFIRM>
            <summary class=classes(&[class::BTN, class::BTN_S])>
                "Cancel…" <span class=class::SR>{format!(" {}", it.listing_name)}</span>
            </summary>
            <form
                class=class::CONFIRM_BODY
                action=decide.address()
                method="post"
                on:submit=move |event| decide.submit(&event)
            >
                <input type="hidden" name="id" value=it.id.clone()/>
                <input type="hidden" name="deed" value="cancel"/>
                <p><strong>{format!("Cancel {}?", it.listing_name)}</strong> {ends}</p>
                <div class=class::ACTIONS>
                    <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || decide.busy()>
                        {format!("Cancel {}", it.plan_name)}
                    </button>
                </div>
            </form>
        </details>
    }
}
