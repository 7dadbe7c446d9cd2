//! How large a policy may be, and rules that can never be meant.

use super::{Condition, Policy};
use crate::listing::Certification;
use crate::{ErrorCode, PublicError};

/// Rules of a policy.
pub const MAX_RULES: usize = 50;
/// Conditions of a rule.
pub const MAX_CONDITIONS: usize = 10;
/// Values of a condition.
pub const MAX_VALUES: usize = 100;
/// Characters of a rule's note.
pub const MAX_NOTE_CHARS: usize = 200;
/// Bytes of a policy as text.
pub const MAX_POLICY_BYTES: usize = 128 * 1024;

fn refuse(field: &str, detail: String, next_step: &str) -> PublicError {
    PublicError::new(ErrorCode::Invalid, "The policy can't be read", detail, next_step).at(field)
}

fn check_condition(condition: &Condition, at: &str) -> Result<(), PublicError> {
    if let Condition::CertificationBelow(Certification::None) = condition {
        let detail = "Nothing is certified below “Not certified”, so this rule would never apply.".to_owned();
        return Err(refuse(at, detail, "Choose Bronze, Silver or Gold."));
    }
    let Some(values) = condition.values() else { return Ok(()) };
    if values.is_empty() {
        let detail = "This condition names nothing to compare with.".to_owned();
        return Err(refuse(at, detail, "Choose at least one value, or remove the condition."));
    }
    if values.len() > MAX_VALUES {
        let detail = format!("This condition names {} values; {MAX_VALUES} are possible.", values.len());
        return Err(refuse(at, detail, "Split the rule in two."));
    }
    let repeated = values.iter().enumerate().find(|(index, value)| values[..*index].contains(value));
    if let Some((index, value)) = repeated {
        let detail = format!("“{value}” stands twice in this condition.");
        return Err(refuse(&format!("{at}.{index}"), detail, "Remove one of them."));
    }
    Ok(())
}

impl Policy {
    /// Refuses a policy that is too large, or holds a condition that makes no sense. Names of rules and conditions are
    /// positions from 0: `rules.2.when.0`.
    pub fn check(&self) -> Result<(), PublicError> {
        if self.rules.len() > MAX_RULES {
            let detail = format!("There are {} rules; {MAX_RULES} are possible.", self.rules.len());
            return Err(refuse("rules", detail, "Join rules with the same outcome."));
        }
        for (number, rule) in self.rules.iter().enumerate() {
            let at = format!("rules.{number}");
            let chars = rule.note.chars().count();
            if chars > MAX_NOTE_CHARS {
                let detail = format!("The note has {chars} characters; {MAX_NOTE_CHARS} are possible.");
                return Err(refuse(&format!("{at}.note"), detail, "Shorten the note."));
            }
            if rule.note.chars().any(char::is_control) {
                let detail = "The note is more than one line.".to_owned();
                return Err(refuse(&format!("{at}.note"), detail, "Write the note in one line."));
            }
            if rule.when.len() > MAX_CONDITIONS {
                let detail = format!("The rule has {} conditions; {MAX_CONDITIONS} are possible.", rule.when.len());
                return Err(refuse(&format!("{at}.when"), detail, "Split the rule in two."));
            }
            for (index, condition) in rule.when.iter().enumerate() {
                check_condition(condition, &format!("{at}.when.{index}"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, Rule};
    use super::*;

    fn field(policy: &Policy) -> Option<String> {
        policy.check().err().and_then(|error| error.field)
    }

    fn one(when: Vec<Condition>, note: &str) -> Policy {
        Policy { rules: vec![Rule { outcome: Outcome::Block, when, note: note.to_owned() }], ..Policy::default() }
    }

    #[test]
    fn what_is_too_large_or_means_nothing_is_refused_with_its_place() {
        let values = |number: usize| (0..number).map(|it| it.to_string()).collect::<Vec<_>>();
        let listing = |number| Condition::ListingOneOf(values(number));
        let rule = Rule { outcome: Outcome::Allow, when: Vec::new(), note: String::new() };
        assert_eq!(field(&Policy { rules: vec![rule.clone(); 51], ..Policy::default() }).as_deref(), Some("rules"));
        assert_eq!(field(&Policy { rules: vec![rule; 50], ..Policy::default() }), None);
        assert_eq!(field(&one(vec![listing(1); 11], "")).as_deref(), Some("rules.0.when"));
        assert_eq!(field(&one(vec![listing(1), listing(101)], "")).as_deref(), Some("rules.0.when.1"));
        assert_eq!(field(&one(vec![listing(100)], "")), None);
        assert_eq!(field(&one(vec![listing(0)], "")).as_deref(), Some("rules.0.when.0"));
        let twice = Condition::RegionOneOf(vec!["eu".to_owned(), "us".to_owned(), "eu".to_owned()]);
        assert_eq!(field(&one(vec![twice], "")).as_deref(), Some("rules.0.when.0.2"));
        assert_eq!(field(&one(Vec::new(), &"ü".repeat(201))).as_deref(), Some("rules.0.note"));
        assert_eq!(field(&one(Vec::new(), &"ü".repeat(200))), None);
        assert_eq!(field(&one(Vec::new(), "two\nlines")).as_deref(), Some("rules.0.note"));
        let below = Condition::CertificationBelow(Certification::None);
        assert_eq!(field(&one(vec![below], "")).as_deref(), Some("rules.0.when.0"));
    }
}
