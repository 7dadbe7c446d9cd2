//! `/staff/moderation`: reviews that were reported or changed after they were hidden, and the decision.

use crate::components::{Icon, PageMeta, TileSize, classes, count, load, skeleton, tile_of};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::pages::reviews::said;
use crate::remote::{FormAction, resource};
use crate::server_fns::review::ask_moderation;
use contract::Timestamp;
use contract::review::{ModerationDecision, ModerationItem, ModerationQueue, ReportView};
use style::{class, icons};

/// The page.
pub(super) fn moderation_page() -> Node {
    let decide = FormAction::new("decide_review");
    let data = resource(move || ask_moderation().again(decide.version()));
    load(data, skeleton::lines, move |queue: ModerationQueue| page(&queue, decide))
}

fn page(queue: &ModerationQueue, decide: FormAction) -> Node {
    let lead = match queue.waiting.len() {
        0 => "Nothing waits for a decision.".to_owned(),
        1 => "One review waits for a decision.".to_owned(),
        more => format!("{} wait for a decision, the longest wait first.", count(more as u64, "review")),
    };
    let waiting = if queue.waiting.is_empty() {
        html! {
            <div class=class::EMPTY>
                <span class=class::EMPTY_MARK><Icon name=icons::CHECK_CIRCLE large=true/></span>
                <h2>"Nothing waits"</h2>
                <p>"A review appears here when somebody reports it, or when a hidden one is changed."</p>
            </div>
        }
    } else {
        queue.waiting.iter().map(|it| item(it, queue.now, decide)).collect::<Node>()
    };
    let hidden = (!queue.hidden.is_empty()).then(|| {
        html! {
            <section class=class::STACK aria-labelledby="hidden">
                <h2 id="hidden">"Hidden"</h2>
                {queue.hidden.iter().map(|it| item(it, queue.now, decide)).collect::<Node>()}
            </section>
        }
    });
    html! {
        <PageMeta title="Moderation" description="Reviews that were reported."/>
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Moderation"</h1>
                <p class=class::PAGE_LEAD>{lead}</p>
            </div>
        </div>
        <div class=class::STACK>
            {failed(decide)}
            <section class=class::STACK aria-labelledby="waiting">
                <h2 class=class::SR id="waiting">"Waiting"</h2>
                {waiting}
            </section>
            {hidden}
        </div>
    }
}

fn item(it: &ModerationItem, now: Timestamp, decide: FormAction) -> Node {
    let state = if it.hidden { ("Hidden", class::TONE_STILL) } else { ("Shown", class::TONE_OK) };
    let before = it.decision.as_ref().map(|reason| {
        html! { <p class=class::HELP>"Last decision: " <bdi>{reason.clone()}</bdi></p> }
    });
    let reports = it.reports.iter().map(|it| report(it, now)).collect::<Node>();
    let reports = (!it.reports.is_empty()).then(|| {
        html! { <ul class=class::CONNECTIONS aria-label="Reports">{reports}</ul> }
    });
    let act = if it.mine {
        html! { <p class=class::HELP>"You wrote this review, so somebody else has to decide."</p> }
    } else {
        decision(it, decide)
    };
    html! {
        <article class=class::PANEL aria-label=format!("Review of {} by {}", it.listing.name, it.review.author)>
            <div class=class::PANEL_HEAD>
                <div class=class::REVIEW_HEAD>
                    {tile_of(&it.listing, TileSize::Small)}
                    <a href=format!("/integrations/{}?tab=reviews", it.listing.id)>{it.listing.name.clone()}</a>
                </div>
                <span class=classes(&[class::PILL, state.1])>{state.0}</span>
            </div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                {said(&it.review)}
                {before}
                {reports}
                {act}
            </div>
        </article>
    }
    .about(it.review.id.as_str())
}

fn report(it: &ReportView, now: Timestamp) -> Node {
    let note = (!it.note.is_empty()).then(|| {
        html! { <p class=class::REVIEW_TEXT dir="auto">{it.note.clone()}</p> }
    });
    html! {
        <li class=class::LINE>
            <Icon name=icons::ALERT_CIRCLE/>
            <div>
                <p><strong>{it.reason.label()}</strong></p>
                {note}
                <p class=class::CARD_BY>{format!("{}, {}", it.by, it.at.ago(now))}</p>
            </div>
        </li>
    }
}

fn decision(it: &ModerationItem, decide: FormAction) -> Node {
    let id = it.review.id.to_string();
    let mut field = String::from("reason-");
    field.push_str(&id);
    let choices = ModerationDecision::ALL
        .iter()
        .map(|choice| {
            let text = match (choice, it.hidden) {
                (ModerationDecision::Keep, false) => "Keep it",
                (ModerationDecision::Keep, true) => "Show it again",
                (ModerationDecision::Hide, false) => "Hide it: nobody sees it, and it does not count",
                (ModerationDecision::Hide, true) => "Leave it hidden",
            };
            html! {
                <label class=class::CHECK>
                    <input type="radio" name="decision" value=choice.as_str() required=true/>
                    <span>{text}</span>
                </label>
            }
        })
        .collect::<Node>();
    html! {
        <form class=class::FORM action=decide.address() method="post" on:submit=move |event| decide.submit(&event)>
            <input type="hidden" name="id" value=id/>
            <fieldset class=class::FIELD>
                <legend class=class::LABEL>"Decision"</legend>
                {choices}
            </fieldset>
            <div class=class::FIELD>
                <label class=class::LABEL for=field.clone()>"Reason"</label>
                <textarea class=class::INPUT id=field name="reason" required=true minlength="3" maxlength="4000"></textarea>
                <p class=class::HELP>"The author and whoever reported it read it."</p>
            </div>
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || decide.busy()>"Decide"</button>
            </div>
        </form>
    }
}
