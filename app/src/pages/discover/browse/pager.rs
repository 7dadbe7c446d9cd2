//! Links to the other pages of results.

use super::{Found, Scope};
use crate::components::{Icon, classes, number};
use crate::markup::{Node, html};
use crate::pages::query;
use contract::search::{MAX_OFFSET, PAGE_SIZE, SearchQuery};
use style::{class, icons};

/// Nothing where one page holds everything.
pub fn pager(scope: &Scope, found: &Found) -> Node {
    let total = found.page.total;
    if total <= u64::from(PAGE_SIZE) {
        return Node::Nothing;
    }
    let current = query::page(&found.query);
    let reachable = total.min(u64::from(MAX_OFFSET + PAGE_SIZE));
    let last = u32::try_from(reachable.div_ceil(u64::from(PAGE_SIZE))).unwrap_or(u32::MAX);
    let first_shown = u64::from(found.page.offset) + 1;
    let last_shown = u64::from(found.page.offset) + found.page.hits.len() as u64;
    let mut range = number(first_shown);
    for part in ["–", &number(last_shown), " of ", &number(total)] {
        range.push_str(part);
    }
    let href = |page: u32| {
        let at = SearchQuery { offset: (page - 1) * PAGE_SIZE, ..found.query.clone() };
        query::address(&scope.path, &at)
    };
    let links = pages(current, last)
        .into_iter()
        .map(|page| {
            let far = if page.abs_diff(current) > 1 && page != 1 && page != last { class::PAGE_FAR } else { "" };
            html! {
                <li>
                    <a
                        class=classes(&[class::PAGE, far])
                        href=href(page)
                        aria-current=(page == current).then_some("page")
                    >
                        <span class=class::SR>"Page "</span>
                        {number(page.into())}
                    </a>
                </li>
            }
        })
        .collect::<Node>();
    let next = (current < last).then(|| {
        html! {
            <li>
                <a class=class::PAGE href=href(current + 1) rel="next">
                    <Icon name=icons::CHEVRON_RIGHT flip=true/>
                    <span class=class::SR>"Next page"</span>
                </a>
            </li>
        }
    });
    html! {
        <nav class=class::PAGER aria-label="Pages">
            <span>{range}</span>
            <ul class=class::PAGER_PAGES>{links} {next}</ul>
        </nav>
    }
}

/// The first, the last, and those around the current page.
fn pages(current: u32, last: u32) -> Vec<u32> {
    let around = current.saturating_sub(2).max(1)..=current.saturating_add(2).min(last);
    let mut pages: Vec<u32> = std::iter::once(1).chain(around).chain(std::iter::once(last)).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn shows_the_ends_and_the_neighbours() {
        assert_eq!(pages(1, 3), [1, 2, 3]);
        assert_eq!(pages(9, 20), [1, 7, 8, 9, 10, 11, 20]);
        assert_eq!(pages(20, 20), [1, 18, 19, 20]);
    }
}
