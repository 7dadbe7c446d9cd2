//! The install policy.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::policy::{DryRun, PolicyDraft, PolicyView};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// The policy in force, and what its editor offers.
#[server(name = FetchPolicy, prefix = "/api/fn", endpoint = "policy", input = GetUrl, output = Text)]
pub async fn policy() -> Result<PolicyView, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::policy::policy(&services(), &actor()).await)
}

/// Changes the policy. `policy` is the whole policy as JSON, with the revision that was read.
#[server(prefix = "/api/fn", endpoint = "save_policy", output = Text)]
pub async fn save_policy(policy: String) -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::policy::save(&services(), &actor(), &policy).await)?;
    leptos_axum::redirect("/settings/policy");
    Ok(())
}

/// What a policy would mean; nothing is stored. `policy` is the whole policy as JSON.
#[server(prefix = "/api/fn", endpoint = "dry_run_policy", output = Text)]
pub async fn dry_run_policy(policy: String) -> Result<DryRun, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::policy::dry_run(&services(), &actor(), &policy).await)
}

/// The draft after the step that a query describes, and what it would mean; nothing is stored.
#[server(name = FetchPolicyDraft, prefix = "/api/fn", endpoint = "policy_draft", input = GetUrl, output = Text)]
pub async fn policy_draft(query: String) -> Result<PolicyDraft, Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::policy::draft(&services(), &actor(), &query).await)
}

/// Asks for the draft after a step.
pub fn ask_policy_draft(query: String) -> Ask {
    read!(super::address("policy_draft", &[("query", &query)]), policy_draft(query))
}

/// Asks for the policy in force.
pub fn ask_policy() -> Ask {
    read!("policy".to_owned(), policy())
}
