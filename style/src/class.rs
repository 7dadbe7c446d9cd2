//! The name of every class in the stylesheet. Views use these, so that a typo does not compile.
//!
//! Names are grouped by the file that holds their rules; `-` in a class is `_` in its constant.

macro_rules! classes {
    ($($constant:ident = $name:literal, $doc:literal;)+) => {
        $(#[doc = concat!("`.", $name, "`: ", $doc)] pub const $constant: &str = $name;)+

        /// Every class.
        pub const ALL: &[&str] = &[$($name),+];
    };
}

classes! {
    // css/components/tone.css
    TONE_OK = "tone-ok", "green: works, proven, installable";
    TONE_WARN = "tone-warn", "amber: degraded, silent, write access";
    TONE_BAD = "tone-bad", "red: failing, destructive, error";
    TONE_INFO = "tone-info", "accent: neutral information, certified";
    TONE_STILL = "tone-still", "grey: paused, not finished, read access";

    // css/components/icon.css
    ICON = "icon", "an icon from the sprite, 18 px";
    ICON_S = "icon-s", "with `icon`: 15 px";
    ICON_L = "icon-l", "with `icon`: 24 px";
    ICON_FLIP = "icon-flip", "with `icon`: mirrored where text runs right to left (arrows, chevrons)";

    // css/components/button.css
    BTN = "btn", "button or link that looks like one";
    BTN_PRIMARY = "btn-primary", "the one main action of a view";
    BTN_DANGER = "btn-danger", "the button that destroys, named after what it destroys";
    BTN_QUIET = "btn-quiet", "button without a frame";
    BTN_L = "btn-l", "large button";
    BTN_S = "btn-s", "small button";
    BTN_BLOCK = "btn-block", "button as wide as its box";
    BTN_ICON = "btn-icon", "square button that holds an icon only and needs an `aria-label`";
    ACTIONS = "actions", "row of buttons that wraps";
    ACTIONS_END = "actions-end", "with `actions`: at the end of the line, as in dialogs";

    // css/components/badge.css
    BADGES = "badges", "list of badges";
    BADGE = "badge", "quiet fact: coloured icon and plain text; takes a tone";
    PILL = "pill", "loud state in its tone";
    PILL_DOT = "pill-dot", "with `pill`: a dot before the text";
    PILL_LIVE = "pill-live", "with `pill-dot`: the dot pulses";
    COUNT = "count", "small number beside a name";
    KBD = "kbd", "a key to press";
    CHIPS = "chips", "list of chips";
    CHIP = "chip", "round link: filter, tag, example query";
    CHIP_ON = "chip-on", "chip that is active";

    // css/components/tile.css
    TILE = "tile", "frame of a listing's icon";
    TILE_S = "tile-s", "tile of 28 px";
    TILE_L = "tile-l", "tile of 64 px, 48 px on a phone";
    TILE_LETTER = "tile-letter", "tile with an initial instead of a picture; needs a hue";
    HUE_0 = "hue-0", "hue of a letter tile";
    HUE_1 = "hue-1", "hue of a letter tile";
    HUE_2 = "hue-2", "hue of a letter tile";
    HUE_3 = "hue-3", "hue of a letter tile";
    HUE_4 = "hue-4", "hue of a letter tile";
    HUE_5 = "hue-5", "hue of a letter tile";
    HUE_6 = "hue-6", "hue of a letter tile";
    HUE_7 = "hue-7", "hue of a letter tile";
    HUE_8 = "hue-8", "hue of a letter tile";
    HUE_9 = "hue-9", "hue of a letter tile";
    HUE_10 = "hue-10", "hue of a letter tile";
    HUE_11 = "hue-11", "hue of a letter tile";

    // css/components/card.css
    CARDS = "cards", "grid of cards";
    CARD = "card", "listing in a grid; the link in its title covers it";
    CARD_HEAD = "card-head", "tile and names of a card";
    CARD_TITLE = "card-title", "name of a listing in a card, result or connection; its link covers the whole box";
    CARD_BY = "card-by", "partner below or beside the name";
    CARD_SUMMARY = "card-summary", "summary, cut after two lines";
    CARD_FOOT = "card-foot", "badges at the bottom of a card";
    CARD_MATCH = "card-match", "why a result matches";
    RESULTS = "results", "framed list of results";
    RESULTS_MORE = "results-more", "heading of results that follow others";
    RESULT = "result", "listing as a row";
    RESULT_TEXT = "result-text", "middle column of a result";
    RESULT_TITLE = "result-title", "name and partner of a result on one line";
    BADGE_EXTRA = "badge-extra", "badge that is dropped on a phone";

    // css/components/search.css
    SEARCH = "search", "search form; the listbox hangs below it";
    SEARCH_ICON = "search-icon", "magnifier inside the field";
    SEARCH_INPUT = "search-input", "the combobox input";
    SEARCH_HINT = "search-hint", "the `/` key inside the field";
    SEARCH_L = "search-l", "with `search`: the large one of the home page";
    SEARCH_GO = "search-go", "submit button inside the large field";
    LISTBOX = "listbox", "suggestions below the field";
    LISTBOX_LABEL = "listbox-label", "heading of a group of suggestions";
    OPTION = "option", "one suggestion; `aria-selected` marks the active one";
    OPTION_TEXT = "option-text", "name in a suggestion";
    OPTION_NOTE = "option-note", "note at the end of a suggestion";

    // css/components/menu.css
    MENU = "menu", "`details` that opens a menu";
    MENU_PANEL = "menu-panel", "what the menu shows";
    MENU_ITEM = "menu-item", "link or button in a menu";
    MENU_NOTE = "menu-note", "who is signed in";
    THEME = "theme", "three-way theme switch";
    THEME_OPTION = "theme-option", "one button of the theme switch; `aria-pressed` marks the one that holds";

    // css/components/field.css
    FORM = "form", "fields below each other";
    FORM_NARROW = "form-narrow", "with `form`: as wide as short answers";
    FIELD = "field", "label, input, error, help";
    LABEL = "label", "name of a field";
    LABEL_NOTE = "label-note", "optional, unit";
    LEGEND = "legend", "heading of a group of fields";
    HELP = "help", "where to find the value";
    INPUT = "input", "text input, textarea or select";
    INPUT_SHORT = "input-short", "with `input`: for numbers";
    INPUT_MONO = "input-mono", "with `input`: for addresses and keys";
    SELECT = "select", "with `input`: a select with its own arrow";
    FIELD_ERROR = "field-error", "what is wrong with a field";
    AFFIX = "affix", "input with a button at its end";
    CHECK = "check", "label around a checkbox, radio or switch";
    SWITCH = "switch", "checkbox that looks like a switch";

    // css/components/facet.css
    FACETS_OPEN = "facets-open", "its summary: the button `Filters (2)`";
    FACET = "facet", "one facet, a `details`";
    FACET_LIST = "facet-list", "fieldset with the values of a facet";
    FACET_ITEM = "facet-item", "with `check`: one value and its count";
    FACET_SUB = "facet-sub", "with `facet-item`: a value below another";
    FACETS = "facets", "`details` around all facets: open column on the desktop, sheet on a phone";
    FACETS_BODY = "facets-body", "what the sheet holds";
    FACETS_APPLY = "facets-apply", "submit button of the facets";

    // css/components/tabs.css
    TABS = "tabs", "tabs as links";
    TAB = "tab", "one tab; `aria-current=page` marks the open one";

    // css/components/notice.css
    NOTICE = "notice", "message in the page, in its tone";
    NOTICE_BODY = "notice-body", "text of a notice";
    NOTICE_TITLE = "notice-title", "first line of a notice";
    TOASTS = "toasts", "where toasts appear";
    TOAST = "toast", "message that goes away by itself";

    // css/components/table.css
    TABLE_BOX = "table-box", "frame of a table, scrolls sideways";
    TABLE = "table", "data table";
    TABLE_FRESH = "table-fresh", "row that has just arrived";
    NUM = "num", "cell with a number";
    CELL_WIDE = "cell-wide", "cell that takes the rest of the line";
    CELL_NOTE = "cell-note", "second line in a cell";
    TABLE_STACK = "table-stack", "with `table`: rows become blocks on a phone";

    // css/components/prose.css
    PROSE = "prose", "rendered markdown";

    // css/components/code.css
    CODE = "code", "figure around a block of code";
    CODE_BAR = "code-bar", "its caption and copy button";
    CODE_FILL = "code-fill", "value that was filled in for this installation";

    // css/components/facts.css
    PANEL = "panel", "box around one topic";
    PANEL_HEAD = "panel-head", "title line of a panel";
    PANEL_TITLE = "panel-title", "title of a panel";
    PANEL_BODY = "panel-body", "content of a panel";
    FACTS = "facts", "`dl` of named facts";
    FACT = "fact", "one fact: `div` with `dt` and `dd`";
    VERDICT_BODY = "verdict-body", "details of a verdict";
    FACTS_WIDE = "facts-wide", "with `facts`: wider names, stacked on a phone";
    LINKS = "links", "list of links";
    LINK_ROW = "link-row", "link with an icon before it";

    // css/components/steps.css
    STEPS = "steps", "where one is in the wizard";
    STEP = "step", "one step; `aria-current=step` marks the open one";
    STEP_MARK = "step-mark", "number and name of a step, a link when done";
    STEP_NUM = "step-num", "number or tick";
    STEP_DONE = "step-done", "with `step`: done";

    // css/components/proof.css
    VERDICT = "verdict", "result of a test, repair card or proof, in its tone";
    VERDICT_HEAD = "verdict-head", "what happened";
    VERDICT_TITLE = "verdict-title", "headline of a verdict";
    VERDICT_NOTE = "verdict-note", "muted explanation";
    VERDICT_TIME = "verdict-time", "how long it took or since when";
    WAIT = "wait", "waiting for the first event";
    WAIT_PULSE = "wait-pulse", "the pulsing dot in it";
    PROOF_FIGURE = "proof-figure", "the big number: time to first event";
    ROUTE = "route", "tiles joined by wires";
    ROUTE_WIRE = "route-wire", "wire that data runs along";
    DONE_LIST = "done-list", "list of things done";
    DONE_ITEM = "done-item", "icon, text and time";
    DONE_TIME = "done-time", "time at the end of the line";

    // css/components/confirm.css
    DIALOG = "dialog", "modal dialog";
    DIALOG_BODY = "dialog-body", "its content";
    CONFIRM = "confirm", "`details` that asks before it acts, where no script runs";
    CONFIRM_BODY = "confirm-body", "the question and the real button";
    DANGER = "danger", "with `panel`: holds something destructive";

    // css/components/pager.css
    PAGER = "pager", "paging below results";
    PAGER_PAGES = "pager-pages", "its list of pages";
    PAGE = "page", "link to one page of results; `aria-current=page` marks the open one";
    PAGE_FAR = "page-far", "page link that is dropped on a phone";

    // css/components/empty.css
    EMPTY = "empty", "nothing here yet, and a way on";
    EMPTY_MARK = "empty-mark", "its round icon";

    // css/components/skeleton.css
    SKELETON = "skeleton", "stand-in for one line of text";
    SKELETON_TITLE = "skeleton-title", "stand-in for a name";
    SKELETON_HEAD = "skeleton-head", "stand-in for a page heading";
    SKELETON_SHORT = "skeleton-short", "stand-in for a short line";
    SKELETON_TILE = "skeleton-tile", "stand-in for a tile";
    SKELETON_LONG = "skeleton-long", "stand-in for a last line";
    PROGRESS = "progress", "progress bar of a navigation, above everything";

    // css/pages/shell.css
    WRAP = "wrap", "width of a page";
    SKIP = "skip", "skip link";
    HEAD = "head", "page header";
    HEAD_ROW = "head-row", "its line";
    BRAND = "brand", "logo and wordmark";
    BRAND_MARK = "brand-mark", "the logo";
    HEAD_SEARCH = "head-search", "place of the search in the header, its own row on a phone";
    NAV = "nav", "main navigation";
    NAV_LINK = "nav-link", "link of the main navigation";
    HEAD_END = "head-end", "account and menus at the end of the header";
    ME = "me", "round initials of a person";
    ME_NEW = "me-new", "in `me`: number of what waits for them";
    MAIN = "main", "page content between header and footer";
    FOOT = "foot", "page footer";
    FOOT_ROW = "foot-row", "its line";
    FOOT_LINKS = "foot-links", "its links";
    CRUMBS = "crumbs", "breadcrumb";
    PAGE_HEAD = "page-head", "icon, heading and actions of a page";
    PAGE_TEXT = "page-text", "heading and lead of a page";
    PAGE_LEAD = "page-lead", "sentence below a heading";
    SPLIT = "split", "content and side column";
    ONLY_WIDE = "only-wide", "dropped on a phone";
    ONLY_NARROW = "only-narrow", "dropped on the desktop";

    // css/pages/home.css
    HERO = "hero", "first screen of the home page";
    HERO_TITLE = "hero-title", "its headline";
    HERO_LEAD = "hero-lead", "its sentence";
    HERO_TRIES = "hero-tries", "example queries";
    STATS = "stats", "numbers of the catalogue";
    STAT = "stat", "one number";
    HERO_PROOF = "hero-proof", "example of a proven connection";
    HERO_CAPTION = "hero-caption", "title line in it";
    SECTION = "section", "section of the home page";
    SECTION_HEAD = "section-head", "its title line";
    SECTION_TITLE = "section-title", "its title";
    SECTION_MORE = "section-more", "link at the end of the title line";
    GROUPS = "groups", "the category groups";
    GROUP = "group", "one group";
    GROUP_TITLE = "group-title", "its name, icon and count";
    LEAVES = "leaves", "its categories";
    LEAF = "leaf", "one category";
    HOW = "how", "the three steps of a connection";
    HOW_STEP = "how-step", "one step";
    HOW_MARK = "how-mark", "its round icon";
    HOW_LAST = "how-last", "the step that proves";

    // css/pages/browse.css
    BROWSE = "browse", "facets and results";
    BROWSE_MAIN = "browse-main", "results column";
    BROWSE_BAR = "browse-bar", "active filters and sorting";
    SORT = "sort", "sorting";
    CORRECTED = "corrected", "which spelling was searched for";

    // css/pages/choose.css
    COMPARE = "compare", "with `table`: listings side by side";
    COMPARE_HEAD = "compare-head", "icon and name above a column";
    COMPARE_SAME = "compare-same", "row in which all listings have the same";
    COMPARE_LIST = "compare-list", "several values in a cell, lines of a formula";
    OFFERS = "offers", "listings that can be added";
    BARS = "bars", "picture of a few amounts";
    BAR = "bar", "one of them";
    COLUMNS = "columns", "picture of amounts over time";

    // css/pages/usage.css
    USAGE_CHART = "usage-chart", "picture of what was used day by day";
    USAGE_DAY = "usage-day", "one day of it";
    USAGE_AHEAD = "usage-ahead", "what is forecast, dashed";

    // css/components/stars.css
    STARS = "stars", "five stars in a row";
    STAR_ON = "star-on", "with `icon`: a star that counts";
    RATE = "rate", "fieldset to choose stars in";
    RATE_ROW = "rate-row", "its stars and what stands beside them";
    RATE_STARS = "rate-stars", "the five stars to choose from";
    RATE_STAR = "rate-star", "label around a radio and its star";
    RATE_OPEN = "rate-open", "with `check`: the choice not to say";

    // css/pages/reviews.css
    REVIEW_SUMMARY = "review-summary", "average, distribution and aspects side by side";
    RATING = "rating", "the average";
    RATING_NUMBER = "rating-number", "its large number";
    SHARES = "shares", "how many give how many stars";
    SHARE = "share", "one bar of it, a link";
    ASPECTS = "aspects", "with `facts`: averages of the aspects";
    REVIEW_FILTERS = "review-filters", "form of filters above the reviews";
    REVIEWS = "reviews", "list of reviews";
    REVIEW = "review", "one review";
    REVIEW_HEAD = "review-head", "stars and title of a review";
    REVIEW_TITLE = "review-title", "title of a review";
    REVIEW_TEXT = "review-text", "what somebody wrote, with their line breaks";
    REVIEW_MORE = "review-more", "`details` below a review";
    REVIEW_EARLIER = "review-earlier", "a review as it was before";
    REVIEW_ANSWER = "review-answer", "the partner's answer";
    REVIEW_FOOT = "review-foot", "what one can do with a review";
    REVIEW_FORM = "review-form", "with `stack`: page on which a review is written";
    VOTED = "voted", "with `btn`: what the viewer has chosen";
    INPUT_TALL = "input-tall", "with `input`: room for a few paragraphs";

    // css/pages/coverage.css
    DROP = "drop", "where files are chosen, dropped or pasted";
    DROP_OVER = "drop-over", "with `drop`: a file is held over it";
    DROP_PROMISE = "drop-promise", "that nothing leaves the page";
    DROP_PASTE = "drop-paste", "field for a text";
    COVERAGE_SUM = "coverage-sum", "what the files come to";
    PLACES = "places", "places in files";
    PLACES_STATE = "places-state", "where a technology stands";
    PLACES_FILE = "places-file", "name of a file";
    MAP_CELL = "map-cell", "technologies in a cell of the map";
    MAP_LEAF = "map-leaf", "category of a row of the map";
    MAP_NONE = "map-none", "cell of the map with nothing in it";

    // css/pages/listing.css
    LISTING_HEAD = "listing-head", "icon, name and install button of a listing";
    LISTING_TEXT = "listing-text", "name, partner, summary and badges";
    LISTING_BY = "listing-by", "partner";
    LISTING_SUMMARY = "listing-summary", "summary";
    LISTING_ACT = "listing-act", "install or request button";
    LISTING_NOTE = "listing-note", "small print below it";
    LISTING_BODY = "listing-body", "what is below the tabs";
    STACK = "stack", "sections below each other";
    STACK_S = "stack-s", "with `stack`: closer";
    ASIDE_TITLE = "aside-title", "heading in it";
    ASIDE = "aside", "side column";
    CAPABILITIES = "capabilities", "grid of capabilities";
    CAPABILITY = "capability", "one capability";
    RELEASE = "release", "one release";
    RELEASE_SIDE = "release-side", "its version, state and date";

    // css/pages/pricing.css
    CHOICE = "choice", "links of which one holds, in one frame";
    CHOICE_OPTION = "choice-option", "one of them; `aria-current` marks the one that holds";
    PLANS = "plans", "plans beside each other";
    PLAN = "plan", "one plan: head, price, rest";
    PLAN_HEAD = "plan-head", "its name and for whom it is";
    PLAN_PRICE = "plan-price", "what it costs";
    PLAN_AMOUNT = "plan-amount", "the number that is read first";
    PLAN_AMOUNT_S = "plan-amount-s", "with `plan-amount`: words instead of a number";
    PLAN_NOTE = "plan-note", "trial, and how it is paid";
    PLAN_REST = "plan-rest", "button, prices of seats, what is in it";
    PLAN_TIERS = "plan-tiers", "with `table`: prices of seats";
    PLAN_FEATURES = "plan-features", "what is in it";

    // css/pages/wizard.css
    WIZARD = "wizard", "with `wrap`: narrower";
    WIZARD_HEAD = "wizard-head", "what is being installed";
    WIZARD_TITLE = "wizard-title", "its name";
    WIZARD_BODY = "wizard-body", "step and side column";
    WIZARD_MAIN = "wizard-main", "the step";
    WIZARD_LEAD = "wizard-lead", "sentence below the heading";
    WIZARD_FOOT = "wizard-foot", "back and on";

    // css/pages/installed.css
    CONNECTIONS = "connections", "framed list of installed connections";
    CONNECTION = "connection", "one connection";
    CONNECTION_FACTS = "connection-facts", "last event and volume";
    SPARK = "spark", "small line chart of the last day";
    FIGURES = "figures", "four key figures";
    FIGURE = "figure", "one key figure";
    CHECKS = "checks", "bar for each recent check";
    CHECKS_BAD = "checks-bad", "check that failed";
    CHECKS_NONE = "checks-none", "check that did not run";

    // css/pages/entry.css
    ENTRY = "entry", "narrow page in the middle, sign-in";
    ENTRY_WIDE = "entry-wide", "with `entry`: wide enough for demo accounts";
    ENTRY_HEAD = "entry-head", "its heading";
    ENTRY_NOTE = "entry-note", "small print below";
    ISSUERS = "issuers", "sign-in buttons";
    OR = "or", "line between two ways";
    ROLES = "roles", "demo accounts";
    ROLE = "role", "one demo account, a button";
    ROLE_NAME = "role-name", "name of the person";
    ROLE_NOTE = "role-note", "what the role may do";
    LOST = "lost", "page that says why there is no page";
    LOST_CODE = "lost-code", "status and address or request number";
    // css/pages/settings.css
    LINE = "line", "line of a framed list: icon, text, and what can be done with it";
    LINE_ACTIONS = "line-actions", "buttons below the text of a line";
    TABS_WRAP = "tabs-wrap", "with `tabs`: all of them in sight on a phone";
    FIGURES_THREE = "figures-three", "with `figures`: three of them";
    FILTERS = "filters", "form of filters in one line, in two columns on a phone";
    // css/utilities.css
    SR = "sr", "for screen readers only";
    MUTED = "muted", "less important text";
    MONO = "mono", "technical text";
    NOWRAP = "nowrap", "not broken over lines";
    SMALL = "small", "small text";
    GROW = "grow", "takes the room that is left";
    PUSH = "push", "pushed to the end of the line";
    BELOW = "below", "room below";
    BELOW_L = "below-l", "more room below";
}

/// The hues of letter tiles: take one by a stable hash of the listing's id.
pub const HUES: [&str; 12] = [HUE_0, HUE_1, HUE_2, HUE_3, HUE_4, HUE_5, HUE_6, HUE_7, HUE_8, HUE_9, HUE_10, HUE_11];
