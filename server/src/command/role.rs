//! `marketplace role`: makes somebody staff, or a member of a partner's team.

use crate::compose;
use crate::config::Config;
use clap::{Args, ValueEnum};
use contract::PartnerId;
use contract::account::{PartnerRole, StaffRole};
use domain::Actor;
use domain::identity::{Roles, assign};
use std::process::ExitCode;

/// A role among the staff.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Staff {
    /// Judges submissions and demand.
    Reviewer,
    /// Runs the marketplace.
    Operator,
    /// Not staff any more.
    None,
}

/// A role in a partner's team.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Team {
    /// Sees the partner's listings and how they are used.
    Member,
    /// Publishes, and looks after the team.
    Admin,
}

/// Whose role, and which.
#[derive(Debug, Args)]
pub struct Role {
    /// Their verified e-mail address. They must have signed in once.
    email: String,
    /// Their role among the staff.
    #[arg(long)]
    staff: Option<Staff>,
    /// The partner whose team they belong to.
    #[arg(long, conflicts_with = "no_partner")]
    partner: Option<String>,
    /// Their role in it.
    #[arg(long = "partner-role", default_value = "member", requires = "partner")]
    team: Team,
    /// They belong to no partner's team any more.
    #[arg(long)]
    no_partner: bool,
}

impl Role {
    fn change(&self, mut roles: Roles) -> Roles {
        match self.staff {
            Some(Staff::Reviewer) => roles.staff = Some(StaffRole::Reviewer),
            Some(Staff::Operator) => roles.staff = Some(StaffRole::Operator),
            Some(Staff::None) => roles.staff = None,
            None => {}
        }
        if let Some(partner) = &self.partner {
            let role = match self.team {
                Team::Member => PartnerRole::Member,
                Team::Admin => PartnerRole::Admin,
            };
            roles.partner = Some((PartnerId(partner.clone()), role));
        } else if self.no_partner {
            roles.partner = None;
        }
        roles
    }
}

/// Runs it. Without a change it shows what they are.
pub async fn run(config: &Config, what: Role) -> Result<ExitCode, String> {
    let services = compose::beside(config).await?;
    let assigned = assign(&services, &Actor::System, &what.email, |roles| what.change(roles)).await;
    let (name, roles) = assigned.map_err(|error| match error {
        domain::Error::Public(problem) => format!("{}\n  → {}", problem.detail, problem.next_step),
        other => other.to_string(),
    })?;
    let staff = match roles.staff {
        Some(StaffRole::Reviewer) => "staff: reviewer",
        Some(StaffRole::Operator) => "staff: operator",
        None => "not staff",
    };
    let partner = match roles.partner {
        Some((id, PartnerRole::Admin)) => format!("admin of the partner {id}"),
        Some((id, PartnerRole::Member)) => format!("member of the partner {id}"),
        None => "in no partner's team".to_owned(),
    };
    println!("{name}: {staff}, {partner}.");
    Ok(ExitCode::SUCCESS)
}
