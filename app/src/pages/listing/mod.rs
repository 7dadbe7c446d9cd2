//! One integration: what it is and can do, how it is set up, what it may do, and its releases.

mod act;
mod facts;
mod head;
mod overview;
mod permissions;
mod releases;
mod setup;
mod structured_data;
mod tabs;

use crate::components::happened::viewed;
use crate::components::{PageMeta, load_all, not_found_page, problem_page, skeleton, use_viewer, viewer_in};
use crate::markup::{Node, html};
use crate::remote::{FormAction, resource};
use crate::server_fns::listing::{ask_listing, ask_standing};
use contract::ListingId;
use contract::listing::{ListingDetail, ListingStanding};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};
use leptos_router::{LazyRoute, lazy_route};
use std::sync::Arc;
use style::class;
use tabs::Tab;

/// The page of a listing; `?tab=` chooses what is below its head.
pub struct ListingPage;

#[lazy_route]
impl LazyRoute for ListingPage {
    fn data() -> Self {
        Self
    }

    // The resource is made here and not in `data`, so that its types are not part of the first download.
    fn view(this: Self) -> AnyView {
        let ListingPage = this;
        let params = use_params_map();
        let url = use_url();
        let id = Memo::new(move |_| ListingId(params.with(|params| params.get("id").unwrap_or_default())));
        Effect::new(move |_| viewed(id.get().as_str()));
        let tab = Memo::new(move |_| url.with(|url| Tab::parse(&url.search_params().get("tab").unwrap_or_default())));
        let request = FormAction::new("request_integration");
        // A request changes both what the viewer did and how many asked.
        let detail = resource(move || ask_listing(id.get()).again(request.version()));
        let mine = resource(move || ask_standing(id.get()).again(request.version()));
        load_all(vec![detail, mine, use_viewer()], skeleton::lines, move |replies| match replies[0].read() {
            Ok(Some(detail)) => {
                let mine: ListingStanding = replies[1].read().unwrap_or_default();
                page(detail, &mine, viewer_in(&replies[2]).is_some(), tab, request)
            }
            Ok(None) => not_found_page(),
            Err(problem) => problem_page(problem),
        })
        .into_any()
    }
}

fn page(detail: ListingDetail, mine: &ListingStanding, signed_in: bool, tab: Memo<Tab>, request: FormAction) -> Node {
    let act = act::act(&detail, mine, signed_in, request);
    let head = head::head(&detail, act);
    let tabs = tabs::tabs(&detail, tab);
    let facts = facts::facts(&detail);
    let meta = html! {
        <PageMeta
            title=detail.card.name.clone()
            description=detail.card.summary.clone()
            canonical=detail.canonical_url.clone()
        />
        {structured_data::structured_data(&detail)}
    };
    let detail = Arc::new(detail);
    let related = Arc::clone(&detail);
    let body = move || match tab.get() {
        Tab::Overview => overview::overview(&detail),
        Tab::Setup => setup::setup(&detail),
        Tab::Permissions => permissions::permissions(&detail),
        Tab::Releases => releases::releases(&detail),
    };
    html! {
        {meta}
        {head}
        {tabs}
        <div class=crate::components::classes(&[class::LISTING_BODY, class::SPLIT])>{body} {facts}</div>
        {move || (tab.get() == Tab::Overview).then(|| overview::related(&related))}
    }
}
