//! Changing plan, interval or seats: choose, see what it costs, confirm. Choosing is a plain form that is sent to this page's
//! own address, so Back undoes it and the preview can be looked at again.

use super::subscription::{next, terms};
use crate::components::{Column, Icon, PageMeta, classes, figures_table, load, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::billing::ask_subscription_change;
use contract::billing::{ChangeView, Interval, PlanChoice, PreviewLine, PreviewView, SubscriptionState};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use style::{class, icons};

/// Subscription, plan, interval, seats: what the address says.
type Address = (String, String, String, String);

fn address() -> Memo<Address> {
    let (params, query) = (use_params_map(), use_query_map());
    Memo::new(move |_| {
        let (params, query) = (params.read(), query.read());
        let text = |name: &str| query.get(name).unwrap_or_default();
        let choice = text("choice");
        let (plan, interval) = choice.rsplit_once('.').unwrap_or(("", ""));
        (params.get("id").unwrap_or_default(), plan.to_owned(), interval.to_owned(), text("seats"))
    })
}

/// The page.
pub(super) fn change_page() -> Node {
    let change = FormAction::new("change_subscription");
    let address = address();
    let data = resource(move || {
        let (id, plan, interval, seats) = address.get();
        ask_subscription_change(id, plan, interval, seats)
    });
    load(data, skeleton::lines, move |view: ChangeView| page(&view, &address.get_untracked(), change))
}

fn page(view: &ChangeView, address: &Address, change: FormAction) -> Node {
    let it = &view.subscription;
    html! {
        <PageMeta title=format!("Change {}", it.listing_name) description="Another plan, interval or number of seats."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{format!("Change {}", it.listing_name)}</h1>
                <p class=class::PAGE_LEAD>{format!("Now: {}, {}.", terms(it), next(it))}</p>
            </div>
            <a class=class::BTN href="/billing"><Icon name=icons::ARROW_LEFT flip=true/> "Billing"</a>
        </div>
        {failed(change)}
        <div class=class::STACK>
            {choose(view, address)}
            {view.preview.as_ref().map(|preview| preview_of(view, preview, address, change))}
        </div>
    }
}

fn choose(view: &ChangeView, address: &Address) -> Node {
    let (_, plan, interval, seats) = address;
    let picked = |it: &PlanChoice| {
        if plan.is_empty() { it.current } else { it.id == *plan && Interval::parse(interval) == Some(it.interval) }
    };
    let twice = |it: &PlanChoice| view.choices.iter().filter(|other| other.id == it.id).count() > 1;
    let options = view.choices.iter().map(|it| option(it, twice(it), picked(it))).collect::<Node>();
    let seats = if seats.is_empty() { view.subscription.seats.unwrap_or(1).to_string() } else { seats.clone() };
    let seats = view.choices.iter().any(|it| it.seats).then(|| {
        html! {
            <div class=class::FIELD>
                <label class=class::LABEL for="seats">"Seats, for plans that have them"</label>
                <input class=class::INPUT id="seats" name="seats" inputmode="numeric" value=seats/>
            </div>
        }
    });
    html! {
        <form class=class::FORM method="get" action=format!("/billing/{}", view.subscription.id)>
            <fieldset class=class::FIELD>
                <legend class=class::LABEL>"Plan"</legend>
                {options}
            </fieldset>
            {seats}
            <div class=class::ACTIONS>
                <button class=class::BTN>"Show what it costs"</button>
            </div>
        </form>
    }
}

/// One way to pay for a plan, which says how often where there is more than one.
fn option(it: &PlanChoice, twice: bool, checked: bool) -> Node {
    let name = if twice { format!("{}, {}", it.name, it.interval.as_str()) } else { it.name.clone() };
    let mut text = it.price.clone();
    if it.current {
        text.push_str(" · what you have");
    }
    html! {
        <label class=class::CHECK>
            <input
                type="radio"
                name="choice"
                value=format!("{}.{}", it.id, it.interval.as_str())
                checked=checked
                required=true
            />
            <span><strong>{name}</strong> <br/> <span class=class::HELP>{text}</span></span>
        </label>
    }
}

fn preview_of(view: &ChangeView, it: &PreviewView, address: &Address, change: FormAction) -> Node {
    let trial = view.subscription.state == SubscriptionState::Trial;
    let then = it.then.map(|then| {
        let every = Interval::parse(&address.2).unwrap_or_default().unit();
        format!(" From then on {} a {every} before tax.", then.short())
    });
    let (title, text) = if trial {
        let free = format!("The trial goes on until {}; nothing is charged before.", view.subscription.until.date());
        ("You pay nothing now".to_owned(), free)
    } else if it.total.minor < 0 {
        let credit = it.total.negated();
        (
            "You pay nothing now".to_owned(),
            format!("{} is kept as credit and used for the next invoices.", credit.short()),
        )
    } else {
        (
            format!("You pay {} now", it.due.short()),
            "This is the invoice that the change makes, to the cent.".to_owned(),
        )
    };
    let lines = (!it.lines.is_empty()).then(|| lines(it));
    html! {
        <section class=class::PANEL aria-labelledby="preview">
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE id="preview">{title}</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p>{text} {then}</p>
                {lines}
                <form
                    action=change.address()
                    method="post"
                    on:submit=move |event| change.submit(&event)
                >
                    {hidden(address, it)}
                    <div class=class::ACTIONS>
                        <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || change.busy()>
                            "Confirm the change"
                        </button>
                        <a class=classes(&[class::BTN, class::BTN_QUIET]) href="/billing">"Keep what there is"</a>
                    </div>
                </form>
            </div>
        </section>
    }
}

fn lines(it: &PreviewView) -> Node {
    let row = |line: &PreviewLine| {
        html! { <tr><th scope="row">{line.text.clone()}</th><td class=class::NUM>{line.amount.to_string()}</td></tr> }
    };
    let rows = it.lines.iter().map(row).collect::<Node>();
    let sum = |name: &'static str, amount: String| {
        html! { <tr><th scope="row">{name}</th><td class=class::NUM>{amount}</td></tr> }
    };
    let credit = it.total.minor.max(0) - it.due.minor;
    let credit = (credit > 0).then(|| {
        let used = contract::money::Money::new(-credit, it.total.currency);
        sum("Credit", used.to_string())
    });
    let rows = html! { {rows} {sum("Tax", it.tax.to_string())} {sum("Total", it.total.to_string())} {credit} };
    figures_table("The invoice of the change", &[Column::Text("For"), Column::Number("Amount")], rows)
}

fn hidden(address: &Address, it: &PreviewView) -> Node {
    let (id, plan, interval, seats) = address.clone();
    html! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="plan" value=plan/>
        <input type="hidden" name="interval" value=interval/>
        <input type="hidden" name="seats" value=seats/>
        <input type="hidden" name="at" value=it.at.0.to_string()/>
        <input type="hidden" name="total" value=it.total.minor.to_string()/>
    }
}
