//! The files, as far as they are kept: what was read of them, never their text.

use coverage::Reading;
use leptos::prelude::*;
use leptos::web_sys;
use std::sync::Arc;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// What was read.
    pub reading: Arc<Reading>,
}

/// The files that the report is about.
#[derive(Clone, Copy)]
pub struct Files {
    sources: RwSignal<Vec<Source>>,
    /// Why some were not read.
    refused: RwSignal<Vec<String>>,
    /// Whether this page's script runs.
    alive: RwSignal<bool>,
}

impl Files {
    /// None yet.
    pub fn new() -> Self {
        let alive = RwSignal::new(false);
        Effect::new(move |_| alive.set(true));
        Self { sources: RwSignal::new(Vec::new()), refused: RwSignal::new(Vec::new()), alive }
    }

    /// Whether files can be taken.
    pub fn alive(self) -> bool {
        self.alive.get()
    }

    /// Looks at them, and again when they change.
    pub fn with<T>(self, look: impl FnOnce(&[Source]) -> T) -> T {
        self.sources.with(|sources| look(sources))
    }

    /// Why some were not read.
    pub fn refused(self) -> Vec<String> {
        self.refused.get()
    }

    /// Takes a text in. One of the same name takes the other's place.
    pub fn add(self, name: &str, text: &str) {
        let source = Source { name: name.to_owned(), reading: Arc::new(coverage::read(name, text)) };
        self.sources.update(|sources| match sources.iter().position(|it| it.name == name) {
            Some(at) => sources[at] = source,
            None if sources.len() < coverage::MAX_FILES => sources.push(source),
            None => self.refuse(name, "there are too many files"),
        });
    }

    /// A text that somebody pasted.
    pub fn paste(self, text: &str) {
        let pasted = |it: &&Source| it.name.starts_with("Pasted text");
        let number = self.sources.with_untracked(|sources| sources.iter().filter(pasted).count());
        self.refused.set(Vec::new());
        self.add(&format!("Pasted text {}", number + 1), text);
    }

    /// Forgets one of them.
    pub fn remove(self, name: &str) {
        self.sources.update(|sources| sources.retain(|it| it.name != name));
    }

    /// Forgets all.
    pub fn clear(self) {
        self.refused.set(Vec::new());
        self.sources.set(Vec::new());
    }

    fn refuse(self, name: &str, why: &str) {
        self.refused.update(|refused| refused.push(format!("{name} was not read: {why}.")));
    }

    /// Files that were chosen in a field.
    pub fn chosen(self, event: &web_sys::Event) {
        let input = event_target::<web_sys::HtmlInputElement>(event);
        self.take(browser::of_input(&input));
        // The same file can be chosen again after it was changed.
        input.set_value("");
    }

    /// Files that were dropped.
    pub fn dropped(self, event: &web_sys::Event) {
        event.prevent_default();
        self.take(browser::of_drop(event));
    }

    fn take(self, files: Vec<browser::File>) {
        self.refused.set(Vec::new());
        for file in files {
            if file.size > coverage::MAX_BYTES {
                self.refuse(&file.name, "it is larger than 2 MB");
                continue;
            }
            leptos::task::spawn_local(async move {
                let text = file.text().await;
                // The page may have been left.
                if self.sources.try_get_untracked().is_some() {
                    match text {
                        Some(text) => self.add(&file.name, &text),
                        None => self.refuse(&file.name, "the browser could not open it"),
                    }
                }
            });
        }
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    /// A file on somebody's disk.
    pub struct File {
        pub name: String,
        pub size: usize,
        content: web_sys::File,
    }

    impl File {
        /// Its text. Nothing is asked of any server.
        pub async fn text(&self) -> Option<String> {
            JsFuture::from(self.content.text()).await.ok()?.as_string()
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in bytes is a whole number")]
    fn all(list: Option<web_sys::FileList>) -> Vec<File> {
        let Some(list) = list else { return Vec::new() };
        let files = (0..list.length()).filter_map(|index| list.item(index));
        files.map(|file| File { name: file.name(), size: file.size() as usize, content: file }).collect()
    }

    /// What is chosen in a field.
    pub fn of_input(input: &web_sys::HtmlInputElement) -> Vec<File> {
        all(input.files())
    }

    /// What was dropped.
    pub fn of_drop(event: &web_sys::Event) -> Vec<File> {
        all(event.unchecked_ref::<web_sys::DragEvent>().data_transfer().and_then(|it| it.files()))
    }
}

/// There are no files on the server, and there never will be.
#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::web_sys;

    pub struct File {
        pub name: String,
        pub size: usize,
    }

    impl File {
        #[allow(clippy::unused_async, reason = "the browser's half waits")]
        pub async fn text(&self) -> Option<String> {
            None
        }
    }

    pub const fn of_input(_input: &web_sys::HtmlInputElement) -> Vec<File> {
        Vec::new()
    }

    pub const fn of_drop(_event: &web_sys::Event) -> Vec<File> {
        Vec::new()
    }
}
