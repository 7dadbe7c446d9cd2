//! `/approvals/:id`: what somebody asks for, what it would get, and the answer. A link from mail brings the answer along; it
//! is given with the button.

use super::pill::pill;
use crate::components::{Icon, PageMeta, TileSize, classes, crumbs, load, skeleton, tile_of};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::approval::ask_approval;
use contract::approval::{ApprovalAnswer, ApprovalDetail, ApprovalState};
use contract::listing::Permission;
use contract::{ApprovalId, Timestamp};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use style::{class, icons};

/// What can be done with a request.
#[derive(Clone, Copy)]
struct Actions {
    answer: FormAction,
    linked: FormAction,
    comment: FormAction,
    withdraw: FormAction,
}

/// What a link from mail says.
#[derive(Clone, PartialEq)]
struct Link {
    answer: ApprovalAnswer,
    recipient: String,
    signature: String,
}

/// The page.
pub fn approval_page() -> Node {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| ApprovalId(params.read().get("id").unwrap_or_default()));
    let link = Memo::new(move |_| {
        let query = query.read();
        let answer = query.get("answer").and_then(|answer| ApprovalAnswer::parse(&answer))?;
        Some(Link { answer, recipient: query.get("for")?, signature: query.get("sig")? })
    });
    let actions = Actions {
        answer: FormAction::new("answer_approval"),
        linked: FormAction::new("answer_approval_by_link"),
        comment: FormAction::new("comment_approval"),
        withdraw: FormAction::new("withdraw_approval"),
    };
    let changed = move || {
        actions.answer.version() + actions.linked.version() + actions.comment.version() + actions.withdraw.version()
    };
    let data = resource(move || ask_approval(id.get()).again(changed()));
    load(data, skeleton::lines, move |it: ApprovalDetail| page(&it, link.get().as_ref(), actions))
}

fn page(it: &ApprovalDetail, link: Option<&Link>, actions: Actions) -> Node {
    let card = &it.card;
    let name = &card.listing.name;
    let asked = if card.mine { "you".to_owned() } else { card.requester.clone() };
    html! {
        <PageMeta title=format!("Approval of {name}") description=format!("A request to install {name}.")/>
        {crumbs(vec![("Approvals".to_owned(), "/approvals".to_owned())], name.clone())}
        <div class=class::PAGE_HEAD>
            {tile_of(&card.listing, TileSize::Large)}
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{format!("Install {name}?")}</h1>
                <ul class=class::BADGES aria-label="State">
                    <li>{pill(card.state)}</li>
                    <li class=class::BADGE>{format!("asked by {asked}, {}", card.created_at.ago(it.now))}</li>
                    <li class=class::BADGE><a href=format!("/integrations/{}", card.listing.id)>"Listing"</a></li>
                    <li class=class::BADGE>{card.version.clone()}</li>
                </ul>
            </div>
        </div>
        <div class=classes(&[class::LISTING_BODY, class::STACK])>
            {outcome(it)}
            {it.can_answer.then(|| answer(it, link, actions))}
            {why(it)}
            {permissions("It would call", &it.hosts)}
            {permissions("Its credential would be used for", &it.scopes)}
            {discussion(it, actions.comment)}
            {it.can_withdraw.then(|| withdraw(it, actions.withdraw))}
        </div>
    }
}

/// How it ended, and what follows.
fn outcome(it: &ApprovalDetail) -> Node {
    let card = &it.card;
    let (tone, icon) = match card.state {
        ApprovalState::Open => return Node::Nothing,
        ApprovalState::Approved => (class::TONE_OK, icons::CHECK_CIRCLE),
        _ => (class::TONE_STILL, icons::INFO),
    };
    let by = it.answered_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
    let title = format!("{}{by}{}", card.state.label(), when(card.ended_at, it.now));
    let words = it.answer.clone().filter(|text| !text.is_empty()).map(|text| html! { <p>{text}</p> });
    let newer = it.newer.as_ref().map(|version| {
        html! { <p>{format!("There is a newer release, {version}; ask again for that one.")}</p> }
    });
    let install = it.can_install.then(|| {
        let href = format!("/integrations/{}/install", card.listing.id);
        html! {
            <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href=href>
                {format!("Install {}", card.listing.name)}
                <Icon name=icons::ARROW_RIGHT flip=true/>
            </a>
        }
    });
    html! {
        <div class=classes(&[class::NOTICE, tone]) role="status">
            <Icon name=icon/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{title}</p>
                {words}
                {newer}
                <div class=class::ACTIONS>{install}</div>
            </div>
        </div>
    }
}

fn when(at: Option<Timestamp>, now: Timestamp) -> String {
    at.map(|at| format!(", {}", at.ago(now))).unwrap_or_default()
}

fn panel(title: &'static str, content: Node) -> Node {
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD><h2 class=class::PANEL_TITLE>{title}</h2></div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>{content}</div>
        </section>
    }
}

