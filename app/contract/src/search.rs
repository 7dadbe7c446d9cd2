//! Search: the question, the answer, facets and suggestions.

use crate::json::FromJson;
use crate::listing::ListingCard;
use serde::{Deserialize, Serialize};

/// Results on a page.
pub const PAGE_SIZE: u32 = 20;
/// Most results one request may ask for.
pub const MAX_LIMIT: u32 = 100;
/// Deepest offset; past that, refine the query.
pub const MAX_OFFSET: u32 = 10_000;
/// Longest query in characters; the rest is ignored.
pub const MAX_QUERY_CHARS: usize = 200;

/// Order of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match first; with an empty query, most installed first.
    #[default]
    Relevance,
    /// Best rated first.
    Rating,
    /// Most installed first.
    Installs,
    /// Latest publication first.
    Newest,
    /// By name.
    Name,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 5] = [Self::Relevance, Self::Rating, Self::Installs, Self::Newest, Self::Name];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Rating => "rating",
            Self::Installs => "installs",
            Self::Newest => "newest",
            Self::Name => "name",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Relevance => "Best match",
            Self::Rating => "Rating",
            Self::Installs => "Installs",
            Self::Newest => "Newest",
            Self::Name => "Name",
        }
    }

    /// The order with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}

/// The fields one can filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FacetField {
    /// `group` or `group/leaf`.
    Category,
    /// Certification level.
    Certification,
    /// `free`, `byol`, `freemium`, `paid`, `contract`.
    Pricing,
    /// Support promise.
    Support,
    /// `webhook`, `data_source`, `action`.
    Capability,
    /// How it authenticates.
    Auth,
    /// Partner slug.
    Partner,
    /// `yes` or `no`.
    Installable,
    /// `4` and `3`: at least so many stars.
    Rating,
}

impl FacetField {
    /// All fields in the order shown.
    pub const ALL: [Self; 9] = [
        Self::Category,
        Self::Installable,
        Self::Rating,
        Self::Capability,
        Self::Certification,
        Self::Pricing,
        Self::Support,
        Self::Auth,
        Self::Partner,
    ];

    /// Wire name, also the parameter in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Certification => "certification",
            Self::Pricing => "pricing",
            Self::Support => "support",
            Self::Capability => "capability",
            Self::Auth => "auth",
            Self::Partner => "partner",
            Self::Installable => "installable",
            Self::Rating => "rating",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Category => "Category",
            Self::Certification => "Certification",
            Self::Pricing => "Price",
            Self::Support => "Support",
            Self::Capability => "Capability",
            Self::Auth => "Authentication",
            Self::Partner => "Partner",
            Self::Installable => "Installable",
            Self::Rating => "Rating",
        }
    }

    /// The field with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == text)
    }
}

/// One chosen facet value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson)]
pub struct Filter {
    /// Field.
    pub field: FacetField,
    /// Value. Several of one field mean "any of them"; different fields must all match.
    pub value: String,
}

/// What somebody searches for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson, Default)]
pub struct SearchQuery {
    /// Free text; may be empty.
    #[serde(default)]
    pub q: String,
    /// Chosen facet values.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// Order.
    #[serde(default)]
    pub sort: Sort,
    /// First result.
    #[serde(default)]
    pub offset: u32,
    /// Number of results.
    #[serde(default)]
    pub limit: u32,
}

/// A piece of text that does or does not match the query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fragment {
    /// The text.
    pub text: String,
    /// Whether it matched.
    pub hit: bool,
}

/// The reason of what does not match and is like the results, which it follows where these are few.
pub const RELATED: &str = "related";

/// Why a listing is among the results, where name and summary do not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MatchReason {
    /// The field that matched: `alias`, `tag`, `category`, `partner`, `readme`; or [`RELATED`].
    pub field: String,
    /// The text around the match.
    pub fragments: Vec<Fragment>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    /// The listing.
    #[serde(flatten)]
    pub card: ListingCard,
    /// Score; only comparable within one answer.
    pub score: f32,
    /// The name with matches marked.
    pub name_fragments: Vec<Fragment>,
    /// The summary with matches marked.
    pub summary_fragments: Vec<Fragment>,
    /// Why it matched, where neither of them shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<MatchReason>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetValue {
    /// Wire value.
    pub value: String,
    /// Name for people.
    pub label: String,
    /// Results that have it, given the filters on the other fields.
    pub count: u64,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A facet with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facet {
    /// Field.
    pub field: FacetField,
    /// Values, most frequent first.
    pub values: Vec<FacetValue>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJson, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchPage {
    /// Number of matching listings.
    pub total: u64,
    /// Time in the index, microseconds.
    pub took_us: u64,
    /// This page of results. Few of them are followed by related listings, which are no part of the total.
    pub hits: Vec<Hit>,
    /// Facets with counts.
    pub facets: Vec<Facet>,
    /// The query as understood, where it had to be corrected.
    pub corrected: Option<String>,
    /// First result of this page.
    pub offset: u32,
    /// Most results on this page.
    pub limit: u32,
}

/// What a suggestion leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// A listing.
    Listing,
    /// A category.
    Category,
    /// A partner.
    Partner,
    /// A search for what does this.
    Task,
}

/// A completion while typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Suggestion {
    /// What it leads to.
    pub kind: SuggestionKind,
    /// The listing's or partner's id, the category's path, or what to search for.
    pub id: String,
    /// Its name, matches marked.
    pub name: Vec<Fragment>,
    /// Of a listing, the category's name or the alias that matched; of a category or partner, the number of listings.
    pub hint: String,
    /// Icon address.
    pub icon: Option<String>,
}
