//! Names behind the slugs of conditions, and whether a slug names anything.

use crate::catalog::categories::CategoryTree;
use crate::ports::Listing;
use crate::{Result, Services};
use contract::policy::{Condition, Named, Policy, REGIONS};
use contract::{ErrorCode, PublicError};
use std::collections::BTreeMap;

/// All partners and listings there are, by slug.
pub(super) struct Names {
    partners: BTreeMap<String, String>,
    listings: BTreeMap<String, String>,
}

impl Names {
    /// Reads the partners; the listings were read already.
    pub async fn load(services: &Services, listings: &[Listing]) -> Result<Self> {
        let partners = services.catalogue.partners().await?.into_iter().map(|it| (it.id.0, it.name)).collect();
        let listings = listings.iter().map(|it| (it.id.0.clone(), it.manifest.name.clone())).collect();
        Ok(Self { partners, listings })
    }

    fn known(&self, what: Named, slug: &str) -> Option<&str> {
        match what {
            Named::Category => CategoryTree::builtin().name(slug),
            Named::Partner => self.partners.get(slug).map(String::as_str),
            Named::Listing => self.listings.get(slug).map(String::as_str),
        }
    }

    /// Each rule as a sentence.
    pub fn sentences(&self, policy: &Policy) -> Vec<String> {
        let name = |what: Named, slug: &str| self.known(what, slug).unwrap_or(slug).to_owned();
        policy.rules.iter().map(|rule| rule.sentence(&name)).collect()
    }

    /// What a condition names must be there: a rule with a typing error would silently do nothing.
    fn unknown<'a>(&self, condition: &'a Condition) -> Option<(usize, &'a str, &'static str)> {
        let (what, called) = match condition {
            Condition::RegionOneOf(_) | Condition::RegionNoneOf(_) => (None, "region"),
            Condition::CategoryOneOf(_) => (Some(Named::Category), "category"),
            Condition::PartnerOneOf(_) => (Some(Named::Partner), "partner"),
            Condition::ListingOneOf(_) => (Some(Named::Listing), "listing"),
            _ => return None,
        };
        let there = |slug: &str| match what {
            Some(what) => self.known(what, slug).is_some(),
            None => REGIONS.iter().any(|(region, _)| *region == slug),
        };
        let mut values = condition.values().unwrap_or_default().iter().enumerate();
        values.find(|(_, slug)| !there(slug)).map(|(index, slug)| (index, slug.as_str(), called))
    }

    /// Refuses a policy that names what is not there.
    pub fn check(&self, policy: &Policy) -> Result<()> {
        for (number, rule) in policy.rules.iter().enumerate() {
            for (position, condition) in rule.when.iter().enumerate() {
                if let Some((index, slug, called)) = self.unknown(condition) {
                    return Err(PublicError::new(
                        ErrorCode::Invalid,
                        "The policy names something unknown",
                        format!("There is no {called} “{slug}”."),
                        "Choose one from the list, or write it as it stands in the address of its page.",
                    )
                    .at(&format!("rules.{number}.when.{position}.{index}"))
                    .into());
                }
            }
        }
        Ok(())
    }
}
