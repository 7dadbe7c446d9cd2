//! Accounts of the demo. They exist only when no issuer is configured and we listen on loopback; otherwise every function
//! here refuses.

use super::session::sign_in;
use crate::ports::{DemoPerson, ExternalIdentity};
use crate::{Origin, Result, Services};
use contract::account::{DemoAccount, OrganizationRole, PartnerRole, StaffRole};
use contract::{OrganizationId, PartnerId, PublicError, UserId};

fn person(key: &str, name: &str, email: &str, organization: (&str, &str), role: OrganizationRole) -> DemoPerson {
    DemoPerson {
        key: key.to_owned(),
        identity: ExternalIdentity {
            issuer: "demo".to_owned(),
            subject: key.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            email_verified: true,
        },
        organization: OrganizationId::from(organization.0),
        organization_name: organization.1.to_owned(),
        role,
        partner: None,
        partner_role: None,
        staff: None,
    }
}

fn people() -> Vec<(DemoPerson, &'static str)> {
    let customer = ("org_demo_northwind", "Northwind Operations");
    let partner = ("org_demo_prometheus", "Prometheus maintainers");
    let seller = ("org_demo_fjord", "Fjord Labs");
    let staff = ("org_demo_staff", "OpenConductor staff");
    vec![
        (
            person("admin", "Ada Admin", "ada@northwind.example", customer, OrganizationRole::Admin),
            "Platform admin of Northwind: installs, configures and uninstalls.",
        ),
        (
            person("member", "Max Member", "max@northwind.example", customer, OrganizationRole::Member),
            "On-call engineer at Northwind: sees what is installed and what arrives.",
        ),
        (
            person("billing", "Bo Billing", "bo@northwind.example", customer, OrganizationRole::BillingAdmin),
            "Looks after money at Northwind, and is a member otherwise.",
        ),
        (
            DemoPerson {
                partner: Some(PartnerId::from("prometheus")),
                partner_role: Some(PartnerRole::Admin),
                ..person("partner", "Paula Partner", "paula@prometheus.example", partner, OrganizationRole::Admin)
            },
            "Publishes the Prometheus listings and sees how they are used.",
        ),
        (
            DemoPerson {
                partner: Some(PartnerId::from("prometheus")),
                partner_role: Some(PartnerRole::Member),
                ..person("partner-member", "Pit Partner", "pit@prometheus.example", partner, OrganizationRole::Member)
            },
            "Works in the partner's team.",
        ),
        (
            DemoPerson {
                partner: Some(PartnerId::from("fjord-labs")),
                partner_role: Some(PartnerRole::Admin),
                ..person("seller", "Freya Fjord", "freya@fjord-labs.example", seller, OrganizationRole::Admin)
            },
            "Sells the Fjord listings of the demo, and is paid for them.",
        ),
        (
            DemoPerson {
                staff: Some(StaffRole::Reviewer),
                ..person("reviewer", "Rita Reviewer", "rita@openconductor.example", staff, OrganizationRole::Member)
            },
            "Marketplace staff: sees which integrations people ask for.",
        ),
        (
            DemoPerson {
                staff: Some(StaffRole::Operator),
                ..person("operator", "Olga Operator", "olga@openconductor.example", staff, OrganizationRole::Member)
            },
            "Marketplace staff: runs the marketplace.",
        ),
    ]
}

/// The accounts for the sign-in page; none outside the demo.
pub fn demo_accounts(services: &Services) -> Vec<DemoAccount> {
    if !services.settings.demo {
        return Vec::new();
    }
    people()
        .into_iter()
        .map(|(person, role)| DemoAccount { key: person.key, name: person.identity.name, role: role.to_owned() })
        .collect()
}

/// Creates the demo accounts that are missing.
pub async fn seed_demo(services: &Services) -> Result<()> {
    if !services.settings.demo {
        return Ok(());
    }
    for (person, _) in people() {
        let user = UserId(format!("usr_demo_{}", person.key));
        services.identities.put_demo_person(&person, &user, services.clock.now()).await?;
    }
    Ok(())
}

/// Signs in as a demo account.
pub async fn sign_in_demo(services: &Services, key: &str, origin: &Origin, previous: Option<&str>) -> Result<String> {
    let person = people().into_iter().find(|(person, _)| person.key == key && services.settings.demo);
    let (person, _) = person.ok_or_else(|| PublicError::not_found("demo account"))?;
    seed_demo(services).await?;
    sign_in(services, &person.identity, origin, previous).await
}
