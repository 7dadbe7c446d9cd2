//! The list of style files in cascade order. A new component or page is one line here.

/// Order of the cascade layers, lowest first.
pub const LAYERS: [&str; 6] = ["reset", "tokens", "base", "components", "pages", "utilities"];

/// One file of rules.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Cascade layer, one of [`LAYERS`].
    pub layer: &'static str,
    /// Path below `css/`, for messages.
    pub path: &'static str,
    /// The rules.
    pub css: &'static str,
}

macro_rules! sheets {
    ($($layer:literal => $($path:literal),+;)+) => {
        /// Every style file, grouped by layer in cascade order.
        pub const SHEETS: &[Sheet] = &[$($(Sheet {
            layer: $layer,
            path: $path,
            css: include_str!(concat!("../css/", $path)),
        }),+),+];
    };
}

sheets! {
    "reset" => "reset.css";
    "tokens" => "tokens.css";
    "base" => "base.css";
    "components" =>
        "components/tone.css",
        "components/icon.css",
        "components/button.css",
        "components/badge.css",
        "components/tile.css",
        "components/card.css",
        "components/search.css",
        "components/menu.css",
        "components/field.css",
        "components/facet.css",
        "components/tabs.css",
        "components/notice.css",
        "components/table.css",
        "components/prose.css",
        "components/code.css",
        "components/facts.css",
        "components/steps.css",
        "components/proof.css",
        "components/confirm.css",
        "components/pager.css",
        "components/empty.css",
        "components/skeleton.css",
        "components/stars.css";
    "pages" =>
        "pages/shell.css",
        "pages/home.css",
        "pages/browse.css",
        "pages/choose.css",
        "pages/coverage.css",
        "pages/listing.css",
        "pages/pricing.css",
        "pages/reviews.css",
        "pages/wizard.css",
        "pages/installed.css",
        "pages/usage.css",
        "pages/entry.css",
        "pages/settings.css";
    "utilities" => "utilities.css";
}
