//! Waiting for data. All pages share one instance of the machinery, because what they show is type-erased.

use super::Erase;
use super::problem_page;
use crate::server_fns::Problem;
use leptos::prelude::*;
use std::pin::Pin;
use std::sync::Arc;

type Shown = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// Whether something that is already shown is being fetched again.
#[derive(Clone, Copy)]
pub struct Loading(pub RwSignal<bool>);

/// Shows `waiting` until the resource is there, then `view` of it, or the problem as a page of its own. When the resource
/// changes later, the old view stays until the new data is there.
///
/// Resources are created before, never inside of `view`: the server may run it twice, and their ids must not change by that.
pub fn load<T, F>(resource: Resource<Result<T, Problem>>, waiting: fn() -> AnyView, view: F) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    load_async(waiting, move || {
        let view = view.clone();
        async move {
            match resource.await {
                Ok(data) => view(data),
                Err(problem) => problem_page(problem),
            }
        }
    })
}

/// The same for a view that needs several resources: `make` awaits them and returns the view.
pub fn load_async<F, Fut>(waiting: fn() -> AnyView, make: F) -> AnyView
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = AnyView> + Send + 'static,
{
    erased(waiting, Arc::new(move || -> Shown { Box::pin(make()) }))
}

fn erased(waiting: fn() -> AnyView, make: Arc<dyn Fn() -> Shown + Send + Sync>) -> AnyView {
    let pending = use_context::<Loading>().map_or_else(|| RwSignal::new(false), |loading| loading.0);
    view! {
        <Transition fallback=waiting set_pending=pending.write_only()>
            {move || Suspend::new(make())}
        </Transition>
    }
    .erase()
}
