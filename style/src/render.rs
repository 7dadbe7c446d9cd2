//! From the style files to one minified text.
//!
//! `stylist` reads plain rules, `@media`, `@supports`, `@container` and `@keyframes`. It knows
//! neither `@layer` nor native nesting, so the files are flat and the layers are written around its
//! output here. Its parser also stops silently at the first text it does not understand; a sentinel
//! rule behind every file tells whether it came through to the end.

use std::fmt::Write as _;

use stylist::GlobalStyle;

use crate::minify::minify;
use crate::sheet::{LAYERS, SHEETS, Sheet};

const SENTINEL: &str = "style-sentinel{--end:1}";

/// A style file that could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    /// Path below `css/`.
    pub path: &'static str,
    /// What went wrong.
    pub reason: String,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "css/{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for RenderError {}

/// The whole stylesheet, minified.
///
/// # Panics
/// When a style file does not parse: they are compiled in and the tests render them, so this is a
/// defect of the build. Use [`try_stylesheet`] to handle it.
#[must_use]
pub fn stylesheet() -> String {
    match try_stylesheet() {
        Ok(css) => css,
        #[expect(clippy::panic, reason = "compiled-in files that a test renders")]
        Err(error) => panic!("{error}"),
    }
}

/// The whole stylesheet, minified.
///
/// # Errors
/// Names the file that `stylist` does not parse to its end.
pub fn try_stylesheet() -> Result<String, RenderError> {
    let mut out = format!("@layer {};", LAYERS.join(","));
    for layer in LAYERS {
        let mut body = String::new();
        for sheet in SHEETS.iter().filter(|sheet| sheet.layer == layer) {
            body.push_str(&render(sheet)?);
        }
        let _ = write!(out, "@layer {layer}{{{body}}}");
    }
    Ok(out)
}

fn render(sheet: &Sheet) -> Result<String, RenderError> {
    let fail = |reason| RenderError { path: sheet.path, reason };
    let style = GlobalStyle::new(format!("{}\n{SENTINEL}", sheet.css)).map_err(|error| fail(error.to_string()))?;
    let css = minify(style.get_style_str());
    match css.strip_suffix(SENTINEL) {
        Some(css) => Ok(css.to_owned()),
        None => Err(fail(format!("stylist stops after: {}", tail(&css)))),
    }
}

fn tail(css: &str) -> &str {
    let start = css.char_indices().rev().nth(119).map_or(0, |(at, _)| at);
    &css[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_does_not_parse_is_named() {
        let sheet = Sheet { layer: "base", path: "x.css", css: ".a{color:red} @nonsense x; .b{color:red}" };
        let error = render(&sheet).unwrap_err();
        assert_eq!(error.path, "x.css");
        assert!(error.reason.contains(".a{color:red}"), "{error}");
    }

    #[test]
    fn layers_come_in_order() {
        let css = stylesheet();
        assert!(css.starts_with("@layer reset,tokens,base,components,pages,utilities;@layer reset{"));
        assert!(!css.contains("sentinel"));
    }
}
