//! A category: a group with its leaves, or a leaf with its siblings, and the listings in it.

use super::browse::{Found, Scope, browse, find, follow_changes};
use super::categories::category_address;
use super::query;
use crate::components::Erase;
use crate::components::{Icon, PageMeta, classes, count, crumbs, load, not_found_page, number, skeleton};
use crate::server_fns::Problem;
use crate::server_fns::discover::categories;
use contract::catalog::{CategoryGroup, CategoryLeaf};
use contract::search::{FacetField, Filter, SearchQuery};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};
use serde::{Deserialize, Serialize};
use style::class;

/// A place in the tree, and what is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
pub(super) fn category_page() -> AnyView {
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
    let place = Resource::new(move || wanted.get(), |(path, query)| look_up(path, query));
    let view = |place: Option<Place>| place.map_or_else(not_found_page, |place| page(&place));
    view! { <div on:change=follow_changes()>{load(place, skeleton::page, view)}</div> }.erase()
}

async fn look_up(path: String, query: SearchQuery) -> Result<Option<Place>, Problem> {
    let groups = categories().await?;
    let group_path = path.split('/').next().unwrap_or_default();
    let Some(group) = groups.into_iter().find(|group| group.path == group_path) else { return Ok(None) };
    let leaf = group.leaves.iter().find(|leaf| leaf.path == path).cloned();
    if leaf.is_none() && path != group.path {
        return Ok(None);
    }
    let preset = Filter { field: FacetField::Category, value: path };
    let found = find(query, Some(preset)).await?;
    Ok(Some(Place { group, leaf, found }))
}

fn page(place: &Place) -> AnyView {
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
    view! {
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
    .erase()
}

/// Links to the leaves of the group.
fn leaves(place: &Place) -> AnyView {
    let current = place.leaf.as_ref().map(|leaf| leaf.path.as_str());
    let chip = |leaf: &CategoryLeaf| {
        let here = current == Some(leaf.path.as_str());
        view! {
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
    view! {
        <nav aria-label="Categories in this group">
            <ul class=classes(&[class::CHIPS, class::BELOW_L])>{place.group.leaves.iter().map(chip).collect_view()}</ul>
        </nav>
    }
    .erase()
}
