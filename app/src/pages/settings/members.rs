//! `/settings/members`: who belongs to the organization, and who is invited.

use super::frame;
use crate::components::{Icon, classes, field_error, load, problem_notice, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::organization::ask_members;
use contract::account::OrganizationRole;
use contract::organization::{InvitationView, MemberList, MemberView};
use style::{class, icons};

/// What an administrator can do here.
#[derive(Clone, Copy)]
struct Actions {
    role: FormAction,
    remove: FormAction,
    invite: FormAction,
    resend: FormAction,
    revoke: FormAction,
}

/// The page.
pub(super) fn members_page() -> Node {
    let actions = Actions {
        role: FormAction::new("set_member_role"),
        remove: FormAction::new("remove_member"),
        invite: FormAction::new("invite_member"),
        resend: FormAction::new("resend_invitation"),
        revoke: FormAction::new("revoke_invitation"),
    };
    let changed = move || {
        let invited = actions.invite.version() + actions.resend.version() + actions.revoke.version();
        actions.role.version() + actions.remove.version() + invited
    };
    let members = resource(move || ask_members().again(changed()));
    load(members, skeleton::lines, move |list: MemberList| {
        let content = html! {
            {failed(actions.role)}
            {failed(actions.remove)}
            {table(&list, actions)}
            {list.manages.then(|| frame::panel("Invite somebody", invite(actions.invite)))}
            {list.manages.then(|| open(&list.invitations, actions))}
        };
        frame::page(
            "/settings/members",
            "Members",
            "Who belongs to your organization, and what they may do.",
            String::new(),
            content,
        )
    })
}

fn table(list: &MemberList, actions: Actions) -> Node {
    let rows = list.members.iter().map(|member| row(list, member, actions)).collect::<Node>();
    frame::table("Members", &["Member", "Role", "Since", "Actions"], rows)
}

fn row(list: &MemberList, member: &MemberView, actions: Actions) -> Node {
    let email = member.email.clone().map(|email| html! { <span class=class::CELL_NOTE>{email}</span> });
    // The last administrator stays one: somebody has to be able to decide.
    let fixed = !list.manages || (list.one_admin && member.role == OrganizationRole::Admin);
    let role = if fixed {
        html! { {member.role.label()} }
    } else {
        role_form(member, actions.role)
    };
    let remove = (list.manages && !member.you && !fixed).then(|| remove_form(member, actions.remove));
    html! {
        <tr>
            <th scope="row" class=class::CELL_WIDE>
                {member.name.clone()}
                {member.you.then(|| html! { " "<span class=class::MUTED>"(you)"</span> })}
                {email}
            </th>
            <td>{role}</td>
            <td class=class::NOWRAP data-label="Since">{member.joined_at.date()}</td>
            <td>{remove}</td>
        </tr>
    }
}

fn roles(chosen: OrganizationRole) -> Node {
    OrganizationRole::ALL
        .iter()
        .map(|role| {
            html! { <option value=role.as_str() selected=(*role == chosen).then_some("")>{role.label()}</option> }
        })
        .collect()
}

fn role_form(member: &MemberView, action: FormAction) -> Node {
    let id = format!("role-{}", member.person);
    html! {
        <form class=class::ACTIONS action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="person" value=member.person.to_string()/>
            <label class=class::SR for=id.clone()>{format!("Role of {}", member.name)}</label>
            <select class=classes(&[class::INPUT, class::SELECT, class::GROW]) id=id name="role">{roles(member.role)}</select>
            <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || action.busy()>
                "Save"
                <span class=class::SR>{format!(" role of {}", member.name)}</span>
            </button>
        </form>
    }
}

fn remove_form(member: &MemberView, action: FormAction) -> Node {
    let name = member.name.clone();
    html! {
        <details class=class::CONFIRM>
            <summary class=classes(&[class::BTN, class::BTN_S])>
                "Remove…"
                <span class=class::SR>{format!(" {name}")}</span>
            </summary>
            <form
                class=class::CONFIRM_BODY
                action=action.address()
                method="post"
                on:submit=move |event| action.submit(&event)
            >
                <input type="hidden" name="person" value=member.person.to_string()/>
                <p>{format!("{name} can’t see or do anything here any more, from the next click on. What they installed stays.")}</p>
                <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || action.busy()>
                    {format!("Remove {name}")}
                </button>
            </form>
        </details>
    }
}

/// What is wrong with the address; other problems stand above the form.
fn wrong(action: FormAction) -> Option<String> {
    action.problem().filter(|problem| problem.0.field.as_deref() == Some("email")).map(|problem| problem.0.detail)
}

fn invite(action: FormAction) -> Node {
    let other = move || action.problem().filter(|it| it.0.field.is_none()).map(|it| problem_notice(&it.0));
    let sent = move || {
        (action.version() > 0 && action.problem().is_none())
            .then(|| html! { <p role="status"><Icon name=icons::CHECK/> " The invitation is on its way."</p> })
    };
    html! {
        {other}
        <form class=class::FORM action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <div class=class::FIELD>
                <label class=class::LABEL for="email">"E-mail address"</label>
                <input
                    class=class::INPUT
                    id="email"
                    name="email"
                    type="email"
                    required=true
                    autocomplete="off"
                    aria-invalid=move || wrong(action).map(|_| "true")
                    aria-describedby="email-h email-e"
                />
                <p class=class::HELP id="email-h">"They join by signing in with this address. The link works for 7 days."</p>
                <div id="email-e">{move || wrong(action).map(|text| field_error("email-x".to_owned(), text))}</div>
            </div>
            <div class=class::FIELD>
                <label class=class::LABEL for="role">"Role"</label>
                <select class=classes(&[class::INPUT, class::SELECT]) id="role" name="role">
                    {roles(OrganizationRole::Member)}
                </select>
            </div>
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || action.busy()>
                    <Icon name=icons::USERS/>
                    "Send invitation"
                </button>
                {sent}
            </div>
        </form>
    }
}

fn open(invitations: &[InvitationView], actions: Actions) -> Node {
    if invitations.is_empty() {
        return Node::Nothing;
    }
    let rows = invitations.iter().map(|it| invitation(it, actions)).collect::<Node>();
    let content = html! {
        {failed(actions.resend)}
        {failed(actions.revoke)}
        <ul class=class::CONNECTIONS>{rows}</ul>
    };
    frame::panel("Open invitations", content)
}

fn button(id: String, action: FormAction, name: &'static str, email: &str) -> Node {
    html! {
        <form action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="id" value=id/>
            <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || action.busy()>
                {name}
                <span class=class::SR>{format!(": {email}")}</span>
            </button>
        </form>
    }
}

fn invitation(it: &InvitationView, actions: Actions) -> Node {
    let until = if it.expired { "expired".to_owned() } else { format!("until {}", it.expires_at.date()) };
    html! {
        <li class=class::LINE>
            <Icon name=icons::USER/>
            <div>
                <p class=class::CARD_TITLE>{it.email.clone()}</p>
                <p class=class::CARD_BY>{format!("{} · invited by {} · {until}", it.role.label(), it.invited_by)}</p>
            </div>
            <div class=class::ACTIONS>
                {button(it.id.to_string(), actions.resend, "Send again", &it.email)}
                {button(it.id.to_string(), actions.revoke, "Revoke", &it.email)}
            </div>
        </li>
    }
}
