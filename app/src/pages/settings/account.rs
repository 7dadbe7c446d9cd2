//! `/settings/account`: where one is signed in, one's data, and the end of the account.

use super::frame;
use crate::components::{Icon, classes, load, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::account::ask_sessions;
use contract::account::SessionView;
use style::{class, icons};

/// The page.
pub(super) fn account_page() -> Node {
    let revoke = FormAction::new("revoke_session");
    let others = FormAction::new("revoke_other_sessions");
    let delete = FormAction::new("delete_account");
    let sessions = resource(move || ask_sessions().again(revoke.version() + others.version()));
    load(sessions, skeleton::lines, move |list: Vec<SessionView>| {
        let content = html! {
            {frame::panel("Where you are signed in", signed_in(&list, revoke, others))}
            {frame::panel("Your data", data())}
            {end(delete)}
        };
        frame::page("/settings/account", "Account", "Your sessions and your data.", String::new(), content)
    })
}

fn signed_in(list: &[SessionView], revoke: FormAction, others: FormAction) -> Node {
    let rows = list.iter().map(|it| session(it, revoke)).collect::<Node>();
    let all = (list.len() > 1).then(|| {
        html! {
            <form class=class::ACTIONS action=others.address() method="post" on:submit=move |event| others.submit(&event)>
                <button class=class::BTN aria-busy=move || others.busy()>"Sign out everywhere else"</button>
            </form>
        }
    });
    html! {
        {failed(revoke)}
        {failed(others)}
        <ul class=class::CONNECTIONS>{rows}</ul>
        {all}
    }
}

fn session(it: &SessionView, revoke: FormAction) -> Node {
    let this = it.this.then(|| html! { <span class=classes(&[class::PILL, class::TONE_INFO])>"This one"</span> });
    let button = (!it.this).then(|| {
        html! {
            <form action=revoke.address() method="post" on:submit=move |event| revoke.submit(&event)>
                <input type="hidden" name="id" value=it.id.to_string()/>
                <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || revoke.busy()>
                    "Sign out"
                    <span class=class::SR>{format!(" {} of {}", it.device, it.created_at.date_time())}</span>
                </button>
            </form>
        }
    });
    let from = if it.ip.is_empty() { String::new() } else { format!(" from {}", it.ip) };
    html! {
        <li class=class::LINE>
            <Icon name=icons::MONITOR/>
            <div>
                <p class=class::CARD_TITLE>{it.device.clone()}</p>
                <p class=class::CARD_BY>
                    {format!("{} · signed in {}{from} · seen {}", it.organization, it.created_at.date_time(), it.last_seen_at.date_time())}
                </p>
            </div>
            <div class=class::ACTIONS>{this} {button}</div>
        </li>
    }
}

fn data() -> Node {
    html! {
        <p class=class::HELP>"What we keep about you, as one file."</p>
        <div class=class::ACTIONS>
            <a class=class::BTN href="/account/export" rel="external" download="">"Export your data"</a>
        </div>
    }
}

fn end(action: FormAction) -> Node {
    html! {
        <section class=classes(&[class::PANEL, class::DANGER])>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>"Delete your account"</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p class=class::VERDICT_NOTE>
                    "You are signed out everywhere and leave your organizations. The audit trail keeps your name where it stands."
                </p>
                {failed(action)}
                <details class=class::CONFIRM>
                    <summary class=class::BTN><Icon name=icons::TRASH/> "Delete your account…"</summary>
                    <form
                        class=class::CONFIRM_BODY
                        action=action.address()
                        method="post"
                        on:submit=move |event| action.submit(&event)
                    >
                        <label class=class::LABEL for="confirm">"Write your e-mail address to confirm"</label>
                        <input class=class::INPUT id="confirm" name="confirm" required=true autocomplete="off"/>
                        <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || action.busy()>
                            "Delete your account"
                        </button>
                    </form>
                </details>
            </div>
        </section>
    }
}
