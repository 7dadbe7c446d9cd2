//! Addresses of the tab: filters, order and page are in them.

use crate::pages::encode;
use contract::ListingId;
use contract::review::ReviewQuery;

/// The tab without filters.
pub fn reviews_address(id: &ListingId) -> String {
    let mut out = String::from("/integrations/");
    out.push_str(id.as_str());
    out.push_str("?tab=reviews");
    out
}

/// The tab with these filters.
pub fn with_query(id: &ListingId, query: &ReviewQuery) -> String {
    let mut out = reviews_address(id);
    for (name, value) in ReviewQuery::NAMES.into_iter().zip(query.values()).filter(|(_, value)| !value.is_empty()) {
        out.push('&');
        out.push_str(name);
        out.push('=');
        encode(&value, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_left_out() {
        let id = ListingId::from("slack");
        assert_eq!(with_query(&id, &ReviewQuery::default()), reviews_address(&id));
        let query = ReviewQuery { stars: Some(2), release: "1.0 b".to_owned(), page: 2, ..ReviewQuery::default() };
        assert_eq!(with_query(&id, &query), "/integrations/slack?tab=reviews&stars=2&release=1.0+b&page=2");
    }
}
