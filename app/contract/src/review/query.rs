//! Which reviews are wanted, and in which order.

use super::{OrganizationSize, named};

named! {
    /// Order of reviews.
    ReviewOrder {
        /// Found helpful by most, then the newest.
        Helpful = "helpful", "Most helpful";
        /// Latest first.
        Newest = "newest", "Newest";
    }
}

/// Longest release that is looked for.
const MAX_RELEASE_CHARS: usize = 64;

/// Filters, order and page of a listing's reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewQuery {
    /// Only with this many stars, 1 to 5.
    pub stars: Option<u8>,
    /// Only about this release; empty for all.
    pub release: String,
    /// Only from organizations of this size.
    pub size: Option<OrganizationSize>,
    /// Order.
    pub order: ReviewOrder,
    /// Number of the page, from 1.
    pub page: u32,
}

impl Default for ReviewQuery {
    fn default() -> Self {
        Self { stars: None, release: String::new(), size: None, order: ReviewOrder::Helpful, page: 1 }
    }
}

impl ReviewQuery {
    /// Names of the parameters, in the order in which they stand in addresses.
    pub const NAMES: [&'static str; 5] = ["stars", "release", "size", "order", "page"];

    /// Reads parameters of an address by their names. What makes no sense is ignored: an address is often cut.
    pub fn read(mut of: impl FnMut(&str) -> String) -> Self {
        let release = of("release");
        Self {
            stars: of("stars").parse().ok().filter(|stars| (1..=5).contains(stars)),
            release: if release.chars().count() > MAX_RELEASE_CHARS { String::new() } else { release },
            size: OrganizationSize::parse(&of("size")),
            order: ReviewOrder::parse(&of("order")).unwrap_or(ReviewOrder::Helpful),
            page: of("page").parse().ok().filter(|page| (1..=1000).contains(page)).unwrap_or(1),
        }
    }

    /// The parameters; empty where they are as usual.
    pub fn values(&self) -> [String; 5] {
        [
            self.stars.map(|stars| stars.to_string()).unwrap_or_default(),
            self.release.clone(),
            self.size.map(|size| size.as_str().to_owned()).unwrap_or_default(),
            if self.order == ReviewOrder::Helpful { String::new() } else { self.order.as_str().to_owned() },
            if self.page == 1 { String::new() } else { self.page.to_string() },
        ]
    }

    /// Whether any filter is set.
    pub fn filtered(&self) -> bool {
        self.stars.is_some() || !self.release.is_empty() || self.size.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_ignores_nonsense() {
        let query = ReviewQuery {
            stars: Some(4),
            release: "1.2.0".to_owned(),
            size: Some(OrganizationSize::Large),
            order: ReviewOrder::Newest,
            page: 3,
        };
        let values = query.values();
        let at = |name: &str| ReviewQuery::NAMES.iter().position(|it| *it == name).unwrap();
        assert_eq!(ReviewQuery::read(|name| values[at(name)].clone()), query);
        assert_eq!(ReviewQuery::read(|_| "x".repeat(65)), ReviewQuery::default());
        assert_eq!(ReviewQuery::read(|_| "0".to_owned()).stars, None);
        assert_eq!(ReviewQuery::default().values(), ["", "", "", "", ""]);
    }
}
