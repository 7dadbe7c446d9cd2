//! `/settings/organization`: the name, going over to another organization, leaving, deleting.

use super::frame;
use crate::components::{Icon, classes, load_all, problem_page, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::organization::{ask_my_organizations, ask_organization};
use contract::money::Currency;
use contract::organization::{Belonging, DELETION_GRACE_DAYS, OrganizationView};
use style::{class, icons};

/// What can be done here.
#[derive(Clone, Copy)]
struct Actions {
    rename: FormAction,
    currency: FormAction,
    switch: FormAction,
    create: FormAction,
    leave: FormAction,
    delete: FormAction,
    keep: FormAction,
}

/// The page.
pub(super) fn organization_page() -> Node {
    let actions = Actions {
        rename: FormAction::new("rename_organization"),
        currency: FormAction::new("set_currency"),
        switch: FormAction::new("switch_organization"),
        create: FormAction::new("create_organization"),
        leave: FormAction::new("leave_organization"),
        delete: FormAction::new("schedule_organization_deletion"),
        keep: FormAction::new("keep_organization"),
    };
    let changed = move || {
        let Actions { rename, currency, delete, keep, .. } = actions;
        rename.version() + currency.version() + delete.version() + keep.version()
    };
    let organization = resource(move || ask_organization().again(changed()));
    let mine = resource(move || ask_my_organizations().again(actions.leave.version()));
    load_all(vec![organization, mine], skeleton::lines, move |replies| {
        match (replies[0].read(), replies[1].read::<Vec<Belonging>>()) {
            (Ok(organization), Ok(mine)) => page(&organization, &mine, actions),
            (Err(problem), _) | (_, Err(problem)) => problem_page(problem),
        }
    })
}

fn page(it: &OrganizationView, mine: &[Belonging], actions: Actions) -> Node {
    let content = html! {
        {it.delete_at.map(|at| deletion(&at.date(), it.manages, actions.keep))}
        {it.manages.then(|| frame::panel("Name", rename(it, actions.rename)))}
        {frame::panel("Currency", currency(it, actions.currency))}
        {frame::panel("Your organizations", belongings(mine, actions))}
        {(it.manages && it.delete_at.is_none()).then(|| delete(it, actions.delete))}
    };
    frame::page(
        "/settings/organization",
        "Organization",
        "Its name, its currency, and the organizations you belong to.",
        String::new(),
        content,
    )
}

fn deletion(at: &str, manages: bool, keep: FormAction) -> Node {
    let button = manages.then(|| {
        html! {
            <form action=keep.address() method="post" on:submit=move |event| keep.submit(&event)>
                <button class=class::BTN aria-busy=move || keep.busy()>"Keep the organization"</button>
            </form>
        }
    });
    html! {
        {failed(keep)}
        <div class=classes(&[class::NOTICE, class::TONE_BAD]) role="status">
            <Icon name=icons::TRASH/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{format!("This organization is deleted on {at}")}</p>
                <p>"Until then everything works as before, and an administrator can keep it."</p>
                {button}
            </div>
        </div>
    }
}

fn rename(it: &OrganizationView, action: FormAction) -> Node {
    html! {
        {failed(action)}
        <form class=class::ACTIONS action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <label class=class::SR for="organization-name">"Name of the organization"</label>
            <input
                class=classes(&[class::INPUT, class::GROW])
                id="organization-name"
                name="name"
                required=true
                maxlength="80"
                value=it.name.clone()
                autocomplete="organization"
            />
            <button class=class::BTN aria-busy=move || action.busy()>"Save name"</button>
        </form>
    }
}

/// What it pays in, and a form for who may choose it.
fn currency(it: &OrganizationView, action: FormAction) -> Node {
    let chosen = it.currency;
    let name = |currency: Currency| format!("{} ({currency})", currency.name());
    let note = if it.currency_fixed {
        "It has subscribed to a plan, so the currency stays as it is."
    } else {
        "Prices are shown and paid in it. A plan without a price in it is paid in US dollars. After the first subscription it \
         can't be changed."
    };
    let option = |currency: &Currency| {
        let selected = *currency == chosen;
        html! { <option value=currency.code() selected=selected>{name(*currency)}</option> }
    };
    let shown = if it.pays && !it.currency_fixed {
        html! {
            {failed(action)}
            <form class=class::ACTIONS action=action.address() method="post" on:submit=move |event| action.submit(&event)>
                <label class=class::SR for="currency">"Currency of the organization"</label>
                <select class=classes(&[class::INPUT, class::SELECT, class::GROW]) id="currency" name="currency" aria-describedby="currency-note">
                    {Currency::ALL.iter().map(option).collect::<Node>()}
                </select>
                <button class=class::BTN aria-busy=move || action.busy()>"Save currency"</button>
            </form>
        }
    } else {
        html! { <p>{name(chosen)}</p> }
    };
    html! {
        {shown}
        <p class=class::VERDICT_NOTE id="currency-note">{note}</p>
    }
}

fn belongings(mine: &[Belonging], actions: Actions) -> Node {
    let several = mine.len() > 1;
    let rows = mine.iter().map(|it| belonging(it, several, actions)).collect::<Node>();
    let create = actions.create;
    html! {
        {failed(actions.switch)}
        {failed(actions.leave)}
        <ul class=class::CONNECTIONS>{rows}</ul>
        {failed(create)}
        <form class=class::ACTIONS action=create.address() method="post" on:submit=move |event| create.submit(&event)>
            <label class=class::SR for="new-name">"Name of a new organization"</label>
            <input
                class=classes(&[class::INPUT, class::GROW])
                id="new-name"
                name="name"
                required=true
                maxlength="80"
                placeholder="Name of a new organization"
                autocomplete="off"
            />
            <button class=class::BTN aria-busy=move || create.busy()><Icon name=icons::PLUS/> "Create"</button>
        </form>
    }
}

fn belonging(it: &Belonging, several: bool, actions: Actions) -> Node {
    let button = |action: FormAction, name: &'static str| {
        let id = it.id.to_string();
        html! {
            <form action=action.address() method="post" on:submit=move |event| action.submit(&event)>
                <input type="hidden" name="organization" value=id/>
                <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || action.busy()>
                    {name}
                    <span class=class::SR>{format!(" {}", it.name)}</span>
                </button>
            </form>
        }
    };
    let here = it.current.then(|| html! { <span class=classes(&[class::PILL, class::TONE_INFO])>"Current"</span> });
    html! {
        <li class=class::LINE>
            <Icon name=icons::BUILDING/>
            <div>
                <p class=class::CARD_TITLE>{it.name.clone()}</p>
                <p class=class::CARD_BY>{format!("{} since {}", it.role.label(), it.joined_at.date())}</p>
            </div>
            <div class=class::ACTIONS>
                {here}
                {(!it.current).then(|| button(actions.switch, "Switch to"))}
                {several.then(|| button(actions.leave, "Leave"))}
            </div>
        </li>
    }
}

fn delete(it: &OrganizationView, action: FormAction) -> Node {
    let name = it.name.clone();
    html! {
        <section class=classes(&[class::PANEL, class::DANGER])>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Delete the organization"</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p class=class::VERDICT_NOTE>
                    {format!("Everything it has installed is uninstalled after {DELETION_GRACE_DAYS} days; until then it can be kept.")}
                </p>
                {failed(action)}
                <details class=class::CONFIRM>
                    <summary class=class::BTN><Icon name=icons::TRASH/> {format!("Delete {name}…")}</summary>
                    <form
                        class=class::CONFIRM_BODY
                        action=action.address()
                        method="post"
                        on:submit=move |event| action.submit(&event)
                    >
                        <label class=class::LABEL for="confirm">{format!("Write “{name}” to confirm")}</label>
                        <input class=class::INPUT id="confirm" name="confirm" required=true autocomplete="off"/>
                        <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || action.busy()>
                            {format!("Delete {name}")}
                        </button>
                    </form>
                </details>
            </div>
        </section>
    }
}
