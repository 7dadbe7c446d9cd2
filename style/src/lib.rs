//! What the marketplace looks like: one stylesheet, the names of its classes and the icon sprite.
//!
//! - `css/` holds the rules, one small file per component or page. `sheet::SHEETS` lists them with
//!   their cascade layer.
//! - [`class`] holds the name of every class as a constant, so that a typo in a view does not compile.
//!   A test keeps constants and selectors the same set.
//! - [`icons`] holds the drawings and renders them into one sprite file.
//! - `stylesheet` (feature `render`) parses and renders everything with `stylist` and minifies it.
//!   The browser build leaves the feature off and gets constants only, without any dependency.
//!
//! Colours, sizes and fonts are custom properties in `css/tokens.css`: a white-label theme replaces
//! that one file's values. What does not live here: markup (see the `app` crate) and the hashing and
//! serving of the files (see the server).

pub mod class;
pub mod icons;
#[cfg(feature = "render")]
mod minify;
#[cfg(feature = "render")]
mod render;
#[cfg(feature = "render")]
pub mod sheet;

#[cfg(feature = "render")]
pub use render::{RenderError, stylesheet, try_stylesheet};
