//! A router that remembers its routes, so that a test finds every one of them.

use crate::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{any, delete, get, post};

/// Method and path of a route.
pub type Route = (&'static str, &'static str);

/// A router and the list of its routes.
#[derive(Default)]
pub struct Table {
    router: Router<AppState>,
    routes: Vec<Route>,
}

macro_rules! method {
    ($name:ident, $method:literal) => {
        /// Adds a route.
        #[must_use]
        pub fn $name<H, T>(mut self, path: &'static str, handler: H) -> Self
        where
            H: Handler<T, AppState>,
            T: 'static,
        {
            self.routes.push(($method, path));
            self.router = self.router.route(path, $name(handler));
            self
        }
    };
}

impl Table {
    method!(get, "GET");
    method!(post, "POST");
    method!(delete, "DELETE");
    method!(any, "ANY");

    /// The router, whose bodies may have this many bytes.
    pub fn limited(self, bytes: usize) -> Router<AppState> {
        self.router.layer(DefaultBodyLimit::max(bytes))
    }

    /// The router.
    pub fn router(self) -> Router<AppState> {
        self.router
    }

    /// Method and path of every route.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }
}
