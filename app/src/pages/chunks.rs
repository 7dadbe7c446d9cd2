//! Several pages in one download. `#[lazy_route]` gives each page a download of its own, and what two of them share yet
//! another; pages that share nearly everything are better off together.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Makes route types of the pages of one download.
///
/// The view is made in the download, its resources included, so that their types are not part of the first one.
macro_rules! chunk {
    ($chunk:ident, $preload:ident, $pages:ident { $($page:ident => $view:path),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug)]
        #[allow(clippy::enum_variant_names, reason = "each is named like its route type")]
        enum $pages {
            $($page),+
        }

        #[leptos::lazy]
        fn $chunk(page: $pages) -> ::leptos::prelude::AnyView {
            match page {
                $($pages::$page => ::leptos::prelude::IntoAny::into_any($view())),+
            }
        }

        $(
            #[doc = "One page of this download."]
            #[derive(Clone, Copy, Debug)]
            pub struct $page;

            impl ::leptos_router::LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> ::leptos::prelude::AnyView {
                    $chunk($pages::$page).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )+
    };
}

pub(crate) use chunk;

/// What a function of another download returns, where the download is here already. On the server it always is.
pub fn at_hand<T>(call: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(call).poll(&mut context) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
