//! The page footer.

use super::classes;
use super::theme::theme;
use crate::markup::{Node, html};
use style::class;

/// Links and the theme switch.
pub fn footer() -> Node {
    html! {
        <footer class=class::FOOT>
            <div class=classes(&[class::WRAP, class::FOOT_ROW])>
                <nav class=class::FOOT_LINKS aria-label="Footer">
                    <a href="/search">"Browse"</a>
                    <a href="/collections">"Collections"</a>
                    <a href="/compare">"Compare"</a>
                    <a href="/calculators">"Calculators"</a>
                    <a href="/coverage">"Coverage map"</a>
                    <a href="/schemas/integration-1.json" rel="external">"Manifest schema"</a>
                    <a href="/api/v1/openapi.json" rel="external">"API"</a>
                    <a href="/sitemap.xml" rel="external">"Sitemap"</a>
                </nav>
                {theme()}
            </div>
        </footer>
    }
}
