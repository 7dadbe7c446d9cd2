//! What people who use an integration say of it: the tab of its page, and `/integrations/:id/review`. All of it is a download
//! of its own, which most visitors of a listing do without.

mod actions;
mod address;
mod filters;
mod form;
mod form_page;
mod item;
mod more;
mod summary;
mod tab;

pub use actions::Actions;
pub use address::reviews_address;
pub use item::said;
pub use tab::{ReviewsTab, ask, ask_nothing, reviews, wanted};

use crate::markup::Node;
use leptos::lazy;
use leptos::prelude::{AnyView, IntoAny};
use leptos_router::LazyRoute;

/// What the download shows.
enum Part {
    Tab(Box<ReviewsTab>),
    Form,
}

#[lazy]
fn reviews_chunk(part: Part) -> Node {
    match part {
        Part::Tab(tab) => tab::below_tab(*tab),
        Part::Form => form_page::review_form_page(),
    }
}

/// Fetches the download.
#[cfg(target_arch = "wasm32")]
pub async fn preload() {
    __preload_reviews_chunk().await;
}

/// The page on which a review is written.
#[derive(Clone, Copy, Debug)]
pub struct ReviewFormPage;

impl LazyRoute for ReviewFormPage {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        reviews_chunk(Part::Form).await.into_any()
    }

    async fn preload() {
        #[cfg(target_arch = "wasm32")]
        preload().await;
    }
}
