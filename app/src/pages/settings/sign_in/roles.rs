//! Which group at the issuer has which role here.

use crate::components::classes;
use crate::markup::{Node, html};
use crate::pages::settings::frame::{entry, said_by_field};
use crate::remote::FormAction;
use contract::account::OrganizationRole;
use contract::single_sign_on::{GroupRole, IssuerView, MAX_GROUPS};
use style::class;

/// Empty lines after the ones in use.
const SPARE: usize = 2;

/// What stands in the panel.
pub(super) fn panel(it: &IssuerView, save: FormAction) -> Node {
    let spare = GroupRole::default();
    let lines = it.roles.iter().chain(std::iter::repeat_n(&spare, SPARE)).take(MAX_GROUPS);
    let lines = lines.enumerate().map(|(index, one)| line(index, one)).collect::<Node>();
    let otherwise = it.otherwise.map_or("", OrganizationRole::as_str);
    html! {
        <p class=class::MUTED>
            "Where groups have roles, your issuer decides at each sign-in: the strongest role counts, and leaving a group takes effect. Without groups, members keep the role they have here."
        </p>
        {said_by_field(save)}
        <form class=class::FORM action=save.address() method="post" on:submit=move |event| save.submit(&event)>
            {entry(save, "claim", "Claim with the groups", html! {
                <input
                    class=classes(&[class::INPUT, class::INPUT_MONO, class::INPUT_SHORT])
                    id="claim"
                    name="claim"
                    required=true
                    value=it.groups_claim.clone()
                    autocomplete="off"
                    aria-describedby="claim-e"
                />
            })}
            {entry(save, "roles", "", html! {
                <fieldset class=classes(&[class::STACK, class::STACK_S])>
                    <legend class=class::LABEL>"Groups"</legend>
                    {lines}
                </fieldset>
            })}
            {entry(save, "otherwise", "Everybody else", html! {
                <select
                    class=classes(&[class::INPUT, class::SELECT, class::INPUT_SHORT])
                    id="otherwise"
                    name="otherwise"
                    aria-describedby="otherwise-e"
                >
                    <option value="" selected=otherwise.is_empty().then_some("")>"Can’t come in"</option>
                    {options(otherwise)}
                </select>
            })}
            <div class=class::ACTIONS>
                <button class=class::BTN aria-busy=move || save.busy()>"Save roles"</button>
            </div>
        </form>
    }
}

fn options(chosen: &str) -> Node {
    OrganizationRole::ALL
        .iter()
        .map(|role| {
            let selected = (role.as_str() == chosen).then_some("");
            html! { <option value=role.as_str() selected=selected>{role.label()}</option> }
        })
        .collect()
}

fn line(index: usize, it: &GroupRole) -> Node {
    let number = index + 1;
    html! {
        <div class=class::ACTIONS>
            <input
                class=classes(&[class::INPUT, class::GROW])
                name=format!("roles[{index}][group]")
                value=it.group.clone()
                placeholder="Name of a group"
                autocomplete="off"
                aria-label=format!("Group {number}")
            />
            <select
                class=classes(&[class::INPUT, class::SELECT])
                name=format!("roles[{index}][role]")
                aria-label=format!("Role of group {number}")
            >
                {options(&it.role)}
            </select>
        </div>
    }
}
