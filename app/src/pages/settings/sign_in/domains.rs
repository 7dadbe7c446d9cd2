//! Domains: claiming, proving, giving up.

use super::{Actions, to_copy};
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::pages::settings::frame::{entry, said_by_field};
use crate::remote::FormAction;
use contract::single_sign_on::{DomainView, SignInSettings};
use style::{class, icons};

/// What stands in the panel.
pub(super) fn panel(it: &SignInSettings, actions: Actions) -> Node {
    let rows = it.domains.iter().map(|domain| row(domain, actions)).collect::<Node>();
    let list = (!it.domains.is_empty()).then(|| html! { <ul class=class::CONNECTIONS>{rows}</ul> });
    let add = actions.add;
    html! {
        <p class=class::MUTED>"Your issuer vouches for addresses in domains that are yours, and for no others."</p>
        {failed(actions.verify)}
        {failed(actions.give_up)}
        {list}
        {said_by_field(add)}
        <form class=class::FORM action=add.address() method="post" on:submit=move |event| add.submit(&event)>
            {entry(add, "domain", "Another domain", html! {
                <div class=class::ACTIONS>
                    <input
                        class=classes(&[class::INPUT, class::GROW])
                        id="domain"
                        name="domain"
                        required=true
                        placeholder="example.com"
                        autocomplete="off"
                        autocapitalize="none"
                        aria-describedby="domain-e"
                    />
                    <button class=class::BTN aria-busy=move || add.busy()><Icon name=icons::PLUS/> "Add"</button>
                </div>
            })}
        </form>
    }
}

fn button(action: FormAction, domain: &str, name: &'static str) -> Node {
    let domain = domain.to_owned();
    html! {
        <form action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="domain" value=domain.clone()/>
            <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || action.busy()>
                {name}
                <span class=class::SR>{format!(" {domain}")}</span>
            </button>
        </form>
    }
}

fn row(it: &DomainView, actions: Actions) -> Node {
    let (tone, state) = match it.verified_at {
        Some(at) => (class::TONE_OK, format!("Verified {}", at.date())),
        None => (class::TONE_WARN, "Not verified".to_owned()),
    };
    let open = it.verified_at.is_none();
    let proof = open.then(|| {
        html! {
            <p class=class::SMALL>"Publish this DNS record:"</p>
            {to_copy("TXT record at", &it.record_name)}
            {to_copy("Its value", &it.record_value)}
            <p class=class::SMALL>"Or a file with that value at " <code class=class::MONO>{it.file.clone()}</code></p>
        }
    });
    html! {
        <li class=class::LINE>
            <Icon name=icons::GLOBE/>
            <div class=classes(&[class::STACK, class::STACK_S])>
                <p class=class::CARD_TITLE>{it.domain.clone()}</p>
                <p><span class=classes(&[class::PILL, tone])>{state}</span></p>
                {proof}
            </div>
            <div class=class::ACTIONS>
                {open.then(|| button(actions.verify, &it.domain, "Verify"))}
                {button(actions.give_up, &it.domain, "Remove")}
            </div>
        </li>
    }
}
