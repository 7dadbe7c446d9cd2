//! One integration: what it is and can do, how it is set up, what it may do, its releases, and what its users say.

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
use crate::pages::{pricing, reviews};
use crate::remote::{FormAction, resource};
use crate::server_fns::listing::{ask_listing, ask_pricing, ask_standing};
use crate::server_fns::recommend::ask_advice;
use contract::ListingId;
use contract::listing::{ListingDetail, ListingStanding};
use contract::plan::{Interval, PricingModel, PricingView};
use contract::recommend::Advice;
use leptos::lazy;
use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::{use_params_map, use_url};
use std::sync::Arc;
use style::class;
use tabs::Tab;

/// The page of a listing; `?tab=` chooses what is below its head.
#[derive(Clone, Copy, Debug)]
pub struct ListingPage;

impl LazyRoute for ListingPage {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        // A page that came with reviews in it comes alive only with their download.
        #[cfg(target_arch = "wasm32")]
        if window().location().search().is_ok_and(|query| query.contains("tab=reviews")) {
            reviews::preload().await;
        }
        listing_chunk().await
    }

    async fn preload() {
        #[cfg(target_arch = "wasm32")]
        __preload_listing_chunk().await;
    }
}

/// What all tabs have in common, and all tabs but the reviews, which are a download of their own.
#[lazy]
fn listing_chunk() -> AnyView {
    listing_page().into_any()
}

fn listing_page() -> Node {
    let params = use_params_map();
    let url = use_url();
    let id = Memo::new(move |_| ListingId(params.with(|params| params.get("id").unwrap_or_default())));
    Effect::new(move |_| viewed(id.get().as_str()));
    let tab = Memo::new(move |_| url.with(|url| Tab::parse(&url.search_params().get("tab").unwrap_or_default())));
    let request = FormAction::new("request_integration");
    let wanted = Memo::new(move |_| url.with(|url| reviews::wanted(url.search_params())));
    let judge = reviews::Actions::new();
    // A request changes both what the viewer did and how many asked.
    let detail = resource(move || ask_listing(id.get()).again(request.version()));
    let mine = resource(move || ask_standing(id.get()).again(request.version()));
    let said = resource(move || match tab.get() {
        Tab::Reviews => reviews::ask(id.get(), wanted.get(), judge),
        _ => reviews::ask_nothing(),
    });
    let interval = Memo::new(move |_| {
        url.with(|url| Interval::parse(&url.search_params().get("interval").unwrap_or_default()).unwrap_or_default())
    });
    let costs = resource(move || ask_pricing(id.get()));
    let advice = resource(move || ask_advice(id.get()));
    load_all(vec![detail, mine, use_viewer(), said, advice, costs], skeleton::lines, move |replies| {
        match replies[0].read() {
            Ok(Some(detail)) => {
                let detail: ListingDetail = detail;
                let mine: ListingStanding = replies[1].read().unwrap_or_default();
                // The page is worth showing without recommendations.
                let advice = replies[4].read().unwrap_or_default();
                let signed_in = viewer_in(&replies[2]).is_some();
                let tab_of_reviews = reviews::ReviewsTab {
                    card: detail.card.clone(),
                    reply: replies[3].clone(),
                    signed_in,
                    wanted: wanted.get_untracked(),
                    actions: judge,
                };
                // So it is without prices, which are asked for again where they are looked for.
                let costs: Option<PricingView> = replies[5].read().unwrap_or_default();
                let act = act::act(&detail, &mine, costs.as_ref(), signed_in, request);
                let tab_of_plans =
                    costs.clone().map(|it| pricing::PricingTab::new(&detail, it, interval.get_untracked(), signed_in));
                let plans = move || {
                    tab_of_plans
                        .clone()
                        .map(|it| pricing::pricing(&pricing::PricingTab { interval: interval.get(), ..it }))
                };
                let reviews = move || reviews::reviews(tab_of_reviews.clone());
                page(detail, act, costs.as_ref(), advice, tab, plans, reviews)
            }
            Ok(None) => not_found_page(),
            Err(problem) => problem_page(problem),
        }
    })
}

fn page(
    detail: ListingDetail,
    act: Node,
    costs: Option<&PricingView>,
    advice: Advice,
    tab: Memo<Tab>,
    plans: impl Fn() -> Option<Node> + Send + 'static,
    reviews: impl Fn() -> Node + Send + 'static,
) -> Node {
    let head = head::head(&detail, act);
    let tabs = tabs::tabs(&detail, costs.is_some_and(|it| it.model != PricingModel::Free), tab);
    let facts = facts::facts(&detail);
    let meta = html! {
        <PageMeta
            title=detail.card.name.clone()
            description=detail.card.summary.clone()
            canonical=detail.canonical_url.clone()
        />
        {structured_data::structured_data(&detail, costs)}
    };
    let detail = Arc::new(detail);
    let related = Arc::clone(&detail);
    let body = move || match tab.get() {
        Tab::Overview => overview::overview(&detail),
        Tab::Setup => setup::setup(&detail),
        Tab::Permissions => permissions::permissions(&detail),
        Tab::Pricing => plans().unwrap_or_else(|| overview::overview(&detail)),
        Tab::Releases => releases::releases(&detail),
        Tab::Reviews => reviews(),
    };
    html! {
        {meta}
        {head}
        {tabs}
        <div class=crate::components::classes(&[class::LISTING_BODY, class::SPLIT])>{body} {facts}</div>
        {move || (tab.get() == Tab::Overview).then(|| overview::related(&related, &advice))}
    }
}
