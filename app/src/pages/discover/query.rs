//! A search as it looks in an address: `q=grafana&category=monitoring%2Fmetrics&sort=name&page=2`.
//!
//! [`parse`] and [`format`] are inverse for every query that starts at a page; several values of one facet repeat its name.

use contract::search::{FacetField, Filter, MAX_OFFSET, PAGE_SIZE, SearchQuery, Sort};
use std::fmt::Write as _;

/// Reads the part of an address behind `?`. What it does not know is ignored.
pub fn parse(search: &str) -> SearchQuery {
    let mut query = SearchQuery { limit: PAGE_SIZE, ..SearchQuery::default() };
    for pair in search.trim_start_matches('?').split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode(value);
        match name {
            "q" => value.trim().clone_into(&mut query.q),
            "sort" => query.sort = Sort::parse(&value).unwrap_or_default(),
            "page" => {
                let page: u32 = value.parse().unwrap_or(1);
                query.offset = page.saturating_sub(1).saturating_mul(PAGE_SIZE).min(MAX_OFFSET);
            }
            _ => {
                if let Some(field) = FacetField::parse(name).filter(|_| !value.is_empty()) {
                    let filter = Filter { field, value };
                    if !query.filters.contains(&filter) {
                        query.filters.push(filter);
                    }
                }
            }
        }
    }
    query.filters.sort();
    query
}

/// Names and values as they would stand in an address, and in the hidden inputs of a form. Defaults are left out.
pub fn pairs(query: &SearchQuery) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::with_capacity(query.filters.len() + 3);
    if !query.q.is_empty() {
        pairs.push(("q", query.q.clone()));
    }
    for filter in &query.filters {
        pairs.push((filter.field.as_str(), filter.value.clone()));
    }
    if query.sort != Sort::default() {
        pairs.push(("sort", query.sort.as_str().to_owned()));
    }
    let page = page(query);
    if page > 1 {
        pairs.push(("page", page.to_string()));
    }
    pairs
}

/// Number of the page a query asks for, from 1.
pub const fn page(query: &SearchQuery) -> u32 {
    query.offset / PAGE_SIZE + 1
}

/// Writes the part of an address behind `?`.
pub fn format(query: &SearchQuery) -> String {
    let mut out = String::new();
    for (name, value) in pairs(query) {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        encode(&value, &mut out);
    }
    out
}

/// The address of a query on the page at `path`.
pub fn address(path: &str, query: &SearchQuery) -> String {
    let search = format(query);
    let mut out = path.to_owned();
    if !search.is_empty() {
        out.push('?');
        out.push_str(&search);
    }
    out
}

/// The same query with this filter put in or taken out, from the first page.
#[must_use]
pub fn toggled(query: &SearchQuery, field: FacetField, value: &str) -> SearchQuery {
    let mut next = query.clone();
    next.offset = 0;
    let before = next.filters.len();
    next.filters.retain(|filter| filter.field != field || filter.value != value);
    if next.filters.len() == before {
        next.filters.push(Filter { field, value: value.to_owned() });
        next.filters.sort();
    }
    next
}

/// Percent-encodes all but unreserved characters (RFC 3986) and `/`, which may stand in a query.
pub fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
}

/// Names and values of what a form sends.
pub fn decoded(form: &str) -> impl Iterator<Item = (String, String)> {
    form.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (decode(name), decode(value)))
}

/// Undoes [`encode`]. What is not an escape stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |offset: usize| bytes.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (byte, digit(1), digit(2)) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 3;
        } else {
            out.push(if byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(field: FacetField, value: &str) -> Filter {
        Filter { field, value: value.to_owned() }
    }

    #[test]
    fn reads_what_it_writes() {
        let query = SearchQuery {
            q: "größe & 100 % +1".to_owned(),
            filters: vec![
                filter(FacetField::Category, "incident-management/alerting"),
                filter(FacetField::Category, "monitoring"),
                filter(FacetField::Installable, "yes"),
            ],
            sort: Sort::Name,
            offset: 40,
            limit: PAGE_SIZE,
        };
        let text = format(&query);
        assert_eq!(parse(&text), query);
        assert!(text.ends_with("&sort=name&page=3"), "{text}");
    }

    #[test]
    fn nothing_is_the_default() {
        assert_eq!(format(&parse("")), "");
        assert_eq!(address("/search", &parse("?")), "/search");
    }

    #[test]
    fn ignores_nonsense() {
        let query = parse("?q=a%2&sort=best&page=x&colour=red&category=&&=&category=b&category=b");
        assert_eq!(query.q, "a%2");
        assert_eq!(query.sort, Sort::Relevance);
        assert_eq!(query.offset, 0);
        assert_eq!(query.filters, [filter(FacetField::Category, "b")]);
    }

    #[test]
    fn decodes_what_browsers_send() {
        assert_eq!(parse("q=caf%C3%A9+au%20lait").q, "café au lait");
        assert_eq!(parse("q=%ff").q, "\u{fffd}");
    }

    #[test]
    fn toggles_from_the_first_page() {
        let query = parse("q=a&page=4");
        let on = toggled(&query, FacetField::Auth, "bearer");
        assert_eq!(format(&on), "q=a&auth=bearer");
        assert_eq!(format(&toggled(&on, FacetField::Auth, "bearer")), "q=a");
    }

    #[test]
    fn far_pages_stay_in_bounds() {
        assert!(parse("page=4294967295").offset <= MAX_OFFSET);
    }
}
