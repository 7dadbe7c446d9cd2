//! The form, and the end of a review.

use crate::components::{Icon, classes, field_error, stars_field, textarea_content};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::FormAction;
use contract::review::{Aspect, MAX_TEXT_CHARS, MAX_TITLE_CHARS, MIN_TEXT_CHARS, OrganizationSize, ReviewForm};
use style::{class, icons};

fn wrong(write: FormAction, field: &'static str) -> Option<String> {
    write.problem().filter(|problem| problem.0.field.as_deref() == Some(field)).map(|problem| problem.0.detail)
}

/// The message of a field, where it is wrong.
fn said_by(write: FormAction, field: &'static str, id: &'static str) -> Node {
    html! { {move || wrong(write, field).map(|text| field_error(id.to_owned(), text))} }
}

/// Writing and changing.
pub fn form(it: &ReviewForm, write: FormAction) -> Node {
    let aspects = Aspect::ALL
        .iter()
        .map(|aspect| {
            let mut name = String::from("aspects[");
            name.push_str(aspect.as_str());
            name.push(']');
            let chosen = it.aspects.iter().find(|it| it.aspect == *aspect).map_or(0, |it| it.stars);
            stars_field(name, aspect.label(), chosen, true)
        })
        .collect::<Node>();
    let sizes = OrganizationSize::ALL
        .iter()
        .map(|size| {
            let chosen = (it.size == Some(*size)).then_some("");
            html! { <option value=size.as_str() selected=chosen>{size.label()}</option> }
        })
        .collect::<Node>();
    let send = if it.written { "Publish the change" } else { "Publish the review" };
    html! {
        {failed(write)}
        <form class=class::FORM action=write.address() method="post" on:submit=move |event| write.submit(&event)>
            <input type="hidden" name="listing" value=it.listing.id.to_string()/>
            {stars_field("stars".to_owned(), "The whole", it.stars, false)}
            {said_by(write, "stars", "stars-e")}
            <div class=class::FIELD>
                <label class=class::LABEL for="title">"In one line"</label>
                <input
                    class=class::INPUT
                    id="title"
                    name="title"
                    value=it.title.clone()
                    required=true
                    minlength="3"
                    maxlength=MAX_TITLE_CHARS.to_string()
                    autocomplete="off"
                    aria-invalid=move || wrong(write, "title").map(|_| "true")
                    aria-describedby="title-e"
                />
                {said_by(write, "title", "title-e")}
            </div>
            <div class=class::FIELD>
                <label class=class::LABEL for="text">"What is it like to use?"</label>
                <textarea
                    class=classes(&[class::INPUT, class::INPUT_TALL])
                    id="text"
                    name="text"
                    required=true
                    minlength=MIN_TEXT_CHARS.to_string()
                    maxlength=MAX_TEXT_CHARS.to_string()
                    aria-invalid=move || wrong(write, "text").map(|_| "true")
                    aria-describedby="text-e text-h"
                    inner_html=textarea_content(&it.text)
                ></textarea>
                {said_by(write, "text", "text-e")}
                <p class=class::HELP id="text-h">
                    "What works, what does not, for whom it is. Plain text, at least 20 characters. No names, addresses or keys: everybody can read it."
                </p>
            </div>
            <fieldset class=class::FIELD>
                <legend class=class::LEGEND>"In detail"</legend>
                {aspects}
            </fieldset>
            <div class=class::FIELD>
                <label class=class::LABEL for="size">
                    "How many people work in your organization? "<span class=class::LABEL_NOTE>"optional"</span>
                </label>
                <select class=classes(&[class::INPUT, class::SELECT]) id="size" name="size">
                    <option value="">"I’d rather not say"</option>
                    {sizes}
                </select>
            </div>
            <p class=class::HELP>
                "Your name, the release and how long your organization has used it stand beside the review; your organization’s name does not."
            </p>
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || write.busy()>
                    <Icon name=icons::CHECK/>
                    {send}
                </button>
            </div>
        </form>
    }
}

/// Deletes it, after it asked. Opening `details` needs no script.
pub fn delete(it: &ReviewForm, delete: FormAction) -> Node {
    html! {
        {failed(delete)}
        <details class=class::CONFIRM>
            <summary class=class::BTN><Icon name=icons::TRASH/> "Delete your review…"</summary>
            <form
                class=class::CONFIRM_BODY
                action=delete.address()
                method="post"
                on:submit=move |event| delete.submit(&event)
            >
                <input type="hidden" name="listing" value=it.listing.id.to_string()/>
                <p>
                    <strong>"Delete your review?"</strong>
                    " It goes with its earlier versions, the votes for it and the partner’s answer."
                </p>
                <div class=class::ACTIONS>
                    <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || delete.busy()>
                        "Delete your review"
                    </button>
                </div>
            </form>
        </details>
    }
}
