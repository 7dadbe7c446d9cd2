//! `/settings/sign-in`: the organization's own issuer, its domains, the roles of those who come in, and requiring it.

mod domains;
mod issuer;
mod require;
mod roles;

use super::frame;
use crate::components::{CopyButton, load, skeleton};
use crate::markup::{Node, html};
use crate::remote::{FormAction, resource};
use crate::server_fns::single_sign_on::ask_sign_in;
use contract::single_sign_on::SignInSettings;
use style::class;

/// Where this page is.
const HERE: &str = "/settings/sign-in";

/// What can be done here.
#[derive(Clone, Copy)]
struct Actions {
    save: FormAction,
    remove: FormAction,
    roles: FormAction,
    require: FormAction,
    add: FormAction,
    verify: FormAction,
    give_up: FormAction,
}

impl Actions {
    fn version(self) -> usize {
        let issuer = self.save.version() + self.remove.version() + self.roles.version() + self.require.version();
        issuer + self.add.version() + self.verify.version() + self.give_up.version()
    }
}

/// The page.
pub(super) fn sign_in_page() -> Node {
    let actions = Actions {
        save: FormAction::new("save_issuer"),
        remove: FormAction::new("remove_issuer"),
        roles: FormAction::new("save_group_roles"),
        require: FormAction::new("require_issuer"),
        add: FormAction::new("add_domain"),
        verify: FormAction::new("verify_domain"),
        give_up: FormAction::new("remove_domain"),
    };
    load(resource(move || ask_sign_in().again(actions.version())), skeleton::lines, move |it: SignInSettings| {
        let connected = it.issuer.as_ref().map(|issuer| {
            html! {
                {frame::panel("Roles", roles::panel(issuer, actions.roles))}
                {frame::panel("Requirement", require::panel(&it, issuer, actions.require))}
            }
        });
        let content = html! {
            {frame::panel("Issuer", issuer::panel(&it, actions))}
            {frame::panel("E-mail domains", domains::panel(&it, actions))}
            {connected}
        };
        let lead = "Let your colleagues sign in with your own identity provider.";
        frame::page(HERE, "Organization sign-in", lead, String::new(), content)
    })
}

/// A text to take somewhere else.
fn to_copy(name: &'static str, text: &str) -> Node {
    html! {
        <figure class=class::CODE>
            <figcaption class=class::CODE_BAR><span>{name}</span><CopyButton text=text.to_owned()/></figcaption>
            <pre tabindex="0" role="region" aria-label=name><code>{text.to_owned()}</code></pre>
        </figure>
    }
}
