//! Waiting for data. All pages share one instance of the machinery, because what they ask for is text and what they show is
//! of one type.

use super::problem_page;
use crate::markup::{Child, Node};
use crate::remote::{Answers, Reply};
use contract::json::FromJson;
use leptos::prelude::*;
use std::sync::Arc;

type View = Arc<dyn Fn(&[Reply]) -> Node + Send + Sync>;

/// Whether something that is already shown is being fetched again.
#[derive(Clone, Copy)]
pub struct Loading(pub RwSignal<bool>);

/// Shows `waiting` until the resource is there, then `view` of it, or the problem as a page of its own. When the resource
/// changes later, the old view stays until the new data is there.
///
/// Resources are created before, never inside of `view`: the server may run it twice, and their ids must not change by that.
pub fn load<T: FromJson>(
    resource: Answers,
    waiting: fn() -> Node,
    view: impl Fn(T) -> Node + Send + Sync + 'static,
) -> Node {
    load_all(vec![resource], waiting, move |replies| match replies[0].read() {
        Ok(data) => view(data),
        Err(problem) => problem_page(problem),
    })
}

/// The same for a view of several resources, which reads them itself. They come in the order in which they were given.
pub fn load_all(
    resources: Vec<Answers>,
    waiting: fn() -> Node,
    view: impl Fn(&[Reply]) -> Node + Send + Sync + 'static,
) -> Node {
    erased(resources, waiting, Arc::new(view))
}

fn erased(resources: Vec<Answers>, waiting: fn() -> Node, view: View) -> Node {
    let pending = use_context::<Loading>().map_or_else(|| RwSignal::new(false), |loading| loading.0);
    let make = move || {
        let (resources, view) = (resources.clone(), Arc::clone(&view));
        Suspend::new(async move {
            let mut replies = Vec::with_capacity(resources.len());
            for resource in resources {
                replies.push(resource.await);
            }
            view(&replies)
        })
    };
    view! { <Transition fallback=waiting set_pending=pending.write_only()>{make}</Transition> }.into_any().into_node()
}
