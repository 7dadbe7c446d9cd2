//! Who is looking.

use crate::server_fns::Problem;
use crate::server_fns::account::viewer;
use contract::account::Viewer;
use leptos::prelude::*;

/// The signed-in person, fetched once.
#[derive(Clone, Copy)]
pub struct ViewerResource(pub Resource<Result<Option<Viewer>, Problem>>);

impl ViewerResource {
    /// Puts it into the context, once.
    pub fn provide() {
        provide_context(Self(Resource::new(|| (), |()| viewer())));
    }
}

/// The signed-in person: `use_viewer().await` inside of `load_async`.
pub fn use_viewer() -> Resource<Result<Option<Viewer>, Problem>> {
    expect_context::<ViewerResource>().0
}
