//! The icons, drawn on a 24 by 24 grid with a stroke of 1.75, and the sprite that holds them all.
//!
//! The sprite is served once as a file; a view shows an icon with
//! `<svg class="icon" aria-hidden="true"><use href="…/icons.svg#search"/></svg>`. Stroke and size come
//! from the class [`crate::class::ICON`], the colour from the text around it.

macro_rules! icons {
    ($($constant:ident = $name:literal, $drawing:literal;)+) => {
        $(#[doc = concat!("Name of the icon `", $name, "`.")] pub const $constant: &str = $name;)+

        /// Name and drawing (SVG shapes) of every icon.
        pub const ALL: &[(&str, &str)] = &[$(($name, $drawing)),+];

        const SPRITE: &str = concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg">"#,
            $(r#"<symbol id=""#, $name, r#"" viewBox="0 0 24 24">"#, $drawing, "</symbol>",)+
            "</svg>",
        );
    };
}

icons! {
    SEARCH = "search", r#"<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>"#;
    X = "x", r#"<path d="M18 6 6 18M6 6l12 12"/>"#;
    CHECK = "check", r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#;
    CHECK_CIRCLE = "check-circle", r#"<circle cx="12" cy="12" r="9"/><path d="m8.5 12.2 2.5 2.5 4.7-5"/>"#;
    ALERT_TRIANGLE = "alert-triangle", r#"<path d="M10.3 4.2 2.6 17.5a2 2 0 0 0 1.7 3h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0zM12 9.5v4M12 17h.01"/>"#;
    ALERT_CIRCLE = "alert-circle", r#"<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5M12 16h.01"/>"#;
    INFO = "info", r#"<circle cx="12" cy="12" r="9"/><path d="M12 11.5v5M12 8h.01"/>"#;
    CHEVRON_RIGHT = "chevron-right", r#"<path d="m9.5 6 6 6-6 6"/>"#;
    CHEVRON_DOWN = "chevron-down", r#"<path d="m6 9.5 6 6 6-6"/>"#;
    ARROW_RIGHT = "arrow-right", r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#;
    EXTERNAL_LINK = "external-link", r#"<path d="M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4"/>"#;
    COPY = "copy", r#"<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5.5 15H5a1.5 1.5 0 0 1-1.5-1.5V5A1.5 1.5 0 0 1 5 3.5h8.5A1.5 1.5 0 0 1 15 5v.5"/>"#;
    SERVER = "server", r#"<rect x="3" y="4" width="18" height="7" rx="2"/><rect x="3" y="13" width="18" height="7" rx="2"/><path d="M7 7.5h.01M7 16.5h.01M12 7.5h5M12 16.5h5"/>"#;
    CHART = "chart", r#"<path d="M4 4v14a2 2 0 0 0 2 2h14M8 15l3.5-4.5 3 2.5L19 7"/>"#;
    BELL = "bell", r#"<path d="M6.5 9a5.5 5.5 0 0 1 11 0c0 5.5 2.5 7 2.5 7H4s2.5-1.5 2.5-7M10 19.5a2.2 2.2 0 0 0 4 0"/>"#;
    BRANCH = "branch", r#"<circle cx="6" cy="5.5" r="2.5"/><circle cx="6" cy="18.5" r="2.5"/><circle cx="18" cy="8.5" r="2.5"/><path d="M6 8v8M18 11c0 3.5-3 4-6 4.2-3 .2-5 .8-6 2"/>"#;
    SHIELD = "shield", r#"<path d="M12 3 5 5.6v5.9c0 4.5 3 7.7 7 9.5 4-1.8 7-5 7-9.5V5.6z"/>"#;
    SUN = "sun", r#"<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>"#;
    MOON = "moon", r#"<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>"#;
    MONITOR = "monitor", r#"<rect x="3" y="4" width="18" height="12.5" rx="2"/><path d="M8.5 20.5h7M12 16.5v4"/>"#;
    MENU = "menu", r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#;
    USER = "user", r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6"/>"#;
    LOG_OUT = "log-out", r#"<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 16l4-4-4-4M19 12H9.5"/>"#;
    FILTER = "filter", r#"<path d="M4 6h16M7 12h10M10 18h4"/>"#;
    PLUG = "plug", r#"<path d="M9 3v5M15 3v5M6 8h12v3.5a6 6 0 0 1-12 0zM12 17.5V21"/>"#;
    ZAP = "zap", r#"<path d="M13 3 4.5 13.5H11L10 21l9-11h-6.5z"/>"#;
    CLOCK = "clock", r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>"#;
    REFRESH = "refresh", r#"<path d="M20 11.5A8 8 0 0 0 6 6.6L4 8.5M4 4v4.5h4.5M4 12.5a8 8 0 0 0 14 4.9l2-1.9M20 20v-4.5h-4.5"/>"#;
    TRASH = "trash", r#"<path d="M4 6.5h16M9 6.5V5a1.5 1.5 0 0 1 1.5-1.5h3A1.5 1.5 0 0 1 15 5v1.5M6 6.5l.8 12a2 2 0 0 0 2 2h6.4a2 2 0 0 0 2-2l.8-12M10 11v5M14 11v5"/>"#;
    LOCK = "lock", r#"<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>"#;
    GLOBE = "globe", r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.5 2.7 3.7 5.7 3.7 9s-1.2 6.3-3.7 9c-2.5-2.7-3.7-5.7-3.7-9S9.5 5.7 12 3z"/>"#;
    KEY = "key", r#"<circle cx="8" cy="15.5" r="4.5"/><path d="m11.2 12.3 8.3-8.3M16 7.5l3 3M13.5 10l2 2"/>"#;
    BOOK = "book", r#"<path d="M12 6.5C10 5 7.5 4.5 3.5 4.5v14c4 0 6.5.5 8.5 2 2-1.5 4.5-2 8.5-2v-14c-4 0-6.5.5-8.5 2zM12 6.5v14"/>"#;
    TAG = "tag", r#"<path d="M3.5 4.5v7.2L12.6 20.8a1.5 1.5 0 0 0 2.1 0l6.1-6.1a1.5 1.5 0 0 0 0-2.1L11.7 3.5H4.5a1 1 0 0 0-1 1zM8 8h.01"/>"#;
    BUILDING = "building", r#"<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M9 7.5h.01M15 7.5h.01M9 11.5h.01M15 11.5h.01M10 21v-4.5h4V21"/>"#;
    ACTIVITY = "activity", r#"<path d="M3 12h4l3-8 4.5 16 3-8H21"/>"#;
    PACKAGE = "package", r#"<path d="M12 3 4 7.3v9.4L12 21l8-4.3V7.3zM4.3 7.5 12 11.7l7.7-4.2M12 11.7V21M8 5.2l8 4.3"/>"#;
    INBOX = "inbox", r#"<path d="M3.5 13 6 5.5a1.5 1.5 0 0 1 1.4-1h9.2a1.5 1.5 0 0 1 1.4 1l2.5 7.5v4.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2zM3.5 13H8.5l1.5 2.5h4l1.5-2.5h5"/>"#;
    SLIDERS = "sliders", r#"<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/><circle cx="8" cy="17" r="2.5"/>"#;
    STAR = "star", r#"<path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z"/>"#;
    HOME = "home", r#"<path d="M4 10.5 12 4l8 6.5V19a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19zM9.5 20.5V14h5v6.5"/>"#;
    EYE = "eye", r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#;
    USERS = "users", r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 19.5c.5-3.5 3-5.3 6.5-5.3s6 1.8 6.5 5.3M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .7 3.2 2.3 3.5 4.9"/>"#;
    PAUSE = "pause", r#"<rect x="6" y="5" width="4" height="14" rx="1"/><rect x="14" y="5" width="4" height="14" rx="1"/>"#;
    PLUS = "plus", r#"<path d="M12 5v14M5 12h14"/>"#;
    ARROW_LEFT = "arrow-left", r#"<path d="M19 12H5M11 6l-6 6 6 6"/>"#;
    CLOUD_OFF = "cloud-off", r#"<path d="M4 4l16 16M8.5 7.8A6 6 0 0 1 17.5 11a4 4 0 0 1 2.8 6.5M6.5 9.5A4.6 4.6 0 0 0 7.5 19H16"/>"#;
}

/// The sprite: one SVG document with a `symbol` for every icon.
#[must_use]
pub const fn sprite() -> &'static str {
    SPRITE
}
