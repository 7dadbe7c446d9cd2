//! What HTTP handlers share.

use crate::browser_files::BrowserFiles;
use crate::http::limits::Limits;
use crate::http::page_cache::PageCache;
use crate::http::sign_in::SignIn;
use axum::extract::FromRef;
use domain::Services;
use leptos::config::LeptosOptions;
use std::sync::Arc;
use tokio::sync::watch;

/// What HTTP handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Use cases' surroundings.
    pub services: Arc<Services>,
    /// Leptos' options.
    pub leptos: LeptosOptions,
    /// The browser's files.
    pub files: Arc<BrowserFiles>,
    /// Ways to sign in.
    pub(crate) sign_in: Arc<SignIn>,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// Rendered anonymous pages.
    pub(crate) pages: Arc<PageCache>,
    /// Proxies in front of us whose `X-Forwarded-For` is believed.
    pub trusted_proxies: usize,
    /// Turns true when the server stops.
    pub stop: watch::Receiver<bool>,
    /// Whether pages reload themselves when the server restarts.
    pub dev: bool,
    /// Differs for each process.
    pub boot: Arc<str>,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppState").finish_non_exhaustive()
    }
}

impl AppState {
    /// Puts the state together.
    pub fn new(
        services: Arc<Services>,
        files: BrowserFiles,
        sign_in: crate::sign_in_config::SignInConfig,
        stop: watch::Receiver<bool>,
        dev: bool,
    ) -> Result<Self, String> {
        let leptos = LeptosOptions::builder()
            .output_name("app")
            .site_root(files.root.display().to_string())
            .site_pkg_dir(files.pkg_dir.clone())
            .build();
        let boot = services.ids.secret().into();
        Ok(Self {
            sign_in: Arc::new(SignIn::new(sign_in, &services.settings.public_url)?),
            limits: Arc::new(Limits::new(services.clock.clone(), 1)),
            services,
            leptos,
            files: Arc::new(files),
            pages: Arc::new(PageCache::default()),
            trusted_proxies: 0,
            stop,
            dev,
            boot,
        })
    }

    /// Whether people reach us by https.
    pub(crate) fn is_https(&self) -> bool {
        self.services.settings.public_url.starts_with("https://")
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
