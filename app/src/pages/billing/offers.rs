//! Private offers that wait for an answer.

use crate::components::{Icon, classes, count};
use crate::markup::{Node, html};
use crate::remote::FormAction;
use contract::billing::BillView;
use contract::offer::OfferView;
use style::{class, icons};

/// The offers; nothing where there are none.
pub(super) fn offers(bill: &BillView, decline: FormAction) -> Option<Node> {
    if bill.offers.is_empty() {
        return None;
    }
    let rows = bill.offers.iter().map(|it| row(it, bill.may_manage, decline)).collect::<Node>();
    let view = html! {
        <section class=classes(&[class::STACK, class::STACK_S]) aria-labelledby="offers">
            <h2 class=class::SECTION_TITLE id="offers">"Offers for you"</h2>
            <ul class=class::CONNECTIONS>{rows}</ul>
        </section>
    };
    Some(view)
}

/// Price and term in a line.
pub(super) fn terms(it: &OfferView) -> String {
    format!("{} a {} before tax, for {}", it.price.short(), it.interval.unit(), count(it.months.into(), "month"))
}

fn row(it: &OfferView, may_manage: bool, decline: FormAction) -> Node {
    let message = (!it.message.is_empty()).then(|| html! { <p>{it.message.clone()}</p> });
    let buttons = may_manage.then(|| {
        html! {
            <div class=classes(&[class::ACTIONS, class::LINE_ACTIONS])>
                <form action="/billing/accept" method="post">
                    <input type="hidden" name="offer" value=it.id.clone()/>
                    <button class=classes(&[class::BTN, class::BTN_S, class::BTN_PRIMARY])>"Accept and pay"</button>
                </form>
                <form action=decline.address() method="post" on:submit=move |event| decline.submit(&event)>
                    <input type="hidden" name="id" value=it.id.clone()/>
                    <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || decline.busy()>"Decline"</button>
                </form>
            </div>
        }
    });
    html! {
        <li class=class::LINE>
            <Icon name=icons::TAG/>
            <div>
                <p>
                    <strong><a href=format!("/integrations/{}", it.listing)>{it.listing_name.clone()}</a></strong>
                    {format!(" · {}", it.plan_name)}
                </p>
                <p class=class::CARD_BY>{format!("{} · from {}", terms(it), it.partner_name)}</p>
                <p class=class::CARD_BY>{format!("Open until {}; it ends by itself after its term.", it.expires_at.date())}</p>
                {message}
                {buttons}
            </div>
        </li>
    }
}
