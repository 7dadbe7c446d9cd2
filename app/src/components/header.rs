//! The page header: logo, search, navigation, account.

use super::{
    Icon, account_in, brand_mark, classes, count, load_all, progress, search_box, sign_in_address, skeleton, use_viewer,
};
use crate::markup::{Child, Node, html};
use contract::account::{Account, OrganizationRole, Viewer};
use leptos::prelude::*;
use leptos::web_sys;
use leptos_router::hooks::use_location;
use style::{class, icons};

/// The header. `busy` says that a navigation is under way.
pub fn header(busy: Signal<bool>) -> Node {
    let pathname = use_location().pathname;
    let viewer = use_viewer();
    // The home page has its own, large search.
    let search =
        move || (pathname.get() != "/").then(|| html! { <div class=class::HEAD_SEARCH>{search_box(false)}</div> });
    html! {
        <header class=class::HEAD>
            {progress(busy)}
            <div class=classes(&[class::WRAP, class::HEAD_ROW])>
                <a class=class::BRAND href="/">
                    {brand_mark()}
                    <span>"OpenConductor"</span>
                </a>
                {search}
                {load_all(vec![viewer], skeleton::nothing, |replies| end(account_in(&replies[0])))}
            </div>
        </header>
    }
}

/// Address, name and icon of a place in the main navigation.
type Place = (&'static str, &'static str, &'static str);

fn places(viewer: Option<&Viewer>) -> Vec<Place> {
    let mut places = vec![("/search", "Browse", icons::PACKAGE), ("/installed", "Installed", icons::PLUG)];
    if viewer.is_some_and(|viewer| viewer.partner.is_some()) {
        places.push(("/partner", "Partner listings", icons::BUILDING));
    }
    if viewer.is_some_and(|viewer| viewer.staff.is_some()) {
        places.push(("/staff/requests", "Requests", icons::STAR));
        places.push(("/staff/discovery", "Discovery", icons::CHART));
        places.push(("/staff/moderation", "Moderation", icons::SHIELD));
    }
    places
}

/// Navigation and account.
fn end(who: Option<Account>) -> Node {
    let pathname = use_location().pathname;
    let current = move |href: &'static str| move || pathname.get().starts_with(href).then_some("page");
    let places = places(who.as_ref().map(|who| &who.viewer));
    let links = places
        .iter()
        .map(|&(href, name, _)| {
            html! { <a class=class::NAV_LINK href=href aria-current=current(href)>{name}</a> }
        })
        .collect::<Node>();
    let items = places
        .iter()
        .map(|&(href, name, icon)| {
            html! {
                <a class=class::MENU_ITEM href=href aria-current=current(href)>
                    <Icon name=icon/>
                    {name}
                </a>
            }
        })
        .collect::<Node>()
        .into_node();
    let narrow = menu_of_places(items);
    let sign_in = || html! { <a class=class::BTN href=sign_in_address>"Sign in"</a> };
    let account = who.map_or_else(sign_in, account);
    html! {
        <nav class=classes(&[class::NAV, class::ONLY_WIDE]) aria-label="Main">
            {links}
        </nav>
        <div class=class::HEAD_END>{narrow} {account}</div>
    }
}

fn menu_of_places(items: Node) -> Node {
    html! {
        <details class=classes(&[class::MENU, class::ONLY_NARROW])>
            <summary class=classes(&[class::BTN, class::BTN_QUIET, class::BTN_ICON]) aria-label="Menu">
                <Icon name=icons::MENU/>
            </summary>
            <nav class=class::MENU_PANEL aria-label="Menu" on:click=close>
                {items}
            </nav>
        </details>
    }
}

fn account(Account { viewer, unread }: Account) -> Node {
    let mut label = String::from("Account: ");
    label.push_str(&viewer.name);
    let new = (unread > 0).then(|| {
        label.push_str(", ");
        label.push_str(&count(unread.into(), "unread notice"));
        let number = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
        // The button's label says it.
        html! { <span class=class::ME_NEW aria-hidden="true">{number}</span> }
    });
    let own = own_places(viewer.role).into_iter().map(menu_item).collect::<Node>();
    html! {
        <details class=class::MENU>
            <summary class=class::ME aria-label=label>
                {initials(&viewer.name)}
                {new}
            </summary>
            <div class=class::MENU_PANEL>
                <p class=class::MENU_NOTE>
                    <strong>{viewer.name}</strong>
                    {viewer.organization_name}
                </p>
                <nav aria-label="Account" on:click=close>
                    {own}
                </nav>
                <form method="post" action="/auth/sign-out">
                    <button class=class::MENU_ITEM>
                        <Icon name=icons::LOG_OUT/>
                        "Sign out"
                    </button>
                </form>
            </div>
        </details>
    }
}

/// What belongs to oneself and to the organization.
fn own_places(role: OrganizationRole) -> Vec<Place> {
    let mut places = vec![
        ("/inbox", "Inbox", icons::INBOX),
        ("/approvals", "Approvals", icons::CHECK_CIRCLE),
        ("/settings/members", "Members", icons::USERS),
        ("/settings/organization", "Organization", icons::BUILDING),
        ("/settings/tokens", "API tokens", icons::KEY),
        ("/settings/account", "Account", icons::USER),
    ];
    if role != OrganizationRole::Member {
        places.insert(2, ("/billing", "Billing", icons::TAG));
    }
    if role == OrganizationRole::Admin {
        places.push(("/audit", "Audit trail", icons::SHIELD));
    }
    places
}

fn menu_item((href, name, icon): Place) -> Node {
    html! { <a class=class::MENU_ITEM href=href><Icon name=icon/> {name}</a> }
}

/// First letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}

/// Closes the menu that was clicked in, as a page load would.
fn close(event: web_sys::Event) {
    let menu = event_target::<web_sys::Element>(&event).closest("details").ok().flatten();
    if let Some(menu) = menu {
        _ = menu.remove_attribute("open");
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_names() {
        assert_eq!(initials("Mara Klein"), "MK");
        assert_eq!(initials("Ana Maria de Souza"), "AS");
        assert_eq!(initials("Cher"), "C");
    }
}
