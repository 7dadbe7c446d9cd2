//! Who is looking.

use crate::remote::{Answers, Reply, resource};
use crate::server_fns::account::ask_viewer;
use contract::account::{Account, Viewer};
use leptos::prelude::*;

/// The signed-in person, fetched once, and again when something of theirs was read.
#[derive(Clone, Copy)]
pub struct ViewerResource {
    answers: Answers,
    round: RwSignal<usize>,
}

impl ViewerResource {
    /// Puts it into the context, once.
    pub fn provide() {
        let round = RwSignal::new(0);
        provide_context(Self { answers: resource(move || ask_viewer().again(round.get())), round });
    }
}

/// The signed-in person, to be handed to `load_all` and read with [`viewer_in`].
pub fn use_viewer() -> Answers {
    expect_context::<ViewerResource>().answers
}

/// Asks for the signed-in person again whenever `version` rises.
pub fn look_again(version: impl Fn() -> usize + 'static) {
    let round = expect_context::<ViewerResource>().round;
    Effect::new(move |_| {
        let version = version();
        if version > 0 {
            round.update(|round| *round += 1);
        }
    });
}

/// The signed-in person and what waits for them, if there is one.
pub fn account_in(reply: &Reply) -> Option<Account> {
    reply.read().ok().flatten()
}

/// The signed-in person, if there is one.
pub fn viewer_in(reply: &Reply) -> Option<Viewer> {
    account_in(reply).map(|account| account.viewer)
}
