//! Editing a policy step by step, with the draft in the address: a link can be shared, Back undoes a step, and no script is
//! needed. Each step is a query: the draft so far, and what to do with it.

use super::dry_run::tried;
use super::names::Names;
use super::read::read;
use super::view::policy;
use crate::permission::Permission;
use crate::{Actor, Error, Result, Services};
use contract::listing::Certification;
use contract::policy::{Condition, Outcome, Policy, PolicyDraft, Reach, Rule};
use contract::{ErrorCode, PublicError};

/// Makes a condition of what was ticked.
type Make = fn(Vec<String>) -> Condition;

/// Query of a step, as pairs.
struct Step(Vec<(String, String)>);

impl Step {
    fn read(query: &str) -> Self {
        Self(url::form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect())
    }

    fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(it, _)| it == key).map_or("", |(_, value)| value)
    }

    fn all(&self, key: &str) -> Vec<String> {
        self.0.iter().filter(|(it, value)| it == key && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    fn index(&self) -> Option<usize> {
        self.get("rule").parse().ok()
    }
}

fn outcome(text: &str) -> Result<Outcome> {
    Outcome::ALL.into_iter().find(|it| it.as_str() == text).ok_or_else(|| {
        PublicError::new(ErrorCode::Invalid, "Unknown outcome", "There is no such outcome.", "Pick one from the list.")
            .at("outcome")
            .into()
    })
}

/// The conditions that the form for a new rule names; what is left as it was asks for nothing.
fn conditions(step: &Step) -> Vec<Condition> {
    let mut when = Vec::new();
    if let Some(level) = Certification::parse(step.get("level")) {
        when.push(match step.get("level_is") {
            "below" => Condition::CertificationBelow(level),
            _ => Condition::CertificationAtLeast(level),
        });
    }
    match step.get("access") {
        "read_only" => when.push(Condition::Access(Reach::ReadOnly)),
        "writes" => when.push(Condition::Access(Reach::Writes)),
        _ => {}
    }
    if let Ok(dollars) = step.get("price_above").trim().parse() {
        when.push(Condition::MonthlyPriceAbove(dollars));
    }
    let lists: [(&str, Make); 4] = [
        ("region", Condition::RegionOneOf),
        ("category", Condition::CategoryOneOf),
        ("partner", Condition::PartnerOneOf),
        ("listing", Condition::ListingOneOf),
    ];
    for (key, condition) in lists {
        let values = step.all(key);
        if !values.is_empty() {
            let none_of = key == "region" && step.get("region_is") == "none";
            when.push(if none_of { Condition::RegionNoneOf(values) } else { condition(values) });
        }
    }
    when
}

/// The draft after a step.
fn take(mut draft: Policy, step: &Step) -> Result<Policy> {
    let last = draft.rules.len();
    match (step.get("do"), step.index()) {
        ("add", _) => draft.rules.push(Rule {
            outcome: outcome(step.get("outcome"))?,
            when: conditions(step),
            note: step.get("note").trim().to_owned(),
        }),
        ("otherwise", _) => draft.otherwise = outcome(step.get("outcome"))?,
        ("remove", Some(at)) if at < last => _ = draft.rules.remove(at),
        ("up", Some(at)) if at > 0 && at < last => draft.rules.swap(at - 1, at),
        ("down", Some(at)) if at + 1 < last => draft.rules.swap(at, at + 1),
        // A step that was done already, by going back and forth, is none.
        _ => {}
    }
    draft.check()?;
    Ok(draft)
}

/// The draft after the step that a query describes, with what it would mean. Nothing is stored.
pub async fn draft(services: &Services, actor: &Actor, query: &str) -> Result<PolicyDraft> {
    actor.require(Permission::ChangePolicy)?;
    let view = policy(services, actor).await?;
    let step = Step::read(query);
    let before = match step.get("draft") {
        "" => view.policy.clone(),
        text => read(text)?,
    };
    let (draft, problem) = match take(before.clone(), &step) {
        Ok(draft) => (draft, None),
        Err(Error::Public(error)) => (before, Some(*error)),
        Err(error) => return Err(error),
    };
    let listings = services.catalogue.listings().await?;
    let names = Names::load(services, &listings).await?;
    names.check(&draft)?;
    let dry_run = tried(services, actor, &draft, &listings, &names).await?;
    let json = serde_json::to_string(&draft).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(PolicyDraft { changed: draft != view.policy, draft, json, problem, dry_run, view })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(query: &str) -> Policy {
        let two = r#"{"rules":[{"outcome":"allow","when":[]},{"outcome":"block","when":[]}],"otherwise":"ask"}"#;
        take(read(two).unwrap(), &Step::read(query)).unwrap()
    }

    fn outcomes(policy: &Policy) -> Vec<Outcome> {
        policy.rules.iter().map(|rule| rule.outcome).collect()
    }

    #[test]
    fn rules_are_added_moved_and_removed() {
        assert_eq!(outcomes(&after("do=remove&rule=0")), [Outcome::Block]);
        assert_eq!(outcomes(&after("do=up&rule=1")), [Outcome::Block, Outcome::Allow]);
        assert_eq!(outcomes(&after("do=down&rule=0")), [Outcome::Block, Outcome::Allow]);
        for nothing in ["do=up&rule=0", "do=down&rule=1", "do=remove&rule=7", "do=dance&rule=0", ""] {
            assert_eq!(outcomes(&after(nothing)), [Outcome::Allow, Outcome::Block], "{nothing}");
        }
        assert_eq!(after("do=otherwise&outcome=block").otherwise, Outcome::Block);
    }

    #[test]
    fn a_form_becomes_conditions() {
        let query = "do=add&outcome=allow&level=silver&level_is=least&access=read_only&region=eu&region=uk&region_is=none&note=As+agreed";
        let rule = after(query).rules.pop().unwrap();
        assert_eq!(rule.note, "As agreed");
        let regions = vec!["eu".to_owned(), "uk".to_owned()];
        assert_eq!(
            rule.when,
            [
                Condition::CertificationAtLeast(Certification::Silver),
                Condition::Access(Reach::ReadOnly),
                Condition::RegionNoneOf(regions),
            ]
        );
        assert_eq!(after("do=add&outcome=block&level=&access=&category=").rules.pop().unwrap().when, []);
    }
}
