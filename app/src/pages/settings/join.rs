//! `/join/:token`: where an invitation's link leads. Opening it changes nothing; the button does.

use crate::components::{Icon, PageMeta, classes, load, problem_notice, sign_in_address, skeleton};
use crate::markup::{Node, html};
use crate::remote::{FormAction, resource};
use crate::server_fns::organization::ask_invitation;
use contract::organization::{JoinState, JoinView, Offer};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use style::{class, icons};

/// The page.
pub(super) fn join_page() -> Node {
    let params = use_params_map();
    let token = Memo::new(move |_| params.read().get("token").unwrap_or_default());
    let accept = FormAction::new("accept_invitation");
    let view = resource(move || ask_invitation(token.get()).again(accept.version()));
    load(view, skeleton::lines, move |it: JoinView| {
        let token = token.get_untracked();
        let content = match (it.state, &it.offer) {
            (JoinState::SignIn, _) => sign_in(),
            (JoinState::Open, Some(offer)) => offered(offer, &it.you, token, accept),
            (JoinState::Joined, Some(offer)) => joined(offer),
            (JoinState::AnotherAddress, _) => another(&it.you),
            (JoinState::Unverified, _) => unverified(&it.you),
            _ => unusable(),
        };
        html! {
            <PageMeta title="Invitation" description="Join an organization."/>
            <div class=class::ENTRY>{content}</div>
        }
    })
}

fn head(title: String, lead: String) -> Node {
    html! {
        <div class=class::ENTRY_HEAD>
            <h1 tabindex="-1">{title}</h1>
            <p class=class::PAGE_LEAD>{lead}</p>
        </div>
    }
}

fn sign_in() -> Node {
    html! {
        {head(
            "You are invited".to_owned(),
            "Sign in with the address that the invitation was sent to; then you see what it is about.".to_owned(),
        )}
        <a class=classes(&[class::BTN, class::BTN_PRIMARY, class::BTN_L, class::BTN_BLOCK]) href=sign_in_address()>
            <Icon name=icons::KEY/>
            "Sign in to join"
        </a>
    }
}

fn offered(offer: &Offer, you: &str, token: String, accept: FormAction) -> Node {
    let lead = format!("{} invites you as {}. You are signed in as {you}.", offer.invited_by, offer.role.label());
    html! {
        {head(format!("Join {}", offer.organization), lead)}
        {move || accept.problem().map(|problem| problem_notice(&problem.0))}
        <form action=accept.address() method="post" on:submit=move |event| accept.submit(&event)>
            <input type="hidden" name="token" value=token/>
            <button
                class=classes(&[class::BTN, class::BTN_PRIMARY, class::BTN_L, class::BTN_BLOCK])
                aria-busy=move || accept.busy()
            >
                {format!("Join {}", offer.organization)}
            </button>
        </form>
    }
}

fn joined(offer: &Offer) -> Node {
    html! {
        {head(format!("You belong to {}", offer.organization), "The invitation was accepted; nothing is left to do.".to_owned())}
        <a class=classes(&[class::BTN, class::BTN_BLOCK]) href="/installed">"See what is installed"</a>
    }
}

fn another(you: &str) -> Node {
    let lead = format!("You are signed in as {you}. Sign out, and in again with the address that the mail went to.");
    html! {
        {head("This invitation is for another address".to_owned(), lead)}
        <form method="post" action="/auth/sign-out">
            <button class=classes(&[class::BTN, class::BTN_BLOCK])><Icon name=icons::LOG_OUT/> "Sign out"</button>
        </form>
    }
}

fn unverified(you: &str) -> Node {
    head(
        "Your address is not confirmed".to_owned(),
        format!(
            "The service you signed in with does not vouch for {you}. Confirm the address there, sign in again, and open this link once more."
        ),
    )
}

fn unusable() -> Node {
    html! {
        {head(
            "This invitation can’t be used".to_owned(),
            "It was used, taken back, or is too old. Ask whoever invited you to send it again.".to_owned(),
        )}
        <a class=classes(&[class::BTN, class::BTN_BLOCK]) href="/"><Icon name=icons::HOME/> "Home"</a>
    }
}
