//! The Connect step: stores what was entered, complete or not, and says what is missing.

use super::fields::{self, ATTEMPTED, ConnectInput};
use super::state;
use super::target::Target;
use crate::permission::Permission;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::field::{FieldKind, MAX_VALUE_BYTES};
use contract::{ErrorCode, InstallationId, PublicError};
use serde_json::Value;

/// Stores the form. Everything that was entered is kept (secrets sealed), so a mistake costs one field, not the form. Gives
/// an error naming the first field at fault while the form is not complete.
///
/// An empty secret keeps the stored one; unknown keys are refused.
pub async fn save(services: &Services, actor: &Actor, id: &InstallationId, input: &ConnectInput) -> Result<()> {
    let person = actor.require(Permission::Install)?;
    let organization = person.organization();
    let mut target = Target::load(services, organization, id).await?.managed_by(person)?;
    let specs = fields::field_specs(&target.manifest);
    if let Some(unknown) = input.keys().find(|key| !specs.iter().any(|spec| spec.key == **key)) {
        let detail = format!("The form has no field “{unknown}”.");
        return Err(
            PublicError::new(ErrorCode::Invalid, "Unknown field", detail, "Reload the page and try again.").into()
        );
    }
    let mut first_problem: Option<(String, String)> = None;
    for spec in &specs {
        // A box that is not ticked is not sent.
        let absent = if spec.kind == FieldKind::Boolean { "false" } else { "" };
        let raw: String = input.get(&spec.key).map_or(absent, String::as_str).to_owned();
        let secret = spec.kind == FieldKind::Secret;
        if secret && raw.trim().is_empty() && target.sealed.values.contains_key(&spec.key) {
            continue;
        }
        let outcome = fields::checked(spec, &raw);
        if let Err(problem) = &outcome
            && first_problem.is_none()
        {
            first_problem = Some((spec.key.clone(), problem.clone()));
        }
        match (secret, outcome) {
            (true, Ok(value)) if !value.is_empty() => {
                target.sealed.values.insert(spec.key.clone(), value);
            }
            (true, _) => {}
            (false, outcome) => {
                let mut kept = outcome.unwrap_or(raw);
                kept.truncate(kept.floor_char_boundary(MAX_VALUE_BYTES));
                target.installation.config.insert(spec.key.clone(), Value::String(kept));
            }
        }
    }
    target.installation.config.insert(ATTEMPTED.to_owned(), Value::Bool(true));
    target.installation.connected = first_problem.is_none();
    target.installation.state = state::after_save(target.installation.state);
    target.installation.sealed = target.sealed.seal(services, organization, id).await?;
    target.store(services, actor, AuditAction::InstallationChanged).await?;
    match first_problem {
        None => Ok(()),
        Some((field, problem)) => Err(PublicError::new(
            ErrorCode::Invalid,
            "Some fields need another look",
            problem,
            "Correct the marked fields; everything else is kept.",
        )
        .at(&field)
        .into()),
    }
}
