//! Who is looking.

use crate::remote::{Answers, Reply, resource};
use crate::server_fns::account::ask_viewer;
use contract::account::Viewer;
use leptos::prelude::*;

/// The signed-in person, fetched once.
#[derive(Clone, Copy)]
pub struct ViewerResource(Answers);

impl ViewerResource {
    /// Puts it into the context, once.
    pub fn provide() {
        provide_context(Self(resource(ask_viewer)));
    }
}

/// The signed-in person, to be handed to `load_all` and read with [`viewer_in`].
pub fn use_viewer() -> Answers {
    expect_context::<ViewerResource>().0
}

/// The signed-in person, if there is one.
pub fn viewer_in(reply: &Reply) -> Option<Viewer> {
    reply.read().ok().flatten()
}
