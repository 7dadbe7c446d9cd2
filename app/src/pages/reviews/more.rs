//! What begins closed below a review: reporting it, answering it; and the way to one's own.

use super::Actions;
use crate::components::{Icon, classes, textarea_content};
use crate::markup::{Node, html};
use contract::ListingId;
use contract::review::{ReportReason, ReviewItem, ReviewView};
use style::{class, icons};

/// The way to change one's own.
pub fn change(listing: &ListingId) -> Node {
    let mut href = String::from("/integrations/");
    href.push_str(listing.as_str());
    href.push_str("/review");
    html! { <a class=classes(&[class::BTN, class::BTN_S]) href=href>"Change your review"</a> }
}

fn field_id(name: &str, review: &ReviewView) -> String {
    let mut id = name.to_owned();
    id.push('-');
    id.push_str(review.id.as_str());
    id
}

/// A report, with a reason.
pub fn report(it: &ReviewItem, actions: Actions) -> Node {
    if it.reported {
        return html! { <p class=class::HELP role="status">"Reported. Moderators look at it."</p> };
    }
    let report = actions.report;
    let id = it.review.id.to_string();
    let sent = id.clone();
    let reasons = ReportReason::ALL
        .iter()
        .map(|reason| {
            html! {
                <label class=class::CHECK>
                    <input type="radio" name="reason" value=reason.as_str() required=true/>
                    <span>{reason.label()}</span>
                </label>
            }
        })
        .collect::<Node>();
    let note = field_id("note", &it.review);
    html! {
        <details class=class::REVIEW_MORE>
            <summary>"Report" <span class=class::SR>" this review"</span></summary>
            <form
                class=class::FORM
                action=report.address()
                method="post"
                on:submit=actions.sends(report, sent)
            >
                <input type="hidden" name="id" value=id/>
                <fieldset class=class::FIELD>
                    <legend class=class::LABEL>"What is wrong with it?"</legend>
                    {reasons}
                </fieldset>
                <div class=class::FIELD>
                    <label class=class::LABEL for=note.clone()>
                        "In your words "<span class=class::LABEL_NOTE>"optional"</span>
                    </label>
                    <textarea class=class::INPUT id=note name="note" maxlength="4000"></textarea>
                </div>
                <div class=class::ACTIONS>
                    <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || report.busy()>
                        "Report to the moderators"
                    </button>
                </div>
            </form>
        </details>
    }
}

/// The partner's answer.
pub fn answer(review: &ReviewView, actions: Actions) -> Node {
    let answer = actions.answer;
    let id = review.id.to_string();
    let sent = id.clone();
    let field = field_id("answer", review);
    let (open, before) = match &review.answer {
        Some(it) => ("Edit the answer", textarea_content(&it.text)),
        None => ("Answer", String::new()),
    };
    html! {
        <details class=class::REVIEW_MORE>
            <summary>{open} <span class=class::SR>" to this review"</span></summary>
            <form
                class=class::FORM
                action=answer.address()
                method="post"
                on:submit=actions.sends(answer, sent)
            >
                <input type="hidden" name="id" value=id/>
                <div class=class::FIELD>
                    <label class=class::LABEL for=field.clone()>"Your answer"</label>
                    <textarea class=class::INPUT id=field name="text" required=true minlength="3" maxlength="4000" inner_html=before></textarea>
                    <p class=class::HELP>"Everybody sees it, below the review and in your partner’s name. You can edit it later."</p>
                </div>
                <div class=class::ACTIONS>
                    <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || answer.busy()>
                        <Icon name=icons::CHECK/>
                        "Publish the answer"
                    </button>
                </div>
            </form>
        </details>
    }
}
