//! What arrives while one watches: the server says that something came, and the page asks again for what it shows.

use crate::markup::{Node, html};
use contract::InstallationId;
use leptos::prelude::*;

/// What is being followed: an installation, and the last event that the page already shows.
type Followed = Option<(InstallationId, i64)>;

/// Follows one installation at a time, in the browser only.
#[derive(Clone, Copy)]
pub struct Live(RwSignal<Followed>);

impl Live {
    /// Calls `changed` when something arrived or the state has changed. Ends with the page.
    pub fn new(changed: impl Fn() + Copy + Send + Sync + 'static) -> Self {
        let followed = RwSignal::new(None);
        #[cfg(feature = "hydrate")]
        browser::follow(followed, changed);
        #[cfg(not(feature = "hydrate"))]
        let _ = changed;
        Self(followed)
    }

    /// Follows this installation, after the last event that is shown. The stream stays open while it is the same one.
    pub fn follow(self, installation: &InstallationId, shown: Option<i64>) {
        let same = self.0.with_untracked(|it| it.as_ref().is_some_and(|(id, _)| id == installation));
        if !same {
            self.0.set(Some((installation.clone(), shown.unwrap_or(0))));
        }
    }

    /// Follows nothing.
    pub fn stop(self) {
        if self.0.with_untracked(Option::is_some) {
            self.0.set(None);
        }
    }
}

/// Says, where no script runs, how to see what has arrived. `address` is one of our own and needs no escaping but `&`.
pub fn reload(address: &str) -> Node {
    let address = address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let text = format!("<p><a href=\"{address}\">Reload this page</a> to see what has arrived.</p>");
    html! { <noscript inner_html=text></noscript> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Followed;
    use leptos::prelude::*;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::EventSource;

    /// Events come in bursts; the page asks once for all of a burst.
    const BURST: Duration = Duration::from_millis(250);

    /// An open stream; closes when it is dropped.
    struct Stream {
        source: EventSource,
        _listener: Closure<dyn Fn()>,
    }

    impl Drop for Stream {
        fn drop(&mut self) {
            self.source.close();
        }
    }

    pub fn follow(followed: RwSignal<Followed>, changed: impl Fn() + Copy + 'static) {
        let waiting = StoredValue::new(false);
        let notice = move || {
            if waiting.try_get_value() == Some(false) {
                waiting.set_value(true);
                set_timeout(
                    move || {
                        // Nothing is there any more once the page was left.
                        if waiting.try_set_value(false).is_none() {
                            changed();
                        }
                    },
                    BURST,
                );
            }
        };
        Effect::new(move |_| {
            if let Some((id, after)) = followed.get()
                && let Some(stream) = open(&format!("/installed/{id}/events?after={after}"), notice)
            {
                // Owned by this run of the effect: it ends when another installation is followed, or the page is left.
                StoredValue::new_local(stream);
            }
        });
    }

    fn open(address: &str, notice: impl Fn() + 'static) -> Option<Stream> {
        let source = EventSource::new(address).ok()?;
        let listener = Closure::<dyn Fn()>::new(notice);
        for name in ["event", "state"] {
            source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()).ok()?;
        }
        Some(Stream { source, _listener: listener })
    }
}
