//! Something to ask the server for.

use super::Reply;
use leptos::prelude::{Resource, untrack};
use leptos::server::codee::string::FromToStringCodec;
use std::pin::Pin;
use std::sync::Arc;

/// A question: its key, and the way to the answer. Nothing is asked before the answer is awaited.
pub struct Ask {
    key: String,
    answer: Pin<Box<dyn Future<Output = Reply> + Send>>,
}

impl Ask {
    /// A question that is another one when its key is.
    pub fn new(key: String, answer: impl Future<Output = Reply> + Send + 'static) -> Self {
        Self { key, answer: Box::pin(answer) }
    }

    /// The same question once more, when `round` has changed.
    #[must_use]
    pub fn again(mut self, round: usize) -> Self {
        self.key.push('#');
        self.key.push_str(&round.to_string());
        self
    }

    /// The same question, answered only when something else has come too.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn along_with(self, other: impl Future<Output = ()> + 'static) -> Self {
        let Self { key, answer } = self;
        let other = send_wrapper::SendWrapper::new(other);
        let both = async move {
            other.await;
            answer.await
        };
        Self { key, answer: Box::pin(both) }
    }

    /// The answer.
    pub fn answer(self) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
        self.answer
    }
}

/// The answers to a question, the latest first asked for. A page has them in it for the browser.
pub type Answers = Resource<Reply, FromToStringCodec>;

/// Asks now, and again when the key of the question changes.
pub fn resource(question: impl Fn() -> Ask + Send + Sync + 'static) -> Answers {
    of_any(Arc::new(question))
}

/// Not generic, so that the framework's machinery for it is there once.
fn of_any(question: Arc<dyn Fn() -> Ask + Send + Sync>) -> Answers {
    let now = Arc::clone(&question);
    Resource::new_str(move || question().key, move |_| untrack(|| now()).answer)
}

/// The question that a reading server function answers: `read!("name?query", function(arguments))`. On the server it is a plain
/// call, in the browser a request.
macro_rules! read {
    ($address:expr, $call:expr) => {{
        let address: String = $address;
        #[cfg(feature = "ssr")]
        let answer = async move { crate::remote::Reply::of(&$call.await) };
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        let answer = crate::remote::get(address.clone());
        #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
        let answer = std::future::pending();
        crate::remote::Ask::new(address, answer)
    }};
}

pub(crate) use read;
