//! What is filtered by, and the order.

use super::facets::FORM;
use super::{Found, Scope};
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use crate::pages::query;
use contract::search::{FacetField, Filter, SearchQuery, Sort};
use style::{class, icons};

/// Chips of the chosen filters, and the order. The order belongs to the form of the facets.
pub fn bar(scope: &Scope, found: &Found) -> Node {
    let options = Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Rating || rated(found))
        .map(|sort| {
            let chosen = sort == found.query.sort;
            html! {
                <option value=sort.as_str() selected=chosen prop:selected=chosen>
                    {sort.label()}
                </option>
            }
        })
        .collect::<Node>();
    html! {
        <div class=class::BROWSE_BAR>
            {chips(scope, found)}
            <div class=class::SORT>
                <label for="sort">"Sort"</label>
                <select class=classes(&[class::INPUT, class::SELECT]) id="sort" name="sort" form=FORM autocomplete="off">
                    {options}
                </select>
            </div>
        </div>
    }
}

/// Whether anything here is rated, so that an order by rating means something.
fn rated(found: &Found) -> bool {
    found.query.sort == Sort::Rating || found.page.facets.iter().any(|facet| facet.field == FacetField::Rating)
}

/// Name of a filter's value as the facets call it.
fn label(found: &Found, filter: &Filter) -> String {
    let facet = found.page.facets.iter().find(|facet| facet.field == filter.field);
    let value = facet.and_then(|facet| facet.values.iter().find(|value| value.value == filter.value));
    value.map_or_else(|| filter.value.clone(), |value| value.label.clone())
}

fn chips(scope: &Scope, found: &Found) -> Node {
    let query = &found.query;
    if query.filters.is_empty() {
        return Node::Nothing;
    }
    let chip = |filter: &Filter| {
        let href = query::address(&scope.path, &query::toggled(query, filter.field, &filter.value));
        html! {
            <li>
                <a class=classes(&[class::CHIP, class::CHIP_ON]) href=href>
                    <span>
                        <span class=class::SR>{filter.field.label()} ": "</span>
                        {label(found, filter)}
                    </span>
                    <Icon name=icons::X small=true/>
                    <span class=class::SR>", remove filter"</span>
                </a>
            </li>
        }
    };
    html! {
        <ul class=class::CHIPS aria-label="Active filters">
            {query.filters.iter().map(chip).collect::<Node>()}
            <li>
                <a class=class::CHIP href=query::address(&scope.path, &without_filters(query))>
                    "Clear all"
                </a>
            </li>
        </ul>
    }
}

/// The same query without filters, from the first page.
pub fn without_filters(query: &SearchQuery) -> SearchQuery {
    SearchQuery { filters: Vec::new(), offset: 0, ..query.clone() }
}
