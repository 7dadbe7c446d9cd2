//! Requiring the organization's sign-in.

use crate::components::classes;
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::FormAction;
use contract::single_sign_on::{IssuerView, SignInSettings};
use style::class;

/// What stands in the panel.
pub(super) fn panel(it: &SignInSettings, issuer: &IssuerView, require: FormAction) -> Node {
    let text = if it.required {
        format!("Only people who sign in with it may act for {}. Everybody else is kept out.", it.organization)
    } else if it.bound {
        "Required, nobody can act for the organization with another sign-in; sessions of other sign-ins end at once."
            .to_owned()
    } else if issuer.proven_at.is_some() {
        "To require it, sign in with it yourself first: so nobody locks themselves out.".to_owned()
    } else {
        "It can be required once somebody came in with it.".to_owned()
    };
    let name = if it.required { "Don’t require it any more" } else { "Require it" };
    let offered = it.required || it.bound;
    let button = offered.then(|| {
        let required = !it.required;
        html! {
            <form
                class=class::ACTIONS
                action=require.address()
                method="post"
                on:submit=move |event| require.submit(&event)
            >
                <input type="hidden" name="required" value=required.to_string()/>
                <button class=classes(&[class::BTN, if required { class::BTN_PRIMARY } else { "" }]) aria-busy=move || require.busy()>
                    {name}
                </button>
            </form>
        }
    });
    html! { {failed(require)} <p>{text}</p> {button} }
}
