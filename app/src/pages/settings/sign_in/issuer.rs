//! The issuer: connecting it, trying it, removing it.

use super::{Actions, HERE, to_copy};
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::pages::settings::frame::{entry, said_by_field};
use crate::remote::FormAction;
use contract::single_sign_on::{IssuerView, SignInSettings};
use style::{class, icons};

/// What stands in the panel.
pub(super) fn panel(it: &SignInSettings, actions: Actions) -> Node {
    let issuer = it.issuer.as_ref();
    html! {
        <p class=class::MUTED>
            "Register the marketplace at your identity provider as a web application with OpenID Connect (authorization code, PKCE). It asks where people are sent back to:"
        </p>
        {to_copy("Redirect address", &it.callback)}
        {said_by_field(actions.save)}
        {form(issuer, actions.save)}
        {issuer.map(|issuer| state(it, issuer))}
        {issuer.map(|_| remove(actions.remove))}
    }
}

fn form(issuer: Option<&IssuerView>, save: FormAction) -> Node {
    let (address, id) = issuer.map(|it| (it.issuer.clone(), it.client_id.clone())).unwrap_or_default();
    let kept = issuer.is_some_and(|it| it.has_secret);
    let help = if kept { "Stays as it is while the field is empty." } else { "Empty for a public client." };
    html! {
        <form class=class::FORM action=save.address() method="post" on:submit=move |event| save.submit(&event)>
            {entry(save, "issuer", "Issuer", html! {
                <input
                    class=classes(&[class::INPUT, class::INPUT_MONO])
                    id="issuer"
                    name="issuer"
                    type="url"
                    required=true
                    placeholder="https://login.example.com"
                    value=address
                    autocomplete="off"
                    aria-describedby="issuer-e"
                />
            })}
            {entry(save, "client_id", "Client id", html! {
                <input
                    class=classes(&[class::INPUT, class::INPUT_MONO])
                    id="client_id"
                    name="client_id"
                    required=true
                    value=id
                    autocomplete="off"
                    aria-describedby="client_id-e"
                />
            })}
            {entry(save, "client_secret", "Client secret", html! {
                <input
                    class=classes(&[class::INPUT, class::INPUT_MONO])
                    id="client_secret"
                    name="client_secret"
                    type="password"
                    autocomplete="off"
                    aria-describedby="client_secret-h client_secret-e"
                />
                <p class=class::HELP id="client_secret-h">{help}</p>
            })}
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || save.busy()>
                    <Icon name=icons::KEY/>
                    {if issuer.is_some() { "Save changes" } else { "Connect" }}
                </button>
            </div>
        </form>
    }
}

fn state(it: &SignInSettings, issuer: &IssuerView) -> Node {
    let ready = it.domains.iter().any(|domain| domain.verified_at.is_some());
    let (tone, title, text) = match issuer.proven_at {
        Some(at) => (class::TONE_OK, format!("It works since {}", at.date()), "Somebody came in with it as it is now."),
        None if ready => {
            (class::TONE_WARN, "Nobody has come in with it yet".to_owned(), "Try it: you come back to this page.")
        }
        None => (
            class::TONE_WARN,
            "It can’t let anybody in yet".to_owned(),
            "Verify a domain first: only addresses of your own domains come in.",
        ),
    };
    let try_it = ready.then(|| {
        html! {
            <form action=format!("/auth/{}/start", it.key) method="post">
                <input type="hidden" name="return_to" value=HERE/>
                <button class=class::BTN><Icon name=icons::ARROW_RIGHT/> "Sign in with it"</button>
            </form>
        }
    });
    html! {
        <div class=classes(&[class::NOTICE, tone]) role="status">
            <Icon name=icons::INFO/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{title}</p>
                <p>{text}</p>
                {try_it}
            </div>
        </div>
    }
}

fn remove(action: FormAction) -> Node {
    html! {
        {failed(action)}
        <details class=class::CONFIRM>
            <summary class=classes(&[class::BTN, class::BTN_S])><Icon name=icons::TRASH/> "Remove…"</summary>
            <form
                class=class::CONFIRM_BODY
                action=action.address()
                method="post"
                on:submit=move |event| action.submit(&event)
            >
                <p>"Whoever came in with it is signed out and needs another way in. Nobody loses their membership."</p>
                <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || action.busy()>
                    "Remove the issuer"
                </button>
            </form>
        </details>
    }
}
