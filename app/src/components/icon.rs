//! An icon from the sprite.

use super::{SitePaths, classes};
use crate::markup::{Child, Node, html};
use std::borrow::Cow;
use style::class;

/// An icon; it says nothing to screen readers. `name` is one of `style::icons`.
#[derive(Default)]
pub struct Icon {
    /// Name in the sprite.
    pub name: Cow<'static, str>,
    /// 15 px instead of 18.
    pub small: bool,
    /// 24 px instead of 18.
    pub large: bool,
    /// Mirrored where text runs right to left: arrows and chevrons.
    pub flip: bool,
    /// One more class.
    pub extra: &'static str,
}

impl Child for Icon {
    fn into_node(self) -> Node {
        let pick = |on: bool, name: &'static str| if on { name } else { "" };
        let list = classes(&[
            class::ICON,
            pick(self.small, class::ICON_S),
            pick(self.large, class::ICON_L),
            pick(self.flip, class::ICON_FLIP),
            self.extra,
        ]);
        let mut href = SitePaths::get().pkg.to_string();
        href.push_str("/icons.svg#");
        href.push_str(&self.name);
        html! {
            <svg class=list aria-hidden="true">
                <use href=href></use>
            </svg>
        }
    }
}
