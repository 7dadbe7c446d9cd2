//! The category tree with counts.

use crate::components::{Icon, number};
use crate::markup::{Node, html};
use contract::catalog::{CategoryGroup, CategoryLeaf};
use style::class;

/// Address of a category path.
pub fn category_address(path: &str) -> String {
    let mut out = String::from("/categories/");
    out.push_str(path);
    out
}

/// All groups with their leaves.
pub fn category_groups(groups: &[CategoryGroup]) -> Node {
    html! { <div class=class::GROUPS>{groups.iter().map(group).collect::<Node>()}</div> }
}

fn group(group: &CategoryGroup) -> Node {
    let mut id = String::from("group-");
    id.push_str(&group.path);
    let labelled_by = id.clone();
    html! {
        <section class=class::GROUP aria-labelledby=labelled_by>
            <h3 class=class::GROUP_TITLE id=id>
                <Icon name=group.icon.clone()/>
                <a href=category_address(&group.path)>{group.name.clone()}</a>
                <span class=class::COUNT>{number(group.count.into())}</span>
            </h3>
            <ul class=class::LEAVES>{group.leaves.iter().map(leaf).collect::<Node>()}</ul>
        </section>
    }
}

fn leaf(leaf: &CategoryLeaf) -> Node {
    html! {
        <li>
            <a class=class::LEAF href=category_address(&leaf.path)>
                {leaf.name.clone()}
                <span class=class::COUNT>{number(leaf.count.into())}</span>
            </a>
        </li>
    }
}
