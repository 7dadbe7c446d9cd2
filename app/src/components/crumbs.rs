//! The breadcrumb.

use super::Erase;
use super::Icon;
use leptos::prelude::*;
use style::{class, icons};

/// Name and address of each place above, then the name of this page.
pub fn crumbs(above: Vec<(String, String)>, here: String) -> AnyView {
    let link = |(name, href): (String, String)| {
        view! {
            <li>
                <a href=href>{name}</a>
                <Icon name=icons::CHEVRON_RIGHT small=true flip=true/>
            </li>
        }
    };
    view! {
        <nav aria-label="Breadcrumb">
            <ol class=class::CRUMBS>
                {above.into_iter().map(link).collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
    .erase()
}
