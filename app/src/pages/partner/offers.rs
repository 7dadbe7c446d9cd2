//! `/partner/offers`: private offers of a partner, and making one.

use crate::components::{Icon, PageMeta, classes, count, field_error, load, skeleton};
use crate::markup::{Child, Node, html};
use crate::pages::installed::failed::notice;
use crate::remote::{FormAction, resource};
use crate::server_fns::billing::ask_partner_offers;
use contract::money::Currency;
use contract::offer::{OfferList, OfferState, OfferView};
use style::{class, icons};

/// The page.
pub(super) fn offers_page() -> Node {
    let make = FormAction::new("make_offer");
    let withdraw = FormAction::new("withdraw_offer");
    let offers = resource(move || ask_partner_offers().again(make.version() + withdraw.version()));
    load(offers, skeleton::lines, move |list: OfferList| page(&list, make, withdraw))
}

fn page(list: &OfferList, make: FormAction, withdraw: FormAction) -> Node {
    let lead =
        "A price of your own for one customer. They accept it by paying; it lasts for its term and ends by itself.";
    let offers = if list.offers.is_empty() {
        html! { <p class=class::MUTED>"You have made no offer yet."</p> }
    } else {
        let rows = list.offers.iter().map(|it| row(it, list, withdraw)).collect::<Node>();
        html! { <ul class=class::CONNECTIONS>{rows}</ul> }
    };
    let wrong = move || withdraw.problem().map(|problem| notice(&problem.0));
    html! {
        <PageMeta title="Private offers" description=lead/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Private offers"</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
            <a class=class::BTN href="/partner/revenue"><Icon name=icons::CHART/> "Revenue"</a>
        </div>
        {wrong.into_node()}
        <div class=class::STACK>
            {offers}
            {(list.may_manage && !list.choices.is_empty()).then(|| form(list, make))}
        </div>
    }
}

fn row(it: &OfferView, list: &OfferList, withdraw: FormAction) -> Node {
    let over = it.state == OfferState::Open && list.now >= it.expires_at;
    let (tone, state) = match it.state {
        OfferState::Open if over => (class::TONE_STILL, "Expired"),
        OfferState::Open => (class::TONE_INFO, it.state.label()),
        OfferState::Accepted => (class::TONE_OK, it.state.label()),
        OfferState::Declined | OfferState::Withdrawn => (class::TONE_STILL, it.state.label()),
    };
    let terms = format!("{} a {}, for {}", it.price.short(), it.interval.unit(), count(it.months.into(), "month"));
    let back = (list.may_manage && it.state == OfferState::Open && !over).then(|| {
        html! {
            <form class=class::LINE_ACTIONS action=withdraw.address() method="post" on:submit=move |event| withdraw.submit(&event)>
                <input type="hidden" name="id" value=it.id.clone()/>
                <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || withdraw.busy()>
                    "Withdraw" <span class=class::SR>{format!(" the offer to {}", it.organization_name)}</span>
                </button>
            </form>
        }
    });
    html! {
        <li class=class::LINE>
            <Icon name=icons::TAG/>
            <div>
                <p><strong>{format!("{} · {} for {}", it.listing_name, it.plan_name, it.organization_name)}</strong></p>
                <p class=class::CARD_BY>{terms}</p>
                <p class=class::CARD_BY>{format!("Made on {}, open until {}", it.created_at.date(), it.expires_at.date())}</p>
                {back}
            </div>
            <span class=classes(&[class::PILL, tone])>{state}</span>
        </li>
    }
}

fn field(make: FormAction, name: &'static str, label: &'static str, help: &'static str, control: Node) -> Node {
    let wrong = move || {
        let problem = make.problem().filter(|it| it.0.field.as_deref() == Some(name));
        problem.map(|it| field_error(format!("{name}-x"), format!("{} {}", it.0.detail, it.0.next_step)))
    };
    let help = (!help.is_empty()).then(|| html! { <p class=class::HELP id=format!("{name}-h")>{help}</p> });
    html! {
        <div class=class::FIELD>
            <label class=class::LABEL for=name>{label}</label>
            {control}
            {help}
            {wrong.into_node()}
        </div>
    }
}

fn form(list: &OfferList, make: FormAction) -> Node {
    let plans = list.choices.iter().map(|it| html! { <option value=it.id.clone()>{it.name.clone()}</option> });
    let plans = plans.collect::<Node>();
    let currencies = Currency::ALL.iter().map(|it| html! { <option value=it.code()>{it.code()}</option> });
    let currencies = currencies.collect::<Node>();
    let wrong = move || make.problem().filter(|it| it.0.field.is_none()).map(|problem| notice(&problem.0));
    let input = |name: &'static str, mode: &'static str, value: &'static str| {
        let invalid = move || (make.problem()?.0.field.as_deref() == Some(name)).then_some("true");
        html! {
            <input
                class=class::INPUT
                id=name
                name=name
                inputmode=mode
                value=value
                required=true
                autocomplete="off"
                aria-invalid=invalid
                aria-describedby=format!("{name}-h {name}-x")
            />
        }
    };
    html! {
        <section class=class::PANEL aria-labelledby="new-offer">
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE id="new-offer">"New offer"</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                {wrong.into_node()}
                <form
                    class=classes(&[class::FORM, class::FORM_NARROW])
                    action=make.address()
                    method="post"
                    on:submit=move |event| make.submit(&event)
                >
                    {field(make, "choice", "Plan", "", html! {
                        <select class=classes(&[class::INPUT, class::SELECT]) id="choice" name="choice">{plans}</select>
                    })}
                    {field(
                        make,
                        "organization",
                        "ID of the customer's organization",
                        "They find it under Settings, Organization.",
                        input("organization", "text", ""),
                    )}
                    <div class=class::FILTERS>
                        {field(make, "price", "Price each time, before tax", "", input("price", "decimal", ""))}
                        {field(make, "currency", "Currency", "", html! {
                            <select class=classes(&[class::INPUT, class::SELECT]) id="currency" name="currency">{currencies}</select>
                        })}
                        {field(make, "interval", "Paid in advance", "", html! {
                            <select class=classes(&[class::INPUT, class::SELECT]) id="interval" name="interval">
                                <option value="annual">"yearly"</option>
                                <option value="monthly">"monthly"</option>
                            </select>
                        })}
                        {field(make, "months", "Term in months", "", input("months", "numeric", "12"))}
                    </div>
                    {field(make, "message", "Message", "", html! {
                        <textarea class=class::INPUT id="message" name="message" maxlength="1000"></textarea>
                    })}
                    <div class=class::ACTIONS>
                        <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || make.busy()>"Make the offer"</button>
                    </div>
                </form>
            </div>
        </section>
    }
}
