//! The side column: facts, links, categories, tags.

use crate::components::Icon;
use crate::markup::{Child, Node, html};
use crate::pages::encode;
use contract::listing::{Link, ListingDetail};
use style::{class, icons};

/// All of it.
pub fn facts(detail: &ListingDetail) -> Node {
    let version = html! {
        {detail.version.clone()}
        <span class=class::MUTED>
            " · " <time datetime=detail.updated_at.rfc3339()>{detail.updated_at.date()}</time>
        </span>
    };
    let listed = html! { <time datetime=detail.published_at.rfc3339()>{detail.published_at.date()}</time> };
    let text = |text: &str| text.to_owned().into_node();
    let regions = if detail.data_regions.is_empty() { "Not stated".to_owned() } else { detail.data_regions.join(", ") };
    html! {
        <aside class=class::ASIDE aria-label="Facts">
            <section>
                <h2 class=class::ASIDE_TITLE>"Facts"</h2>
                <dl class=class::FACTS>
                    {fact("Version", version)}
                    {fact("Support", text(&detail.support))}
                    {fact("Price", text(&detail.pricing))}
                    {fact("Authentication", text(&detail.auth))}
                    {fact("Licence", text(&detail.license))}
                    {fact("Data stays in", text(&regions))}
                    {fact("Deployed as", text(&detail.deployment))}
                    {fact("Listed since", listed)}
                </dl>
            </section>
            {links(&detail.links)}
            {chips("Categories", detail.categories.iter().map(|(path, name)| (category(path), name.clone())))}
            {chips("Tags", detail.tags.iter().map(|tag| (search(tag), tag.clone())))}
        </aside>
    }
}

fn fact(name: &'static str, value: Node) -> Node {
    html! {
        <div class=class::FACT>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

fn icon_of(label: &str) -> &'static str {
    match label {
        "Documentation" => icons::BOOK,
        "Source code" => icons::BRANCH,
        "Change log" => icons::CLOCK,
        "Status page" => icons::ACTIVITY,
        "Vendor support" => icons::USER,
        "Privacy" | "Terms" => icons::SHIELD,
        _ => icons::GLOBE,
    }
}

fn links(links: &[Link]) -> Option<Node> {
    if links.is_empty() {
        return None;
    }
    let link = |link: &Link| {
        html! {
            <li>
                <a class=class::LINK_ROW href=link.url.clone() rel="nofollow noopener">
                    <Icon name=icon_of(&link.label)/>
                    {link.label.clone()}
                </a>
            </li>
        }
    };
    let view = html! {
        <section>
            <h2 class=class::ASIDE_TITLE>"Links"</h2>
            <ul class=class::LINKS>{links.iter().map(link).collect::<Node>()}</ul>
        </section>
    };
    Some(view.into_node())
}

fn category(path: &str) -> String {
    let mut href = String::from("/categories/");
    href.push_str(path);
    href
}

fn search(tag: &str) -> String {
    let mut href = String::from("/search?q=");
    encode(tag, &mut href);
    href
}

fn chips(title: &'static str, chips: impl Iterator<Item = (String, String)>) -> Option<Node> {
    let chips: Vec<Node> =
        chips.map(|(href, name)| html! { <li><a class=class::CHIP href=href>{name}</a></li> }).collect();
    if chips.is_empty() {
        return None;
    }
    let view = html! {
        <section>
            <h2 class=class::ASIDE_TITLE>{title}</h2>
            <ul class=class::CHIPS>{chips}</ul>
        </section>
    };
    Some(view.into_node())
}
