//! What views must know about the server's files and the visitor's theme, the same on both sides.

use leptos::prelude::{provide_context, use_context};
use std::sync::Arc;

/// Addresses that are not compiled in, and the theme. On the server they come from the request's context, in the browser
/// from the document that the server sent.
#[derive(Clone, Debug, Default)]
pub struct SitePaths {
    /// `/pkg/<hash>`, without a trailing slash.
    pub pkg: Arc<str>,
    /// `light`, `dark`, or empty for "as the system says".
    pub theme: Arc<str>,
    /// Address people reach us at, without a trailing slash.
    pub origin: Arc<str>,
}

impl SitePaths {
    /// Puts the paths into the context, once.
    pub fn provide() {
        provide_context(Self::read());
    }

    /// The paths of this page.
    pub fn get() -> Self {
        use_context().unwrap_or_default()
    }

    #[cfg(feature = "ssr")]
    fn read() -> Self {
        use_context::<crate::context::Site>()
            .map(|site| Self { pkg: site.pkg.into(), theme: site.theme.into(), origin: site.public_url.into() })
            .unwrap_or_default()
    }

    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    fn read() -> Self {
        let root = leptos::prelude::document().document_element();
        let attribute = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name)).unwrap_or_default().into();
        let origin = leptos::prelude::window().location().origin().unwrap_or_default();
        Self { pkg: attribute("data-pkg"), theme: attribute("data-theme"), origin: origin.into() }
    }

    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    fn read() -> Self {
        Self::default()
    }
}
