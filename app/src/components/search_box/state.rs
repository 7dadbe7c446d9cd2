//! What the search field does with keys and answers.

use crate::pages::query;
use crate::server_fns::discover::ask_suggestions;
use contract::search::{Suggestion, SuggestionKind};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use std::sync::Arc;
use std::time::Duration;

/// Pause in typing after which the results follow.
const PAUSE: Duration = Duration::from_millis(180);

type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// State of one search field.
#[derive(Clone, Copy)]
pub struct SearchBox {
    input: NodeRef<Input>,
    /// Id of the listbox; options are numbered after it.
    pub list_id: &'static str,
    /// What is suggested.
    pub suggestions: RwSignal<Vec<Suggestion>>,
    open: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
    pathname: Memo<String>,
    search: Memo<String>,
    navigate: StoredValue<Navigate>,
}

impl SearchBox {
    /// A closed, empty field.
    pub fn new(input: NodeRef<Input>, list_id: &'static str) -> Self {
        let location = use_location();
        let navigate: Navigate = Arc::new(use_navigate());
        Self {
            input,
            list_id,
            suggestions: RwSignal::default(),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            pathname: location.pathname,
            search: location.search,
            navigate: StoredValue::new(navigate),
        }
    }

    fn text(self) -> String {
        self.input.get_untracked().map(|input| input.value()).unwrap_or_default()
    }

    /// Whether the listbox is shown. Like everything that the view asks, it may be asked once more after the page was left.
    pub fn is_open(self) -> bool {
        self.open.try_get() == Some(true) && self.suggestions.try_with(Vec::is_empty) == Some(false)
    }

    /// Whether this option is the active one.
    pub fn is_active(self, index: usize) -> bool {
        self.active.try_get().flatten() == Some(index)
    }

    /// Id of an option.
    pub fn option_id(self, index: usize) -> String {
        let mut id = String::from(self.list_id);
        id.push('-');
        id.push_str(&index.to_string());
        id
    }

    /// Id of the active option while the listbox is shown.
    pub fn active_id(self) -> Option<String> {
        self.active.try_get().flatten().filter(|_| self.is_open()).map(|index| self.option_id(index))
    }

    /// Hides the listbox.
    pub fn close(self) {
        self.open.set(false);
        self.active.set(None);
    }

    /// Puts a query that came from elsewhere into the field.
    pub fn show(self, q: &str) {
        if let Some(input) = self.input.get_untracked().filter(|input| input.value() != q) {
            input.set_value(q);
        }
    }

    /// The text changed: suggest, and on the search page let the results follow.
    pub fn typed(self) {
        let asked = self.text();
        self.active.set(None);
        self.open.set(true);
        if asked.trim().is_empty() {
            self.suggestions.set(Vec::new());
        } else {
            spawn_local(async move {
                let answer = ask_suggestions(asked.clone()).answer().await.read();
                // An answer to what was asked before is stale.
                if let Ok(list) = answer
                    && self.open.try_get_untracked() == Some(true)
                    && self.text() == asked
                {
                    self.suggestions.set(list);
                }
            });
        }
        if self.on_search_page() {
            let asked = self.text();
            let follow = move || {
                if self.open.try_get_untracked().is_some() && self.on_search_page() && self.text() == asked {
                    self.search_for(&asked, true);
                }
            };
            set_timeout(follow, PAUSE);
        }
    }

    fn on_search_page(self) -> bool {
        self.pathname.get_untracked() == "/search"
    }

    /// Goes to the results; filters and order of the search page are kept.
    fn search_for(self, text: &str, replace: bool) {
        let mut next = if self.on_search_page() {
            self.search.with_untracked(|search| query::parse(search))
        } else {
            query::parse("")
        };
        let text = text.trim();
        if replace && next.q == text {
            return;
        }
        text.clone_into(&mut next.q);
        next.offset = 0;
        self.go(&query::address("/search", &next), replace);
    }

    fn go(self, address: &str, replace: bool) {
        let navigate = self.navigate.get_value();
        navigate(address, NavigateOptions { replace, scroll: !replace, ..NavigateOptions::default() });
    }

    /// Enter, or the button.
    pub fn submit(self, event: &web_sys::Event) {
        event.prevent_default();
        self.close();
        self.search_for(&self.text(), false);
    }

    /// Arrows move through the options, Enter opens the active one, Escape closes.
    pub fn key(self, event: &web_sys::KeyboardEvent) {
        match event.key().as_str() {
            "ArrowDown" => self.step(event, true),
            "ArrowUp" => self.step(event, false),
            "Enter" => {
                let active = self.active.get_untracked().filter(|_| self.open.get_untracked());
                let address =
                    active.and_then(|index| self.suggestions.with_untracked(|list| list.get(index).map(address)));
                if let Some(address) = address {
                    event.prevent_default();
                    self.close();
                    self.go(&address, false);
                }
            }
            "Escape" if self.open.get_untracked() && self.suggestions.with_untracked(|list| !list.is_empty()) => {
                event.prevent_default();
                self.close();
            }
            _ => {}
        }
    }

    fn step(self, event: &web_sys::KeyboardEvent, forward: bool) {
        let count = self.suggestions.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        event.prevent_default();
        self.open.set(true);
        self.active.update(|active| *active = step(*active, count, forward));
    }

    /// `/` moves the focus into the field, except where somebody is writing.
    pub fn focus_on_slash(self, event: &web_sys::KeyboardEvent) {
        if event.key() != "/" || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let tag = event_target::<web_sys::Element>(event).tag_name();
        if matches!(tag.as_str(), "INPUT" | "TEXTAREA" | "SELECT") {
            return;
        }
        if let Some(input) = self.input.get_untracked() {
            event.prevent_default();
            _ = input.focus();
            input.select();
        }
    }
}

/// Where a suggestion leads to.
pub fn address(suggestion: &Suggestion) -> String {
    let (start, end) = match suggestion.kind {
        SuggestionKind::Listing => ("/integrations/", suggestion.id.clone()),
        SuggestionKind::Category => ("/categories/", suggestion.id.clone()),
        SuggestionKind::Partner => ("/partners/", suggestion.id.clone()),
        SuggestionKind::Task => {
            let mut asked = query::parse("");
            asked.q.clone_from(&suggestion.id);
            return query::address("/search", &asked);
        }
    };
    [start, &end].concat()
}

/// The next or previous option; past the ends lies the field itself.
fn step(active: Option<usize>, count: usize, forward: bool) -> Option<usize> {
    match (active, forward) {
        (None, true) => Some(0),
        (None, false) => count.checked_sub(1),
        (Some(index), true) => Some(index + 1).filter(|next| *next < count),
        (Some(index), false) => index.checked_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn arrows_go_round_through_the_field() {
        assert_eq!(step(None, 2, true), Some(0));
        assert_eq!(step(Some(0), 2, true), Some(1));
        assert_eq!(step(Some(1), 2, true), None);
        assert_eq!(step(None, 2, false), Some(1));
        assert_eq!(step(Some(0), 2, false), None);
    }
}
