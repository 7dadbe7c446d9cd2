//! Text colours keep WCAG 2.2 AA contrast on the surfaces they are used on, in both schemes.
#![allow(clippy::unwrap_used)]

/// `(text, surface, least ratio)`: 4.5 for text, 3 for borders of fields, icons and focus rings.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("text", &["bg", "surface", "sunken", "raised", "hover", "hover-2", "mark", "accent-bg"], 7.0),
    ("text-2", &["bg", "surface", "sunken", "raised", "hover", "hover-2", "ok-bg", "bad-bg", "warn-bg"], 4.5),
    ("text-3", &["bg", "surface", "sunken", "raised", "hover", "hover-2", "accent-bg"], 4.5),
    ("accent", &["bg", "surface", "raised", "accent-bg", "bad-bg", "hover"], 4.5),
    ("ok", &["bg", "surface", "ok-bg"], 4.5),
    ("warn", &["surface", "warn-bg"], 4.5),
    ("bad", &["bg", "surface", "bad-bg"], 4.5),
    ("still", &["surface", "still-bg"], 4.5),
    ("on-accent", &["accent-strong", "accent-hover", "bad-strong", "bad-hover"], 4.5),
    ("line-field", &["bg", "surface", "raised"], 3.0),
    ("focus", &["bg", "surface", "raised", "sunken"], 3.0),
];

fn token(name: &str, dark: bool) -> [f64; 3] {
    let css = include_str!("../css/tokens.css");
    let value = css.split(&format!("--{name}: ")).nth(1).unwrap().split(';').next().unwrap();
    let hex = match value.strip_prefix("light-dark(") {
        Some(pair) => pair.trim_end_matches(')').split(", ").nth(usize::from(dark)).unwrap(),
        None => value,
    };
    [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

/// Relative luminance, WCAG 2.2.
fn luminance(rgb: [f64; 3]) -> f64 {
    let [r, g, b] = rgb.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn tokens_contrast() {
    let mut low = Vec::new();
    for (text, surfaces, least) in PAIRS {
        for surface in *surfaces {
            for dark in [false, true] {
                let ratio = contrast(token(text, dark), token(surface, dark));
                if ratio < *least {
                    low.push(format!("{text} on {surface}, dark {dark}: {ratio:.2} < {least}"));
                }
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[test]
fn black_on_white_is_21() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
}
