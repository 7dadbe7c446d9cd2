//! What a rule can ask of a listing.

use crate::json::{FromJson, Json};
use crate::listing::Certification;
use serde::{Deserialize, Serialize};

/// What an integration may do with its credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It only reads.
    ReadOnly,
    /// It has a scope that writes, or a capability that takes action.
    Writes,
}

/// Something that holds for a listing or not. On the wire: an object with one key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Certified at this level or a higher one.
    CertificationAtLeast(Certification),
    /// Certified below this level.
    CertificationBelow(Certification),
    /// What it may do.
    Access(Reach),
    /// Data is kept in at least one of these regions.
    RegionOneOf(Vec<String>),
    /// Data is kept in none of these regions. Holds too where the listing names no region.
    RegionNoneOf(Vec<String>),
    /// In one of these categories: a group such as `monitoring`, or a leaf such as `monitoring/metrics`.
    CategoryOneOf(Vec<String>),
    /// Published by one of these partners.
    PartnerOneOf(Vec<String>),
    /// One of these listings.
    ListingOneOf(Vec<String>),
    /// A month costs more than so many whole US dollars, the currency in which everything has a price. A year is divided by
    /// twelve; what is sold by agreement costs more than any number.
    MonthlyPriceAbove(u32),
}

impl Condition {
    /// Wire names of all kinds, in the order of an editor.
    pub const KINDS: [&'static str; 9] = [
        "certification_at_least",
        "certification_below",
        "access",
        "region_one_of",
        "region_none_of",
        "category_one_of",
        "partner_one_of",
        "listing_one_of",
        "monthly_price_above",
    ];

    /// The values of a condition with a list of them.
    pub fn values(&self) -> Option<&[String]> {
        match self {
            Self::CertificationAtLeast(_)
            | Self::CertificationBelow(_)
            | Self::Access(_)
            | Self::MonthlyPriceAbove(_) => None,
            Self::RegionOneOf(values)
            | Self::RegionNoneOf(values)
            | Self::CategoryOneOf(values)
            | Self::PartnerOneOf(values)
            | Self::ListingOneOf(values) => Some(values),
        }
    }
}

impl FromJson for Condition {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let mut fields = json.fields()?;
        let (kind, value) = fields.0.pop()?;
        if !fields.0.is_empty() {
            return None;
        }
        Some(match &*kind {
            "certification_at_least" => Self::CertificationAtLeast(FromJson::from_json(value)?),
            "certification_below" => Self::CertificationBelow(FromJson::from_json(value)?),
            "access" => Self::Access(FromJson::from_json(value)?),
            "region_one_of" => Self::RegionOneOf(FromJson::from_json(value)?),
            "region_none_of" => Self::RegionNoneOf(FromJson::from_json(value)?),
            "category_one_of" => Self::CategoryOneOf(FromJson::from_json(value)?),
            "partner_one_of" => Self::PartnerOneOf(FromJson::from_json(value)?),
            "listing_one_of" => Self::ListingOneOf(FromJson::from_json(value)?),
            "monthly_price_above" => Self::MonthlyPriceAbove(FromJson::from_json(value)?),
            _ => return None,
        })
    }
}

/// Regions that listings name, with their names for people.
pub const REGIONS: [(&str, &str); 10] = [
    ("self-hosted", "Your own systems"),
    ("us", "United States"),
    ("eu", "European Union"),
    ("uk", "United Kingdom"),
    ("ca", "Canada"),
    ("ap", "Asia Pacific"),
    ("au", "Australia"),
    ("in", "India"),
    ("jp", "Japan"),
    ("global", "Worldwide"),
];

/// A region for people; what is not known stays as it is.
pub fn region_label(region: &str) -> &str {
    REGIONS.iter().find(|(id, _)| *id == region).map_or(region, |(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readers_of_json_read_the_same() {
        let list = || vec!["a".to_owned(), "b".to_owned()];
        let all = [
            Condition::CertificationAtLeast(Certification::Silver),
            Condition::CertificationBelow(Certification::Gold),
            Condition::Access(Reach::ReadOnly),
            Condition::RegionOneOf(list()),
            Condition::RegionNoneOf(list()),
            Condition::CategoryOneOf(list()),
            Condition::PartnerOneOf(list()),
            Condition::ListingOneOf(list()),
            Condition::MonthlyPriceAbove(100),
        ];
        for (condition, kind) in all.into_iter().zip(Condition::KINDS) {
            let text = serde_json::to_string(&condition).unwrap();
            assert!(text.starts_with(&format!("{{\"{kind}\":")), "{text}");
            assert_eq!(serde_json::from_str::<Condition>(&text).unwrap(), condition);
            assert_eq!(crate::json::read::<Condition>(&text), Some(condition));
        }
        assert_eq!(crate::json::read::<Condition>(r#"{"cost_below":5}"#), None);
        assert_eq!(crate::json::read::<Condition>(r#"{"access":"writes","region_one_of":[]}"#), None);
    }
}
