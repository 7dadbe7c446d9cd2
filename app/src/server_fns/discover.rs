//! Finding integrations.

use super::text_json::Text;
use super::{Problem, address};
use crate::remote::{Ask, read};
use contract::PartnerId;
use contract::catalog::{CategoryGroup, HomeView, PartnerSummary};
use contract::compare::{CollectionCard, CollectionView, Comparison};
use contract::search::{SearchPage, SearchQuery, Suggestion};
use leptos::prelude::server;
use leptos::server_fn::codec::{GetUrl, Json};

/// The home page, with what fits the viewer's stack.
#[server(prefix = "/api/fn", endpoint = "home", input = GetUrl, output = Text)]
pub async fn home() -> Result<HomeView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::recommend::home(&services(), &actor()).await)
}

/// A page of results.
#[server(prefix = "/api/fn", endpoint = "search", input = Json, output = Text)]
pub async fn search(query: SearchQuery) -> Result<SearchPage, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::search(&services(), &query))
}

/// Completions while typing.
#[server(prefix = "/api/fn", endpoint = "suggest", input = GetUrl, output = Text)]
pub async fn suggest(q: String) -> Result<Vec<Suggestion>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::suggest(&services(), &q))
}

/// The category tree with counts.
#[server(prefix = "/api/fn", endpoint = "categories", input = GetUrl, output = Text)]
pub async fn categories() -> Result<Vec<CategoryGroup>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::categories(&services()))
}

/// A partner and their listings.
#[server(prefix = "/api/fn", endpoint = "partner_page", input = GetUrl, output = Text)]
pub async fn partner_page(id: PartnerId) -> Result<Option<(PartnerSummary, SearchPage)>, Problem> {
    use crate::context::{answer, services};
    answer(domain::catalog::partner_page(&services(), &id).await)
}

/// Listings side by side: `ids` with commas between them. `q` searches for another one.
#[server(prefix = "/api/fn", endpoint = "compare", input = GetUrl, output = Text)]
pub async fn compare(ids: String, #[server(default)] q: String) -> Result<Comparison, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::compare(&services(), &ids, &q).await)
}

/// Curated collections.
#[server(prefix = "/api/fn", endpoint = "collections", input = GetUrl, output = Text)]
pub async fn collections() -> Result<Vec<CollectionCard>, Problem> {
    use crate::context::{answer, services};
    answer(domain::discovery::collections(&services()).await)
}

/// A collection, with what the viewer's organization has installed of it.
#[server(name = FetchCollection, prefix = "/api/fn", endpoint = "collection", input = GetUrl, output = Text)]
pub async fn collection(slug: String) -> Result<Option<CollectionView>, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::discovery::collection(&services(), &actor(), &slug).await)
}

/// Asks for listings side by side.
pub fn ask_comparison(ids: String, q: String) -> Ask {
    read!(address("compare", &[("ids", &ids), ("q", &q)]), compare(ids, q))
}

/// Asks for the collections.
pub fn ask_collections() -> Ask {
    read!("collections".to_owned(), collections())
}

/// Asks for a collection.
pub fn ask_collection(slug: String) -> Ask {
    read!(address("collection", &[("slug", &slug)]), collection(slug))
}

/// Asks for the home page.
pub fn ask_home() -> Ask {
    read!("home".to_owned(), home())
}

/// Asks for completions.
pub fn ask_suggestions(q: String) -> Ask {
    read!(address("suggest", &[("q", &q)]), suggest(q))
}

/// Asks for the category tree.
pub fn ask_categories() -> Ask {
    read!("categories".to_owned(), categories())
}

/// Asks for a partner and their listings.
pub fn ask_partner_page(id: PartnerId) -> Ask {
    read!(address("partner_page", &[("id", id.as_str())]), partner_page(id))
}

/// Asks for a page of results.
pub fn ask_search(query: SearchQuery) -> Ask {
    let body = body_of(&query);
    #[cfg(feature = "ssr")]
    let answer = async move { crate::remote::Reply::of(&search(query).await) };
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    let answer = crate::remote::post_json("search", body.clone());
    #[cfg(not(any(feature = "ssr", feature = "hydrate")))]
    let answer = std::future::pending();
    Ask::new(body, answer)
}

/// The arguments of [`search`] as JSON. Written by hand, because it is the only JSON that the browser writes.
fn body_of(query: &SearchQuery) -> String {
    let mut out = String::from("{\"query\":{\"q\":");
    quote(&query.q, &mut out);
    out.push_str(",\"filters\":[");
    for (index, filter) in query.filters.iter().enumerate() {
        out.push_str(if index > 0 { ",{\"field\":" } else { "{\"field\":" });
        quote(filter.field.as_str(), &mut out);
        out.push_str(",\"value\":");
        quote(&filter.value, &mut out);
        out.push('}');
    }
    out.push_str("],\"sort\":");
    quote(query.sort.as_str(), &mut out);
    out.push_str(",\"offset\":");
    out.push_str(&query.offset.to_string());
    out.push_str(",\"limit\":");
    out.push_str(&query.limit.to_string());
    out.push_str("}}");
    out
}

/// Text as JSON.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // No control character means anything in a search.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{SearchQuery, body_of};
    use contract::search::{FacetField, Filter, Sort};

    #[test]
    fn writes_what_the_server_reads() {
        let query = SearchQuery {
            q: r#"a "b" \ größe"#.to_owned(),
            filters: [("x", FacetField::Category), ("\"", FacetField::Auth)]
                .map(|(value, field)| Filter { field, value: value.to_owned() })
                .to_vec(),
            sort: Sort::Name,
            offset: 20,
            limit: 10,
        };
        let read: serde_json::Value = serde_json::from_str(&body_of(&query)).unwrap();
        assert_eq!(read, serde_json::json!({ "query": query }));
    }
}
