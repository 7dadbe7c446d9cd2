//! The breadcrumb.

use super::Icon;
use crate::markup::{Node, html};
use style::{class, icons};

/// Name and address of each place above, then the name of this page.
pub fn crumbs(above: Vec<(String, String)>, here: String) -> Node {
    let link = |(name, href): (String, String)| {
        html! {
            <li>
                <a href=href>{name}</a>
                <Icon name=icons::CHEVRON_RIGHT small=true flip=true/>
            </li>
        }
    };
    html! {
        <nav aria-label="Breadcrumb">
            <ol class=class::CRUMBS>
                {above.into_iter().map(link).collect::<Node>()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}
