//! The install policy: judging listings, reading and changing the policy, trying a draft out, and judging new releases.
//!
//! [`evaluate()`] is pure; what it judges are [`Facts`]. [`Standing`] says what the verdict means for one person. Requests
//! for approval are in [`crate::approval`].

mod draft;
mod dry_run;
mod evaluate;
mod facts;
mod judge;
mod names;
mod read;
mod save;
mod standing;
mod view;

pub use draft::draft;
pub use dry_run::dry_run;
pub use evaluate::evaluate;
pub use facts::Facts;
pub use judge::{JUDGE_JOB, judge_job, judge_release};
pub use save::save;
pub use standing::Standing;
pub(crate) use standing::blocked_by_policy;
pub use view::policy;

use crate::{Result, Services};
use contract::OrganizationId;
use contract::policy::Policy;

/// The policy in force: the one the organization wrote, or "everything needs approval".
pub(crate) async fn in_force(services: &Services, organization: &OrganizationId) -> Result<Policy> {
    Ok(services.policies.policy_of(organization).await?.map(|it| it.policy).unwrap_or_default())
}
