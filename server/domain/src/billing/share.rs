//! Who gets which part of a payment. The most specific rule that is in force wins; which one it was is written beside every
//! posting, so that a partner's statement can say why.

use super::split::BasisPoints;
use contract::{ListingId, PartnerId, Timestamp};

/// What was sold, as far as the share depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A plan of a listing.
    PaidListing,
    /// A feature beyond the plan.
    PremiumFeature,
    /// An add-on for enterprises; only a contract says what its share is.
    EnterpriseAddOn,
    /// A customer that the partner brought.
    Referral,
    /// Sold together with the partner.
    CoSell,
    /// Run by the partner for the customer.
    ManagedService,
    /// A course.
    Training,
}

impl Kind {
    /// The share where nothing more specific is agreed.
    pub const fn usual(self) -> BasisPoints {
        match self {
            Self::PaidListing => BasisPoints::percent(70),
            Self::PremiumFeature => BasisPoints::percent(60),
            Self::EnterpriseAddOn => BasisPoints::NONE,
            Self::Referral => BasisPoints::percent(10),
            Self::CoSell => BasisPoints::percent(15),
            Self::ManagedService => BasisPoints::percent(5),
            Self::Training => BasisPoints::percent(20),
        }
    }

    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::PaidListing,
        Self::PremiumFeature,
        Self::EnterpriseAddOn,
        Self::Referral,
        Self::CoSell,
        Self::ManagedService,
        Self::Training,
    ];

    /// Reads the wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// For people, as it stands behind "the usual share for".
    pub const fn label(self) -> &'static str {
        match self {
            Self::PaidListing => "a paid listing",
            Self::PremiumFeature => "a premium feature",
            Self::EnterpriseAddOn => "an enterprise add-on",
            Self::Referral => "a referral",
            Self::CoSell => "a joint sale",
            Self::ManagedService => "a managed service",
            Self::Training => "training",
        }
    }

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaidListing => "paid_listing",
            Self::PremiumFeature => "premium_feature",
            Self::EnterpriseAddOn => "enterprise_add_on",
            Self::Referral => "referral",
            Self::CoSell => "co_sell",
            Self::ManagedService => "managed_service",
            Self::Training => "training",
        }
    }
}

/// What a rule is about, from the most specific to the least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What one contract agrees.
    Contract(String),
    /// A feature of one listing.
    Feature(ListingId, String),
    /// Everything of one listing that is sold in one way.
    Listing(ListingId, Kind),
    /// Everything of one partner that is sold in one way.
    Partner(PartnerId, Kind),
}

impl Scope {
    /// The higher, the more specific.
    const fn rank(&self) -> u8 {
        match self {
            Self::Contract(_) => 4,
            Self::Feature(..) => 3,
            Self::Listing(..) => 2,
            Self::Partner(..) => 1,
        }
    }
}

/// An agreed share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRule {
    /// Its id, which statements name.
    pub id: String,
    /// What it is about.
    pub scope: Scope,
    /// The partner's part.
    pub partner: BasisPoints,
    /// In force from then on.
    pub from: Timestamp,
    /// In force until just before then; without it until something else is agreed.
    pub until: Option<Timestamp>,
}

/// What was sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    /// Whose it is.
    pub partner: PartnerId,
    /// Which listing.
    pub listing: ListingId,
    /// How it was sold.
    pub kind: Kind,
    /// The feature, where one was sold.
    pub feature: Option<String>,
    /// The contract, where there is one.
    pub contract: Option<String>,
}

/// The share that applies, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Id of the rule, or `default:` and the kind.
    pub rule: String,
    /// The partner's part.
    pub partner: BasisPoints,
}

impl ShareRule {
    fn in_force(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    fn is_about(&self, sold: &Sold) -> bool {
        match &self.scope {
            Scope::Contract(contract) => sold.contract.as_ref() == Some(contract),
            Scope::Feature(listing, feature) => sold.listing == *listing && sold.feature.as_ref() == Some(feature),
            Scope::Listing(listing, kind) => sold.listing == *listing && sold.kind == *kind,
            Scope::Partner(partner, kind) => sold.partner == *partner && sold.kind == *kind,
        }
    }
}

/// The rule for something that was sold at this time. Of two about the same, the one that came into force last wins, and then
/// the one with the greater id: there is always exactly one answer.
pub fn applied(rules: &[ShareRule], sold: &Sold, at: Timestamp) -> Applied {
    let fitting = rules.iter().filter(|rule| rule.in_force(at) && rule.is_about(sold));
    let best = fitting.max_by_key(|rule| (rule.scope.rank(), rule.from, rule.id.as_str()));
    best.map_or_else(
        || Applied { rule: format!("default:{}", sold.kind.as_str()), partner: sold.kind.usual() },
        |rule| Applied { rule: rule.id.clone(), partner: rule.partner },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sold() -> Sold {
        Sold {
            partner: "acme".into(),
            listing: "acme-monitor".into(),
            kind: Kind::PaidListing,
            feature: Some("forecast".to_owned()),
            contract: Some("c-1".to_owned()),
        }
    }

    fn rule(id: &str, scope: Scope, percent: u16, from: i64, until: Option<i64>) -> ShareRule {
        let partner = BasisPoints::percent(percent);
        ShareRule { id: id.to_owned(), scope, partner, from: Timestamp(from), until: until.map(Timestamp) }
    }

    #[test]
    fn without_a_rule_the_kind_decides() {
        let applied = applied(&[], &sold(), Timestamp(0));
        assert_eq!((applied.rule.as_str(), applied.partner.get()), ("default:paid_listing", 7_000));
    }

    #[test]
    fn the_most_specific_rule_wins_whatever_the_order() {
        let mut rules = vec![
            rule("partner", Scope::Partner("acme".into(), Kind::PaidListing), 71, 0, None),
            rule("listing", Scope::Listing("acme-monitor".into(), Kind::PaidListing), 72, 0, None),
            rule("feature", Scope::Feature("acme-monitor".into(), "forecast".into()), 73, 0, None),
            rule("contract", Scope::Contract("c-1".into()), 74, 0, None),
            rule("other", Scope::Contract("c-2".into()), 99, 0, None),
            rule("otherkind", Scope::Listing("acme-monitor".into(), Kind::Training), 98, 0, None),
        ];
        for expected in ["contract", "feature", "listing", "partner"] {
            rules.reverse();
            assert_eq!(applied(&rules, &sold(), Timestamp(5)).rule, expected);
            rules.retain(|rule| rule.id != expected);
        }
        assert_eq!(applied(&rules, &sold(), Timestamp(5)).rule, "default:paid_listing");
    }

    #[test]
    fn a_rule_counts_from_its_first_moment_until_just_before_its_last() {
        let scope = Scope::Listing("acme-monitor".into(), Kind::PaidListing);
        let rules = [rule("old", scope.clone(), 70, 10, Some(20)), rule("new", scope, 80, 20, None)];
        let at = |ms| applied(&rules, &sold(), Timestamp(ms)).rule;
        assert_eq!([at(9), at(10), at(19), at(20)], ["default:paid_listing", "old", "old", "new"]);
    }

    #[test]
    fn of_two_that_overlap_the_later_agreement_wins() {
        let scope = Scope::Partner("acme".into(), Kind::PaidListing);
        let rules = [rule("b", scope.clone(), 70, 10, None), rule("a", scope, 80, 15, None)];
        assert_eq!(applied(&rules, &sold(), Timestamp(30)).rule, "a");
    }
}
