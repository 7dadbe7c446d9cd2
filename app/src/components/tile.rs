//! A listing's icon, or its initial where it has none.

use super::classes;
use crate::markup::{Node, html};
use contract::listing::ListingCard;
use style::class;

/// Size of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileSize {
    /// 28 px.
    Small,
    /// 40 px.
    Plain,
    /// 64 px.
    Large,
}

impl TileSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => class::TILE_S,
            Self::Plain => "",
            Self::Large => class::TILE_L,
        }
    }

    const fn image(self) -> &'static str {
        match self {
            Self::Small => "17",
            Self::Plain => "24",
            Self::Large => "38",
        }
    }
}

/// FNV-1a, so that a listing keeps its colour.
fn hue(id: &str) -> &'static str {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    class::HUES[hash as usize % class::HUES.len()]
}

/// The picture at `icon`, or the initial of `name` in a colour that follows from `id`.
pub fn tile(id: &str, name: &str, icon: Option<&str>, size: TileSize) -> Node {
    if let Some(icon) = icon {
        let edge = size.image();
        return html! {
            <span class=classes(&[class::TILE, size.class()])>
                <img src=icon.to_owned() alt="" width=edge height=edge loading="lazy"/>
            </span>
        };
    }
    let initial: String = name.chars().find(|c| c.is_alphanumeric()).into_iter().collect();
    html! {
        <span class=classes(&[class::TILE, size.class(), class::TILE_LETTER, hue(id)]) aria-hidden="true">
            {initial}
        </span>
    }
}

/// The tile of a listing.
pub fn tile_of(card: &ListingCard, size: TileSize) -> Node {
    tile(card.id.as_str(), &card.name, card.icon.as_deref(), size)
}

#[cfg(test)]
mod tests {
    use super::hue;

    #[test]
    fn a_listing_keeps_its_hue() {
        assert_eq!(hue("slack"), hue("slack"));
        assert_ne!(hue("slack"), hue("zabbix"));
    }
}
