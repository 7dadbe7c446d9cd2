//! `marketplace sign-in-optional`: lets an organization's people in again whose own issuer is gone.

use crate::compose;
use crate::config::Config;
use contract::OrganizationId;
use std::process::ExitCode;

/// Runs it.
pub async fn run(config: &Config, organization: String) -> Result<ExitCode, String> {
    let services = compose::beside(config).await?;
    let id = OrganizationId(organization);
    let changed = domain::single_sign_on::make_optional(&services, &id).await.map_err(|error| error.to_string())?;
    if changed {
        println!("{id} does not require its own sign-in any more; the audit trail of the organization says so.");
    } else {
        println!("{id} did not require its own sign-in; nothing was changed.");
    }
    Ok(ExitCode::SUCCESS)
}
