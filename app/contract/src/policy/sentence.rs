//! Rules as sentences.

use super::{Condition, Outcome, Policy, Reach, Rule, region_label};

/// What a slug in a condition names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A category: group or leaf.
    Category,
    /// A partner.
    Partner,
    /// A listing.
    Listing,
}

/// Gives the name behind a slug.
pub type Namer<'a> = &'a dyn Fn(Named, &str) -> String;

/// Names nothing: slugs stay slugs.
pub fn slugs(_: Named, slug: &str) -> String {
    slug.to_owned()
}

/// `A`, `A or B`, `A, B or C`.
fn either(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

impl Condition {
    /// As it stands behind "when".
    pub fn sentence(&self, name: Namer<'_>) -> String {
        let named = |what: Named, values: &[String]| -> String {
            either(&values.iter().map(|value| name(what, value)).collect::<Vec<_>>())
        };
        let regions = |values: &[String]| -> String {
            either(&values.iter().map(|value| region_label(value).to_owned()).collect::<Vec<_>>())
        };
        match self {
            Self::CertificationAtLeast(level) => format!("certification is at least {}", level.label()),
            Self::CertificationBelow(level) => format!("certification is below {}", level.label()),
            Self::Access(Reach::ReadOnly) => "it only reads".to_owned(),
            Self::Access(Reach::Writes) => "it writes or takes action".to_owned(),
            Self::RegionOneOf(values) => format!("the data region is {}", regions(values)),
            Self::RegionNoneOf(values) => format!("the data region is not {}", regions(values)),
            Self::CategoryOneOf(values) => format!("the category is {}", named(Named::Category, values)),
            Self::PartnerOneOf(values) => format!("the partner is {}", named(Named::Partner, values)),
            Self::ListingOneOf(values) => format!("it is {}", named(Named::Listing, values)),
            Self::MonthlyPriceAbove(dollars) => format!("it costs more than ${dollars} a month"),
        }
    }
}

impl Rule {
    /// The rule as one sentence, without a full stop: "Allow when certification is at least Silver and it only reads".
    pub fn sentence(&self, name: Namer<'_>) -> String {
        let verb = match self.outcome {
            Outcome::Allow => "Allow",
            Outcome::Ask => "Ask for approval",
            Outcome::Block => "Block",
        };
        if self.when.is_empty() {
            return format!("{verb} in every case");
        }
        let conditions: Vec<String> = self.when.iter().map(|condition| condition.sentence(name)).collect();
        format!("{verb} when {}", conditions.join(" and "))
    }
}

impl Policy {
    /// What holds where no rule does.
    pub const fn otherwise_sentence(&self) -> &'static str {
        match self.otherwise {
            Outcome::Allow => "Everything else is allowed",
            Outcome::Ask => "Everything else needs approval",
            Outcome::Block => "Everything else is blocked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::Certification;

    fn sentence(outcome: Outcome, when: Vec<Condition>) -> String {
        Rule { outcome, when, note: String::new() }.sentence(&slugs)
    }

    #[test]
    fn every_condition_is_a_part_of_a_sentence() {
        let list = |values: &[&str]| values.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        for (outcome, when, expected) in [
            (
                Outcome::Allow,
                vec![Condition::CertificationAtLeast(Certification::Silver), Condition::Access(Reach::ReadOnly)],
                "Allow when certification is at least Silver and it only reads",
            ),
            (
                Outcome::Block,
                vec![Condition::CertificationBelow(Certification::Bronze)],
                "Block when certification is below Bronze",
            ),
            (Outcome::Ask, vec![Condition::Access(Reach::Writes)], "Ask for approval when it writes or takes action"),
            (
                Outcome::Block,
                vec![Condition::RegionOneOf(list(&["us"]))],
                "Block when the data region is United States",
            ),
            (
                Outcome::Allow,
                vec![Condition::RegionNoneOf(list(&["us", "uk", "mars"]))],
                "Allow when the data region is not United States, United Kingdom or mars",
            ),
            (
                Outcome::Allow,
                vec![Condition::CategoryOneOf(list(&["monitoring"]))],
                "Allow when the category is monitoring",
            ),
            (Outcome::Allow, vec![Condition::PartnerOneOf(list(&["a", "b"]))], "Allow when the partner is a or b"),
            (Outcome::Allow, vec![Condition::ListingOneOf(list(&["a"]))], "Allow when it is a"),
            (Outcome::Block, Vec::new(), "Block in every case"),
            (Outcome::Ask, Vec::new(), "Ask for approval in every case"),
        ] {
            assert_eq!(sentence(outcome, when), expected);
        }
    }

    #[test]
    fn names_take_the_place_of_slugs() {
        let rule = Rule {
            outcome: Outcome::Allow,
            when: vec![Condition::PartnerOneOf(vec!["acme".to_owned()])],
            note: String::new(),
        };
        assert_eq!(rule.sentence(&|_, slug| format!("<{slug}>")), "Allow when the partner is <acme>");
    }
}
