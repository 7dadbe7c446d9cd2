//! Plan: what is paid for it. Paying happens on the processor's page; whoever closes the tab on the way finds the step as it
//! was, and whoever has paid goes on here.

use super::frame;
use super::page::Actions;
use super::review::{approval, blocked};
use crate::components::{Icon, classes, field_error};
use crate::markup::{Child, Node, html};
use crate::pages::installed::failed::notice;
use crate::pages::pricing::{price_words, pricing_address};
use contract::ErrorCode;
use contract::billing::PlanStep;
use contract::install::{WizardStep, WizardView};
use contract::plan::{Charge, Interval, PlanView};
use leptos_router::params::ParamsMap;
use style::{class, icons};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    plan: String,
    interval: Interval,
    seats: String,
}

impl Wish {
    /// Of an address.
    pub fn of(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default();
        Self {
            plan: text("plan"),
            interval: Interval::parse(&text("interval")).unwrap_or_default(),
            seats: text("seats"),
        }
    }
}

/// Whether this step is shown instead of Review: there is no plan that works, or somebody came to choose one.
pub fn comes_first(view: &WizardView, asked: Option<WizardStep>, chosen: bool) -> bool {
    let Some(plan) = &view.plan else { return false };
    match asked {
        Some(WizardStep::Plan) => true,
        Some(_) => !plan.works,
        None => !plan.works || chosen && !plan.subscribed,
    }
}

/// The step.
pub fn step(view: &WizardView, actions: Actions, wish: &Wish) -> Node {
    let Some(plan) = &view.plan else { return Node::Nothing };
    let content = html! {
        {standing(plan)}
        {choose(view, plan, actions, wish)}
        <div class=class::WIZARD_FOOT>
            <a class=classes(&[class::BTN, class::BTN_QUIET]) href=format!("/integrations/{}", view.listing.id)>"Cancel"</a>
            {plan.works.then(|| onward(view, plan))}
        </div>
    };
    let (title, lead) = if plan.subscribed {
        ("Your plan", "Plan and seats are changed on the bill.")
    } else {
        ("Choose a plan", "You pay on the next page, and come back here to connect.")
    };
    frame::body(title.to_owned(), lead, content, aside(plan))
}

/// On with what there is. While something can be chosen, choosing is the main thing.
fn onward(view: &WizardView, plan: &PlanStep) -> Node {
    let (href, text) =
        (frame::to(view, WizardStep::Review), format!("Go on with {}", plan.plan.clone().unwrap_or_default()));
    if plan.subscribed {
        frame::onward(href, text)
    } else {
        html! { <a class=class::BTN href=href>{text}</a> }
    }
}

/// What there is now.
fn standing(plan: &PlanStep) -> Node {
    let name = plan.plan.clone().unwrap_or_default();
    let (tone, icon, title, text) = if plan.waiting && !plan.subscribed {
        let text = "You can go on with it: choose the same again. Choosing something else replaces it.".to_owned();
        (class::TONE_INFO, icons::INFO, "An order waits to be paid".to_owned(), text)
    } else if plan.works {
        (class::TONE_OK, icons::CHECK_CIRCLE, format!("Your organization has {name}"), plan.note.clone())
    } else if plan.subscribed {
        let text = "It does not work at the moment. Nothing was deleted; see what is missing on the bill.".to_owned();
        (class::TONE_WARN, icons::ALERT_TRIANGLE, format!("Your organization has {name}"), text)
    } else {
        return Node::Nothing;
    };
    let bill = plan.subscribed.then(|| html! { <p><a href="/billing">"Open the bill"</a></p> });
    html! {
        <div class=classes(&[class::NOTICE, tone]) role="status">
            <Icon name=icon/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{title}</p>
                {(!text.is_empty()).then(|| html! { <p>{text}</p> })}
                {bill}
            </div>
        </div>
    }
}

/// The form, or why this person does not see it.
fn choose(view: &WizardView, plan: &PlanStep, actions: Actions, wish: &Wish) -> Node {
    if plan.subscribed {
        return Node::Nothing;
    }
    match &view.blocked {
        Some(error) if error.code == ErrorCode::SignInRequired => {
            let mut back = format!("/integrations/{}/install", view.listing.id);
            if !wish.plan.is_empty() {
                // The address is a value in another address.
                back = format!("{back}%3Fplan%3D{}%26interval%3D{}", wish.plan, wish.interval.as_str());
            }
            return frame::onward(format!("/sign-in?return_to={back}"), "Sign in to choose a plan".to_owned());
        }
        Some(error) if error.code != ErrorCode::PaymentRequired => {
            return html! { {blocked(error)} {view.policy.as_ref().map(|policy| approval(view, policy, actions))} };
        }
        _ => {}
    }
    if !plan.pricing.sold_here {
        return info("Nothing is sold here", "Payments are not configured on this marketplace.");
    }
    if !plan.may_buy {
        return info(
            "Somebody else pays",
            "Plans are bought by the administrators and billing administrators of your organization. Send them the address of this page.",
        );
    }
    let dearer = view.policy.as_ref().filter(|policy| policy.can_ask || policy.request.is_some());
    let dearer = dearer.map(|policy| {
        html! {
            <details class=class::CONFIRM>
                <summary class=class::BTN>"Ask for approval…"</summary>
                <div class=class::CONFIRM_BODY>
                    <p>{policy.verdict.why.clone()}</p>
                    {approval(view, policy, actions)}
                </div>
            </details>
        }
    });
    html! { {form(view, plan, actions, wish)} {dearer} }
}

