//! The bill: what is subscribed, what it comes to, the invoices, and how it is paid.

use super::{budget, costs, invoices, offers, subscription, usage};
use crate::components::{Icon, PageMeta, classes, load, skeleton};
use crate::markup::{Child, Node, html};
use crate::pages::installed::failed::{failed, notice};
use crate::remote::{FormAction, resource};
use crate::server_fns::billing::ask_bill;
use contract::billing::BillView;
use contract::money::{Currency, Money};
use style::{class, icons};

/// The page.
pub(super) fn bill_page() -> Node {
    let decide = FormAction::new("decide_subscription");
    let portal = FormAction::new("/billing/portal");
    let accept = FormAction::new("/billing/accept");
    let decline = FormAction::new("decline_offer");
    let cap = FormAction::new("set_cap");
    let spend = FormAction::new("set_budget");
    let bill =
        resource(move || ask_bill().again(decide.version() + decline.version() + cap.version() + spend.version()));
    load(bill, skeleton::lines, move |bill: BillView| {
        page(&bill, Actions { decide, portal, accept, decline, cap, spend })
    })
}

/// Amounts of several currencies, joined.
pub(super) fn sums(amounts: &[Money]) -> String {
    amounts.iter().map(|it| it.short()).collect::<Vec<_>>().join(" + ")
}

/// What can be done here.
#[derive(Clone, Copy)]
struct Actions {
    decide: FormAction,
    portal: FormAction,
    accept: FormAction,
    decline: FormAction,
    cap: FormAction,
    spend: FormAction,
}

fn page(bill: &BillView, actions: Actions) -> Node {
    let Actions { decide, portal, accept, decline, cap, spend } = actions;
    let lead = match (bill.subscriptions.iter().filter(|it| it.state.works()).count(), bill.monthly.as_slice()) {
        (0, _) => "Nothing is paid for at the moment.".to_owned(),
        (_, []) => "Nothing is due at the moment.".to_owned(),
        (_, sums_of) => format!("{} a month before tax, what is counted not included.", sums(sums_of)),
    };
    let content = if bill.subscriptions.is_empty() && bill.invoices.is_empty() && bill.offers.is_empty() {
        empty(bill)
    } else {
        html! {
            {failed(decide)}
            {failed(decline)}
            {offers::offers(bill, decline)}
            {subscription::list(bill, decide)}
            {bill.usage.iter().map(|it| usage::usage_panel(it, bill.may_manage, cap)).collect::<Node>()}
            {costs::costs(bill)}
            {budget::budget_panel(&bill.budget, bill.may_manage, spend)}
            {invoices::invoices(bill)}
        }
    };
    let wrong = move || portal.problem().or_else(|| accept.problem()).map(|problem| notice(&problem.0));
    html! {
        <PageMeta title="Billing" description="Everything that is paid for, on one bill."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Billing"</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
            {bill.may_manage.then(|| details(bill, portal))}
        </div>
        <div class=class::STACK>
            {wrong.into_node()}
            {bill.test_mode.then(test_mode)}
            {content}
        </div>
    }
}

fn test_mode() -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_INFO])>
            <Icon name=icons::INFO/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>"Test mode"</p>
                <p>"Everything can be tried, and no money moves."</p>
            </div>
        </div>
    }
}

/// To the processor's page for cards, addresses and tax ids; there is one for each currency.
fn details(bill: &BillView, portal: FormAction) -> Node {
    let several = bill.pays_in.len() > 1;
    let one = |currency: &Currency| {
        let of = several.then(|| format!(" ({currency})"));
        html! {
            <form action=portal.address() method="post">
                <input type="hidden" name="currency" value=currency.code()/>
                <button class=class::BTN>
                    <Icon name=icons::KEY/> "Payment method and tax ID" {of}
                </button>
            </form>
        }
    };
    html! { <div class=class::ACTIONS>{bill.pays_in.iter().map(one).collect::<Node>()}</div> }
}

fn empty(bill: &BillView) -> Node {
    let text = if bill.sold_here {
        "What you buy appears here, with its invoices. Most integrations cost nothing."
    } else {
        "Payments are not configured on this marketplace; everything that is free works."
    };
    html! {
        <div class=class::EMPTY>
            <span class=class::EMPTY_MARK><Icon name=icons::TAG large=true/></span>
            <h2>"Nothing is paid for yet"</h2>
            <p>{text}</p>
            <div class=class::ACTIONS>
                <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href="/search">"Browse integrations"</a>
            </div>
        </div>
    }
}
