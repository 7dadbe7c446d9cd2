//! Judging a release: the first rule whose conditions all hold decides.

use super::facts::Facts;
use crate::catalog::categories::CategoryTree;
use contract::policy::{Condition, Named, Outcome, Policy, Reach, Verdict};

/// A leaf is in its group: `monitoring/metrics` is in `monitoring`.
fn in_category(leaf: &str, wanted: &str) -> bool {
    leaf == wanted || leaf.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
}

fn holds(condition: &Condition, facts: &Facts) -> bool {
    let in_regions = |regions: &[String]| facts.regions.iter().any(|region| regions.contains(region));
    match condition {
        Condition::CertificationAtLeast(level) => facts.certification >= *level,
        Condition::CertificationBelow(level) => facts.certification < *level,
        Condition::Access(Reach::ReadOnly) => !facts.writes,
        Condition::Access(Reach::Writes) => facts.writes,
        Condition::RegionOneOf(regions) => in_regions(regions),
        Condition::RegionNoneOf(regions) => !in_regions(regions),
        Condition::CategoryOneOf(wanted) => {
            facts.categories.iter().any(|leaf| wanted.iter().any(|wanted| in_category(leaf, wanted)))
        }
        Condition::PartnerOneOf(partners) => partners.contains(&facts.partner),
        Condition::ListingOneOf(listings) => listings.contains(&facts.listing),
        Condition::MonthlyPriceAbove(dollars) => facts.monthly_cents > i64::from(*dollars).saturating_mul(100),
    }
}

/// Names as far as the facts and the category tree know them.
fn name(facts: &Facts, what: Named, slug: &str) -> String {
    let known = match what {
        Named::Category => CategoryTree::builtin().name(slug),
        Named::Partner => (slug == facts.partner).then_some(facts.partner_name.as_str()),
        Named::Listing => (slug == facts.listing).then_some(facts.name.as_str()),
    };
    known.unwrap_or(slug).to_owned()
}

