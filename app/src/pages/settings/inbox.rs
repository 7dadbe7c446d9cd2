//! `/inbox`: notices, and what somebody wants mail for.

use super::frame;
use crate::components::{Icon, classes, load, look_again, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::trust::ask_inbox;
use contract::Timestamp;
use contract::notice::{Inbox, MailChoice, NoticeKind, NoticeView};
use style::{class, icons};

/// The page.
pub(super) fn inbox_page() -> Node {
    let read = FormAction::new("mark_read");
    let prefer = FormAction::new("set_preference");
    // The header says how many are left.
    look_again(move || read.version());
    let inbox = resource(move || ask_inbox().again(read.version() + prefer.version()));
    load(inbox, skeleton::lines, move |inbox: Inbox| {
        let content = html! {
            {failed(read)}
            {notices(&inbox, read)}
            {failed(prefer)}
            {frame::panel("Mail", preferences(&inbox, prefer))}
        };
        frame::page(
            "/inbox",
            "Inbox",
            "What happened with your organizations’ connections and requests.",
            String::new(),
            content,
        )
    })
}

fn notices(inbox: &Inbox, read: FormAction) -> Node {
    if inbox.notices.is_empty() {
        return html! {
            <div class=class::EMPTY>
                <span class=class::EMPTY_MARK><Icon name=icons::INBOX large=true/></span>
                <h2>"Nothing to read"</h2>
                <p>"You hear here when a connection fails or recovers, and when somebody asks you for something."</p>
            </div>
        };
    }
    let rows = inbox.notices.iter().map(|notice| row(notice, inbox.now)).collect::<Node>();
    let all = (inbox.unread > 0).then(|| {
        html! {
            <form class=class::ACTIONS action=read.address() method="post" on:submit=move |event| read.submit(&event)>
                <button class=class::BTN aria-busy=move || read.busy()>
                    <Icon name=icons::CHECK/>
                    {format!("Mark all {} as read", inbox.unread)}
                </button>
            </form>
        }
    });
    html! { {all} <ul class=class::CONNECTIONS>{rows}</ul> }
}

fn row(notice: &NoticeView, now: Timestamp) -> Node {
    let new = (!notice.read).then(|| html! { <span class=classes(&[class::PILL, class::TONE_INFO])>"New"</span> });
    html! {
        <li class=class::LINE>
            <Icon name=icons::BELL/>
            <div>
                <p class=class::CARD_TITLE><a href=notice.link.clone()>{notice.title.clone()}</a></p>
                <p class=class::CARD_SUMMARY>{notice.body.clone()}</p>
                <p class=class::CARD_BY>{format!("{} · {}", notice.organization, notice.at.ago(now))}</p>
            </div>
            {new}
        </li>
    }
}

fn preferences(inbox: &Inbox, prefer: FormAction) -> Node {
    let rows = inbox
        .preferences
        .iter()
        .filter_map(|(kind, choice)| NoticeKind::parse(kind).map(|kind| preference(kind, choice, prefer)))
        .collect::<Node>();
    html! {
        <p class=class::HELP>"Everything is in the inbox; here you choose what is also sent to you by mail."</p>
        {rows}
    }
}

fn preference(kind: NoticeKind, chosen: &str, prefer: FormAction) -> Node {
    let id = format!("mail-{}", kind.as_str());
    let options = MailChoice::ALL
        .iter()
        .map(|it| {
            html! { <option value=it.as_str() selected=(it.as_str() == chosen).then_some("")>{it.label()}</option> }
        })
        .collect::<Node>();
    html! {
        <form class=class::FIELD action=prefer.address() method="post" on:submit=move |event| prefer.submit(&event)>
            <input type="hidden" name="kind" value=kind.as_str()/>
            <label class=class::LABEL for=id.clone()>{kind.label()}</label>
            <div class=class::ACTIONS>
                <select class=classes(&[class::INPUT, class::SELECT, class::GROW]) id=id name="choice">{options}</select>
                <button class=class::BTN aria-busy=move || prefer.busy()>
                    "Save"
                    <span class=class::SR>{format!(": {}", kind.label())}</span>
                </button>
            </div>
        </form>
    }
}
