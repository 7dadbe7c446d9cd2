//! An icon from the sprite.

use super::{SitePaths, classes};
use leptos::prelude::*;
use style::class;

/// An icon; it says nothing to screen readers. `name` is one of `style::icons`.
#[component]
pub fn Icon(
    /// Name in the sprite.
    #[prop(into)]
    name: String,
    /// 15 px instead of 18.
    #[prop(optional)]
    small: bool,
    /// 24 px instead of 18.
    #[prop(optional)]
    large: bool,
    /// Mirrored where text runs right to left: arrows and chevrons.
    #[prop(optional)]
    flip: bool,
    /// One more class.
    #[prop(optional)]
    extra: &'static str,
) -> impl IntoView {
    let pick = |on: bool, name: &'static str| if on { name } else { "" };
    let list = classes(&[
        class::ICON,
        pick(small, class::ICON_S),
        pick(large, class::ICON_L),
        pick(flip, class::ICON_FLIP),
        extra,
    ]);
    let mut href = SitePaths::get().pkg.to_string();
    href.push_str("/icons.svg#");
    href.push_str(&name);
    view! {
        <svg class=list aria-hidden="true">
            <use href=href></use>
        </svg>
    }
}