/// What the policy says of these facts, and why.
pub fn evaluate(policy: &Policy, facts: &Facts) -> Verdict {
    let decisive = policy.rules.iter().enumerate().find(|(_, rule)| rule.when.iter().all(|it| holds(it, facts)));
    if let Some((position, rule)) = decisive {
        let sentence = rule.sentence(&|what, slug| name(facts, what, slug));
        let note = if rule.note.is_empty() { String::new() } else { format!(" “{}”", rule.note) };
        let why = format!("Rule {} of the policy: {sentence}.{note}", position + 1);
        return Verdict { outcome: rule.outcome, rule: Some(position), why };
    }
    let why = match (policy.rules.is_empty(), policy.otherwise) {
        (true, Outcome::Allow) => "The policy has no rules and allows everything.".to_owned(),
        (true, Outcome::Ask) => "The policy has no rules, so everything needs approval.".to_owned(),
        (true, Outcome::Block) => "The policy has no rules and blocks everything.".to_owned(),
        (false, _) => format!("No rule of the policy applies. {}.", policy.otherwise_sentence()),
    };
    Verdict { outcome: policy.otherwise, rule: None, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::listing::Certification;
    use contract::policy::Rule;

    fn facts() -> Facts {
        Facts {
            listing: "monitor".to_owned(),
            name: "Test Monitor".to_owned(),
            partner: "acme".to_owned(),
            partner_name: "Acme".to_owned(),
            certification: Certification::Silver,
            writes: false,
            regions: vec!["eu".to_owned(), "us".to_owned()],
            categories: vec!["monitoring/metrics".to_owned()],
            monthly_cents: 4_900,
        }
    }

    fn list(values: &[&str]) -> Vec<String> {
        values.iter().map(|it| (*it).to_owned()).collect()
    }

    fn rule(outcome: Outcome, when: Vec<Condition>) -> Rule {
        Rule { outcome, when, note: String::new() }
    }

    #[test]
    fn each_condition_holds_or_does_not() {
        use Condition as C;
        for (condition, expected) in [
            (C::CertificationAtLeast(Certification::Bronze), true),
            (C::CertificationAtLeast(Certification::Silver), true),
            (C::CertificationAtLeast(Certification::Gold), false),
            (C::CertificationBelow(Certification::Silver), false),
            (C::CertificationBelow(Certification::Gold), true),
            (C::MonthlyPriceAbove(48), true),
            (C::MonthlyPriceAbove(49), false),
            (C::Access(Reach::ReadOnly), true),
            (C::Access(Reach::Writes), false),
            (C::RegionOneOf(list(&["jp", "us"])), true),
            (C::RegionOneOf(list(&["jp"])), false),
            (C::RegionNoneOf(list(&["jp"])), true),
            (C::RegionNoneOf(list(&["jp", "eu"])), false),
            (C::CategoryOneOf(list(&["monitoring"])), true),
            (C::CategoryOneOf(list(&["monitoring/metrics"])), true),
            (C::CategoryOneOf(list(&["monitoring/logs", "monitor", "incidents"])), false),
            (C::PartnerOneOf(list(&["other", "acme"])), true),
            (C::PartnerOneOf(list(&["monitor"])), false),
            (C::ListingOneOf(list(&["monitor"])), true),
            (C::ListingOneOf(list(&["acme"])), false),
        ] {
            assert_eq!(holds(&condition, &facts()), expected, "{condition:?}");
        }
    }

    #[test]
    fn a_listing_without_a_region_is_in_none() {
        let nowhere = Facts { regions: Vec::new(), ..facts() };
        assert!(!holds(&Condition::RegionOneOf(list(&["eu"])), &nowhere));
        assert!(holds(&Condition::RegionNoneOf(list(&["eu"])), &nowhere));
    }

    #[test]
    fn all_conditions_must_hold_and_the_first_rule_decides() {
        let reads = Condition::Access(Reach::ReadOnly);
        let gold = Condition::CertificationAtLeast(Certification::Gold);
        let silver = Condition::CertificationAtLeast(Certification::Silver);
        let policy = Policy {
            rules: vec![
                rule(Outcome::Block, vec![reads.clone(), gold]),
                rule(Outcome::Allow, vec![reads, silver]),
                rule(Outcome::Block, Vec::new()),
            ],
            ..Policy::default()
        };
        let verdict = evaluate(&policy, &facts());
        assert_eq!((verdict.outcome, verdict.rule), (Outcome::Allow, Some(1)));
        assert_eq!(verdict.why, "Rule 2 of the policy: Allow when it only reads and certification is at least Silver.");
        let writing = Facts { writes: true, ..facts() };
        let verdict = evaluate(&policy, &writing);
        assert_eq!(
            (verdict.outcome, verdict.rule),
            (Outcome::Block, Some(2)),
            "a rule without conditions always holds"
        );
    }

    #[test]
    fn where_no_rule_holds_the_rest_decides() {
        assert_eq!(
            evaluate(&Policy::default(), &facts()),
            Verdict {
                outcome: Outcome::Ask,
                rule: None,
                why: "The policy has no rules, so everything needs approval.".to_owned()
            }
        );
        let rules = vec![rule(Outcome::Allow, vec![Condition::Access(Reach::Writes)])];
        let policy = Policy { rules, otherwise: Outcome::Block, revision: 1 };
        let verdict = evaluate(&policy, &facts());
        assert_eq!((verdict.outcome, verdict.rule), (Outcome::Block, None));
        assert_eq!(verdict.why, "No rule of the policy applies. Everything else is blocked.");
    }

    #[test]
    fn the_reason_has_names_and_the_note() {
        let when = vec![
            Condition::PartnerOneOf(list(&["acme", "other"])),
            Condition::CategoryOneOf(list(&["monitoring/metrics"])),
        ];
        let rules = vec![Rule { outcome: Outcome::Block, when, note: "Contract ended.".to_owned() }];
        assert_eq!(
            evaluate(&Policy { rules, ..Policy::default() }, &facts()).why,
            "Rule 1 of the policy: Block when the partner is Acme or other and the category is Metrics. “Contract ended.”"
        );
    }
}