fn info(title: &'static str, text: &'static str) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_INFO])>
            <Icon name=icons::INFO/>
            <div class=class::NOTICE_BODY><p class=class::NOTICE_TITLE>{title}</p><p>{text}</p></div>
        </div>
    }
}

fn form(view: &WizardView, plan: &PlanStep, actions: Actions, wish: &Wish) -> Node {
    let sold: Vec<&PlanView> =
        plan.pricing.plans.iter().filter(|it| !matches!(it.charge, Charge::Free | Charge::Contract)).collect();
    let first = sold.first().map(|it| it.id.clone()).unwrap_or_default();
    let chosen = if sold.iter().any(|it| it.id == wish.plan) { wish.plan.clone() } else { first };
    let options = sold.iter().flat_map(|it| {
        let yearly = it.yearly().then_some(Interval::Annual);
        [Some(Interval::Monthly), yearly].into_iter().flatten().map(|interval| {
            let checked = it.id == chosen && it.paid(wish.interval) == interval;
            option(it, interval, checked, plan.trial)
        })
    });
    let options = options.collect::<Node>();
    let seats = sold.iter().any(|it| matches!(it.charge, Charge::PerSeat | Charge::Volume));
    let order = actions.order;
    // What is wrong with the seats is said by their field, where there is one.
    let failed = move || order.problem().filter(|it| !seats || it.0.field.is_none()).map(|problem| notice(&problem.0));
    html! {
        {failed}
        <form class=class::FORM action=order.address() method="post">
            <input type="hidden" name="listing" value=view.listing.id.to_string()/>
            <fieldset class=class::FIELD>
                <legend class=class::LABEL>"Plan"</legend>
                {options}
            </fieldset>
            {seats.then(|| seats_field(plan, actions, wish))}
            <p class=class::HELP>
                "Prices are without tax, which is added where it is due. "
                <a href=pricing_address(&view.listing.id, wish.interval)>"Compare the plans"</a>
                "."
            </p>
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY])>
                    "Go to payment" <Icon name=icons::ARROW_RIGHT flip=true/>
                </button>
            </div>
        </form>
    }
}

fn option(plan: &PlanView, interval: Interval, checked: bool, trial: bool) -> Node {
    let (amount, what) = price_words(plan, interval);
    let mut text = format!("{amount} {what}");
    if let Some(percent) = plan.saving_percent.filter(|_| interval == Interval::Annual) {
        text = format!("{text}, saves {percent} %");
    }
    if trial && plan.trial_days > 0 {
        text = format!("{text}, after {} days free", plan.trial_days);
    }
    let name = if plan.yearly() { format!("{}, {}", plan.name, interval.as_str()) } else { plan.name.clone() };
    html! {
        <label class=class::CHECK>
            <input
                type="radio"
                name="choice"
                value=format!("{}.{}", plan.id, interval.as_str())
                checked=checked
                required=true
            />
            <span><strong>{name}</strong> <br/> <span class=class::HELP>{text}</span></span>
        </label>
    }
}

fn seats_field(plan: &PlanStep, actions: Actions, wish: &Wish) -> Node {
    let seats = if wish.seats.is_empty() { plan.members.max(1).to_string() } else { wish.seats.clone() };
    let order = actions.order;
    let wrong = move || {
        let problem = order.problem().filter(|it| it.0.field.as_deref() == Some("seats"));
        problem.map(|it| field_error("seats-x".to_owned(), format!("{} {}", it.0.detail, it.0.next_step)))
    };
    let invalid = move || (order.problem()?.0.field.as_deref() == Some("seats")).then_some("true");
    html! {
        <div class=class::FIELD>
            <label class=class::LABEL for="seats">"Seats, for plans that have them"</label>
            <input
                class=class::INPUT
                id="seats"
                name="seats"
                inputmode="numeric"
                value=seats
                aria-invalid=invalid
                aria-describedby="seats-h seats-x"
            />
            <p class=class::HELP id="seats-h">
                {format!("Your organization has {} members.", plan.members)}
            </p>
            {wrong.into_node()}
        </div>
    }
}

fn aside(plan: &PlanStep) -> Node {
    let test = plan.pricing.test_mode.then(|| {
        frame::note(
            "Test mode",
            &["No money moves. Pay with the card 4242 4242 4242 4242, any date ahead and any three digits."],
        )
    });
    html! {
        {test}
        {frame::note(
            "How it is paid",
            &[
                "You see tax and the total before you pay, and can cancel at any time: it works until its period ends.",
                "A price that rises later is for new customers: you keep yours.",
                "When a payment fails, everything works on for 14 days. Nothing is ever deleted for it.",
            ],
        )}
    }
}
