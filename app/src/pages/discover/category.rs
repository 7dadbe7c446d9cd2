//! A category: a group with its leaves, or a leaf with its siblings, and the listings in it.

use super::browse::{Found, Scope, ask_found, browse, follow_changes};
use super::categories::category_address;
use super::query;
use crate::components::{
    Icon, PageMeta, classes, count, crumbs, load, load_all, not_found_page, number, shelf, skeleton,
};
use crate::markup::{Node, html};
use crate::remote::{Ask, Reply, resource};
use crate::server_fns::discover::ask_categories;
use crate::server_fns::recommend::ask_trending;
use contract::catalog::{CategoryGroup, CategoryLeaf};
use contract::recommend::Shelf;
use contract::search::{FacetField, Filter, SearchQuery};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};
use style::class;

/// A place in the tree, and what is in it.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    group: CategoryGroup,
    leaf: Option<CategoryLeaf>,
    found: Found,
}

impl Place {
    fn path(&self) -> &str {
        self.leaf.as_ref().map_or(&self.group.path, |leaf| &leaf.path)
    }
}

/// A group or a leaf of the category tree.
pub(super) fn category_page() -> Node {
    let params = use_params_map();
    let url = use_url();
    let path = Memo::new(move |_| {
        params.with(|params| {
            let mut path = params.get("group").unwrap_or_default();
            if let Some(leaf) = params.get("leaf") {
                path.push('/');
                path.push_str(&leaf);
            }
            path
        })
    });
    let wanted = Memo::new(move |_| (path.get(), url.with(|url| query::parse(url.search()))));
    let place = resource(move || {
        let (path, query) = wanted.get();
        ask_place(path, query)
    });
    let view = |place: Option<(String, Vec<CategoryGroup>, Found)>| {
        let place = place.and_then(|(path, groups, found)| {
            let (group, leaf) = locate(groups, &path)?;
            Some(Place { group, leaf, found })
        });
        place.map_or_else(not_found_page, |place| page(&place))
    };
    let rising = resource(move || ask_trending(path.get()));
    // The page is whole without it, also while it is asked for.
    let rising = load_all(vec![rising], skeleton::nothing, |replies| {
        let it: Shelf = replies[0].read().unwrap_or_default();
        html! { {shelf("trending", "Trending in this category", &it)} }
    });
    html! {
        <div on:change=follow_changes()>{load(place, skeleton::page, view)}</div>
        {rising}
    }
}

/// Asks for the tree and the listings, one after the other: what is not in the tree is not searched for.
fn ask_place(path: String, query: SearchQuery) -> Ask {
    let mut key = path.clone();
    key.push('?');
    key.push_str(&query::format(&query));
    Ask::new(key, async move {
        let tree = ask_categories().answer().await;
        let Ok(groups) = tree.read() else { return tree };
        let (Some(text), true) = (tree.text(), locate(groups, &path).is_some()) else { return Reply::good("null") };
        let mut place = String::from("[\"");
        // It is in the tree, so it is a path without anything that JSON would have to escape.
        place.push_str(&path);
        place.push_str("\",");
        place.push_str(text);
        place.push(',');
        let preset = Filter { field: FacetField::Category, value: path };
        let found = ask_found(query, Some(preset)).answer().await;
        let Some(text) = found.text() else { return found };
        place.push_str(text);
        place.push(']');
        Reply::good(place)
    })
}

/// The group of a path, and the leaf where it is one.
fn locate(groups: Vec<CategoryGroup>, path: &str) -> Option<(CategoryGroup, Option<CategoryLeaf>)> {
    let group_path = path.split('/').next().unwrap_or_default();
    let group = groups.into_iter().find(|group| group.path == group_path)?;
    let leaf = group.leaves.iter().find(|leaf| leaf.path == path).cloned();
    (leaf.is_some() || path == group.path).then_some((group, leaf))
}

fn page(place: &Place) -> Node {
    let group = &place.group;
    let (name, summary) = place.leaf.as_ref().map_or((&group.name, &group.summary), |leaf| (&leaf.name, &leaf.summary));
    let mut above = vec![("Categories".to_owned(), "/".to_owned())];
    if place.leaf.is_some() {
        above.push((group.name.clone(), category_address(&group.path)));
    }
    let path = category_address(place.path());
    let scope = Scope {
        path: path.clone(),
        preset: Some(Filter { field: FacetField::Category, value: place.path().to_owned() }),
    };
    html! {
        <PageMeta
            title=name.clone()
            description=summary.clone()
            canonical=path
            part=query::page(&place.found.query).to_string()
        />
        {crumbs(above, name.clone())}
        <div class=class::PAGE_HEAD>
            <span class=class::HOW_MARK>
                <Icon name=group.icon.clone()/>
            </span>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">{name.clone()}</h1>
                <p class=class::PAGE_LEAD>{summary.clone()}</p>
            </div>
            <p class=class::COUNT>{count(place.found.page.total, "integration")}</p>
        </div>
        {leaves(place)}
        {browse(&scope, &place.found)}
    }
}

/// Links to the leaves of the group.
fn leaves(place: &Place) -> Node {
    let current = place.leaf.as_ref().map(|leaf| leaf.path.as_str());
    let chip = |leaf: &CategoryLeaf| {
        let here = current == Some(leaf.path.as_str());
        html! {
            <li>
                <a
                    class=classes(&[class::CHIP, if here { class::CHIP_ON } else { "" }])
                    aria-current=here.then_some("page")
                    href=category_address(&leaf.path)
                >
                    {leaf.name.clone()}
                    <span class=class::COUNT>{number(leaf.count.into())}</span>
                </a>
            </li>
        }
    };
    html! {
        <nav aria-label="Categories in this group">
            <ul class=classes(&[class::CHIPS, class::BELOW_L])>{place.group.leaves.iter().map(chip).collect::<Node>()}</ul>
        </nav>
    }
}