fn why(it: &ApprovalDetail) -> Node {
    let reason = if it.reason.is_empty() {
        html! { <p class=class::MUTED>"No reason was given."</p> }
    } else {
        html! { <p>{it.reason.clone()}</p> }
    };
    panel(
        "Why",
        html! {
            {reason}
            <p class=class::HELP>{it.verdict.why.clone()}</p>
        },
    )
}

fn permissions(title: &'static str, list: &[Permission]) -> Node {
    if list.is_empty() {
        return Node::Nothing;
    }
    let facts = list
        .iter()
        .map(|it| html! { <div class=class::FACT><dt>{it.name.clone()}</dt><dd>{it.why.clone()}</dd></div> })
        .collect::<Node>();
    panel(title, html! { <dl class=classes(&[class::FACTS, class::FACTS_WIDE])>{facts}</dl> })
}

/// The buttons. Whoever comes from a mail finds theirs first.
fn answer(it: &ApprovalDetail, link: Option<&Link>, actions: Actions) -> Node {
    let linked = link.filter(|link| link.recipient == it.viewer.as_str()).map(|link| by_link(it, link, actions.linked));
    let action = actions.answer;
    let content = html! {
        {failed(actions.linked)}
        {linked}
        {failed(action)}
        <form class=class::FORM action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="id" value=it.card.id.to_string()/>
            <div class=class::FIELD>
                <label class=class::LABEL for="text">
                    "Your words "<span class=class::LABEL_NOTE>"optional"</span>
                </label>
                <textarea class=class::INPUT id="text" name="text" maxlength="2000"></textarea>
            </div>
            <fieldset class=class::FIELD>
                <legend class=class::SR>"Your answer"</legend>
                <label class=class::CHECK>
                    <input type="radio" name="answer" value="approve" required=true checked=link.is_none_or(|it| it.answer == ApprovalAnswer::Approve).then_some("")/>
                    <span>"Approve: they may install this release"</span>
                </label>
                <label class=class::CHECK>
                    <input type="radio" name="answer" value="deny" checked=link.is_some_and(|it| it.answer == ApprovalAnswer::Deny).then_some("")/>
                    <span>"Deny"</span>
                </label>
            </fieldset>
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || action.busy()>"Answer"</button>
            </div>
        </form>
    };
    panel("Your answer", content)
}

fn by_link(it: &ApprovalDetail, link: &Link, action: FormAction) -> Node {
    let (tone, class) = match link.answer {
        ApprovalAnswer::Approve => (class::TONE_OK, class::BTN_PRIMARY),
        ApprovalAnswer::Deny => (class::TONE_WARN, class::BTN_DANGER),
    };
    html! {
        <form
            class=classes(&[class::NOTICE, tone])
            action=action.address()
            method="post"
            on:submit=move |event| action.submit(&event)
        >
            <Icon name=icons::CHECK/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>"You come from the mail. One click is left."</p>
                <input type="hidden" name="id" value=it.card.id.to_string()/>
                <input type="hidden" name="answer" value=link.answer.as_str()/>
                <input type="hidden" name="recipient" value=link.recipient.clone()/>
                <input type="hidden" name="sig" value=link.signature.clone()/>
                <div class=class::ACTIONS>
                    <button class=classes(&[class::BTN, class]) aria-busy=move || action.busy()>
                        {format!("{} {}", link.answer.label(), it.card.listing.name)}
                    </button>
                </div>
            </div>
        </form>
    }
}

fn discussion(it: &ApprovalDetail, action: FormAction) -> Node {
    let comments = it
        .comments
        .iter()
        .map(|comment| {
            html! {
                <li class=class::LINE>
                    <Icon name=icons::USER/>
                    <div>
                        <p>{comment.text.clone()}</p>
                        <p class=class::CARD_BY>{format!("{} · {}", comment.author, comment.at.ago(it.now))}</p>
                    </div>
                </li>
            }
        })
        .collect::<Node>();
    let list = if it.comments.is_empty() {
        Node::Nothing
    } else {
        html! { <ul class=class::CONNECTIONS>{comments}</ul> }
    };
    let content = html! {
        {list}
        {failed(action)}
        <form class=class::FORM action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="id" value=it.card.id.to_string()/>
            <div class=class::FIELD>
                <label class=class::LABEL for="comment">"Ask or explain something"</label>
                <textarea class=class::INPUT id="comment" name="text" required=true maxlength="2000"></textarea>
            </div>
            <div class=class::ACTIONS><button class=class::BTN aria-busy=move || action.busy()>"Comment"</button></div>
        </form>
    };
    panel("Discussion", content)
}

fn withdraw(it: &ApprovalDetail, action: FormAction) -> Node {
    html! {
        {failed(action)}
        <form class=class::ACTIONS action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <input type="hidden" name="id" value=it.card.id.to_string()/>
            <button class=class::BTN aria-busy=move || action.busy()>"Withdraw the request"</button>
        </form>
    }
}
