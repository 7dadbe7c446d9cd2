//! `/integrations/:id/review`: writing a review, changing and deleting it; whoever may not is told why and what to do next.

use super::form;
use super::summary::hidden_notice;
use crate::components::{
    Icon, PageMeta, TileSize, classes, crumbs, load_all, not_found_page, problem_page, sign_in_address, skeleton,
    tile_of,
};
use crate::markup::{Child, Node, html};
use crate::remote::{FormAction, resource};
use crate::server_fns::review::ask_review_form;
use contract::ListingId;
use contract::review::{ReviewForm, ReviewStanding};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use style::{class, icons};

/// The page.
pub(super) fn review_form_page() -> Node {
    let params = use_params_map();
    let id = Memo::new(move |_| ListingId(params.with(|params| params.get("id").unwrap_or_default())));
    let (write, delete) = (FormAction::new("write_review"), FormAction::new("delete_review"));
    let data = resource(move || ask_review_form(id.get()));
    load_all(vec![data], skeleton::lines, move |replies| match replies[0].read::<Option<ReviewForm>>() {
        Ok(Some(it)) => page(&it, write, delete),
        Ok(None) => not_found_page(),
        Err(problem) => problem_page(problem),
    })
}

fn listing_address(it: &ReviewForm) -> String {
    let mut out = String::from("/integrations/");
    out.push_str(it.listing.id.as_str());
    out
}

fn page(it: &ReviewForm, write: FormAction, delete: FormAction) -> Node {
    let name = &it.listing.name;
    let mut title = String::from(if it.written { "Your review of " } else { "Review " });
    title.push_str(name);
    let content = match it.standing.explained(name) {
        None => form::form(it, write),
        Some((why, next)) => refused(it, why, next),
    };
    html! {
        <PageMeta title=title.clone() description="For people whose organizations use it."/>
        {crumbs(vec![(name.clone(), listing_address(it))], "Review".to_owned())}
        <div class=class::PAGE_HEAD>
            {tile_of(&it.listing, TileSize::Large)}
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{title}</h1>
                {lead(it)}
            </div>
        </div>
        <div class=classes(&[class::LISTING_BODY, class::STACK, class::REVIEW_FORM])>
            {it.hidden.as_ref().map(|why| hidden_notice(why, html! { "Change what is wrong with it" }))}
            {content}
            {it.written.then(|| form::delete(it, delete))}
        </div>
    }
}

fn lead(it: &ReviewForm) -> Option<Node> {
    if it.used.is_empty() {
        return None;
    }
    let view = html! {
        <ul class=class::BADGES aria-label="What stands beside your review">
            <li class=classes(&[class::BADGE, class::TONE_OK])>
                <Icon name=icons::CHECK_CIRCLE small=true/>
                "Verified install, " {it.used.clone()}
            </li>
            <li class=class::BADGE>"Release " {it.release.clone()}</li>
        </ul>
    };
    Some(view.into_node())
}

/// Why not, and the way on.
fn refused(it: &ReviewForm, why: String, next: &'static str) -> Node {
    let listing = listing_address(it);
    let (href, text) = match it.standing {
        ReviewStanding::SignIn => (sign_in_address(), "Sign in"),
        ReviewStanding::NotProven => ("/installed".to_owned(), "Open what is installed"),
        ReviewStanding::NotInstalled | ReviewStanding::TooLongAgo if it.listing.installable => {
            (listing.clone() + "/install", "Install it")
        }
        _ => (listing.clone() + "?tab=reviews", "Read its reviews"),
    };
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_INFO])>
            <Icon name=icons::INFO/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{it.standing.label()}</p>
                <p>{why} " " {next}</p>
                <div class=class::ACTIONS>
                    <a class=classes(&[class::BTN, class::BTN_PRIMARY]) href=href>{text}</a>
                    <a class=class::BTN href=listing>"Back to " {it.listing.name.clone()}</a>
                </div>
            </div>
        </div>
    }
}
