//! What it may call, and what the credential must allow.

use crate::components::{Icon, classes};
use crate::markup::{Child, Node, html};
use contract::listing::{ListingDetail, Permission};
use style::{class, icons};

/// Hosts and scopes with their reasons.
pub fn permissions(detail: &ListingDetail) -> Node {
    let (icon, title, text) = match (detail.card.installable, detail.hosts.is_empty()) {
        (false, _) => (
            icons::CLOCK,
            "Not defined yet",
            "What it may call is declared together with the connection, and shown here before anybody can install it.",
        ),
        (true, true) => {
            (icons::SHIELD, "It calls nothing", "This integration only receives. No outgoing call is allowed for it.")
        }
        (true, false) => (
            icons::SHIELD,
            "Nothing else is called",
            "Every outgoing call is checked against this list, and refused when it is not on it.",
        ),
    };
    html! {
        <div class=class::STACK>
            <div class=classes(&[class::NOTICE, class::TONE_INFO])>
                <Icon name=icon/>
                <div class=class::NOTICE_BODY>
                    <p class=class::NOTICE_TITLE>{title}</p>
                    <p>{text}</p>
                </div>
            </div>
            {table("Hosts it may call", "Host", false, &detail.hosts)}
            {table("What the credential must allow", "Scope", true, &detail.scopes)}
        </div>
    }
}

fn table(title: &'static str, what: &'static str, access: bool, rows: &[Permission]) -> Option<Node> {
    if rows.is_empty() {
        return None;
    }
    let row = |permission: &Permission| {
        html! {
            <tr>
                <th scope="row" class=class::MONO>
                    {permission.name.clone()}
                </th>
                {access.then(|| html! { <td>{pill(&permission.access)}</td> })}
                <td class=class::CELL_WIDE>{permission.why.clone()}</td>
            </tr>
        }
    };
    let view = html! {
        <section class=classes(&[class::STACK, class::STACK_S])>
            <h2>{title}</h2>
            <div class=class::TABLE_BOX>
                <table class=classes(&[class::TABLE, class::TABLE_STACK])>
                    <thead>
                        <tr>
                            <th scope="col">{what}</th>
                            {access.then(|| html! { <th scope="col">"Access"</th> })}
                            <th scope="col">"Why"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.iter().map(row).collect::<Node>()}</tbody>
                </table>
            </div>
        </section>
    };
    Some(view.into_node())
}

fn pill(access: &str) -> Node {
    let (tone, text) = if access == "write" { (class::TONE_WARN, "Write") } else { (class::TONE_STILL, "Read") };
    html! { <span class=classes(&[class::PILL, tone])>{text}</span> }
}
