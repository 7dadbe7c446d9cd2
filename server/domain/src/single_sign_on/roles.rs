//! From groups at the issuer to a role here.

use crate::Result;
use crate::ports::RoleMapping;
use contract::account::OrganizationRole;
use contract::single_sign_on::{GroupRole, MAX_GROUPS};
use contract::{ErrorCode, PublicError};
use serde_json::Value;

/// Longest name of a group or a claim.
const MAX_NAME: usize = 200;

/// The role that somebody comes in with; none when they can't. Where groups have roles, the issuer decides at each sign-in:
/// the strongest role of somebody's groups counts, and leaving a group takes effect. Without such groups, members keep the
/// role they have.
pub(super) fn role(
    mapping: &RoleMapping,
    groups: &[String],
    was: Option<OrganizationRole>,
) -> Option<OrganizationRole> {
    let mapped = mapping.groups.iter().filter(|(group, _)| groups.contains(group)).map(|(_, role)| *role).max();
    let kept = was.filter(|_| mapping.groups.is_empty());
    mapped.or(kept).or(mapping.otherwise)
}

/// The groups in a claim: a list of texts, or one text.
pub(super) fn groups(claim: Option<&Value>) -> Vec<String> {
    match claim {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn invalid(field: &str, title: &str, detail: String, next: &str) -> crate::Error {
    PublicError::new(ErrorCode::Invalid, title, detail, next).at(field).into()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_NAME && !text.chars().any(char::is_control)
}

/// Reads what a form says. Lines without a group are not used.
pub(super) fn parse(claim: &str, lines: &[GroupRole], otherwise: &str) -> Result<RoleMapping> {
    let claim = claim.trim();
    if !is_name(claim) {
        let detail = format!("The name of the claim has 1 to {MAX_NAME} characters.");
        return Err(invalid(
            "claim",
            "A claim needs a name",
            detail,
            "Enter it as your issuer calls it, such as “groups”.",
        ));
    }
    let mut groups: Vec<(String, OrganizationRole)> = Vec::new();
    for line in lines.iter().filter(|line| !line.group.trim().is_empty()) {
        let (group, role) = (line.group.trim(), OrganizationRole::parse(&line.role));
        let Some(role) = role.filter(|_| is_name(group)) else {
            let detail =
                format!("The line of “{}” has no role that we know.", group.chars().take(40).collect::<String>());
            return Err(invalid("roles", "A group needs a role", detail, "Pick a role for each group."));
        };
        if groups.iter().any(|(it, _)| it == group) {
            let detail = format!("“{group}” stands there twice.");
            return Err(invalid("roles", "One role for each group", detail, "Remove one of the two lines."));
        }
        groups.push((group.to_owned(), role));
    }
    if groups.len() > MAX_GROUPS {
        let detail = format!("At most {MAX_GROUPS} groups can have a role.");
        return Err(invalid(
            "roles",
            "Too many groups",
            detail,
            "Make fewer groups at your issuer that hold the others.",
        ));
    }
    let otherwise = OrganizationRole::parse(otherwise);
    if groups.is_empty() && otherwise == Some(OrganizationRole::Admin) {
        let detail = "With this, everybody at your issuer would become an administrator.".to_owned();
        return Err(invalid(
            "otherwise",
            "Not everybody can be an admin",
            detail,
            "Give a group the role Admin instead.",
        ));
    }
    Ok(RoleMapping { claim: claim.to_owned(), groups, otherwise })
}

#[cfg(test)]
mod tests {
    use super::*;
    use OrganizationRole::{Admin, BillingAdmin, Member};
    use serde_json::json;

    fn mapping(groups: &[(&str, OrganizationRole)], otherwise: Option<OrganizationRole>) -> RoleMapping {
        let groups = groups.iter().map(|(group, role)| ((*group).to_owned(), *role)).collect();
        RoleMapping { claim: "groups".to_owned(), groups, otherwise }
    }

    fn texts(groups: &[&str]) -> Vec<String> {
        groups.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn the_strongest_group_counts_and_leaving_it_takes_effect() {
        let it = mapping(&[("ops", Member), ("finance", BillingAdmin), ("platform", Admin)], None);
        assert_eq!(role(&it, &texts(&["ops", "platform", "x"]), None), Some(Admin));
        assert_eq!(role(&it, &texts(&["ops", "finance"]), Some(Admin)), Some(BillingAdmin));
        assert_eq!(role(&it, &texts(&["x"]), Some(Admin)), None);
        assert_eq!(role(&it, &texts(&["Platform"]), None), None, "names of groups are exact");
        let open = mapping(&[("platform", Admin)], Some(Member));
        assert_eq!(role(&open, &[], Some(Admin)), Some(Member));
    }

    #[test]
    fn without_groups_members_keep_their_role() {
        let it = mapping(&[], Some(Member));
        assert_eq!(role(&it, &texts(&["platform"]), Some(Admin)), Some(Admin));
        assert_eq!(role(&it, &[], None), Some(Member));
        assert_eq!(role(&mapping(&[], None), &[], None), None);
    }

    #[test]
    fn a_claim_is_a_list_or_a_text() {
        assert_eq!(groups(Some(&json!(["a", 1, "b"]))), ["a", "b"]);
        assert_eq!(groups(Some(&json!("a"))), ["a"]);
        for other in [json!(null), json!({ "a": true }), json!(7)] {
            assert!(groups(Some(&other)).is_empty());
        }
        assert!(groups(None).is_empty());
    }

    #[test]
    fn forms_are_read() {
        let line = |group: &str, role: &str| GroupRole { group: group.to_owned(), role: role.to_owned() };
        let it = parse(" groups ", &[line(" ops ", "admin"), line("", "member"), line(" ", "")], "member").unwrap();
        assert_eq!(it, mapping(&[("ops", Admin)], Some(Member)));
        assert_eq!(parse("g", &[], "").unwrap().otherwise, None);
        let many: Vec<_> = (0..=MAX_GROUPS).map(|number| line(&number.to_string(), "member")).collect();
        for (claim, lines, otherwise) in [
            ("", vec![], ""),
            ("g", vec![line("ops", "")], ""),
            ("g", vec![line("ops", "owner")], ""),
            ("g", vec![line("a", "admin"), line("a", "member")], ""),
            ("g", many, ""),
            ("g", vec![], "admin"),
        ] {
            assert!(parse(claim, &lines, otherwise).is_err(), "{claim} {lines:?} {otherwise}");
        }
    }
}
