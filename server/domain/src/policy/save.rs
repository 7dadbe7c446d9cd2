//! Changing the policy.

use super::names::Names;
use super::read::read;
use crate::audit::{Subject, entry};
use crate::permission::Permission;
use crate::ports::Effects;
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::policy::Policy;
use contract::{ErrorCode, PublicError};
use serde_json::{Value, json};

/// What the audit trail says of a policy.
fn picture(policy: &Policy) -> Value {
    json!({ "rules": policy.rules, "otherwise": policy.otherwise, "revision": policy.revision })
}

/// Stores a policy, written as JSON. Its `revision` is the one that was read before: a change by somebody else in between
/// is a conflict. What is installed keeps running.
pub async fn save(services: &Services, actor: &Actor, text: &str) -> Result<()> {
    let person = actor.require(Permission::ChangePolicy)?;
    let now = services.clock.now();
    person.fresh(now)?;
    let new = read(text)?;
    Names::load(services, &services.catalogue.listings().await?).await?.check(&new)?;
    let organization = person.organization();
    let old = super::in_force(services, organization).await?;
    if old == new {
        return Ok(());
    }
    let after = Policy { revision: new.revision + 1, ..new.clone() };
    let subject = Subject::new("policy", organization, "Install policy");
    let event = entry(services, actor, organization, AuditAction::PolicyChanged, subject)
        .before(picture(&old))
        .after(picture(&after));
    let stored = old.revision == new.revision
        && services.policies.put_policy(organization, &new, person.user(), &Effects::audited(event), now).await?;
    if stored {
        return Ok(());
    }
    Err(PublicError::new(
        ErrorCode::Conflict,
        "Somebody else changed the policy",
        "The policy is not the one that you began with: it was changed in another window or by a colleague.",
        "Reload the page to see the present policy, then make your change again.",
    )
    .at("revision")
    .into())
}
