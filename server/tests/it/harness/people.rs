//! People of an issuer, invitations, and what the organization's pages ask for.

use super::app::{App, SITE};
use super::browser::{Answer, Browser};
use contract::account::Viewer;
use contract::{OrganizationId, SessionId};
use domain::ports::{Clock, ExternalIdentity};
use domain::{Actor, Origin, Person, Via};
use serde_json::Value;

/// The organization of the demo accounts `admin`, `member` and `billing`.
pub const NORTHWIND: &str = "org_demo_northwind";

/// Somebody as an issuer knows them.
pub fn person(name: &str, email: &str, email_verified: bool) -> ExternalIdentity {
    ExternalIdentity {
        issuer: "https://login.test".to_owned(),
        subject: name.to_lowercase(),
        name: name.to_owned(),
        email: email.to_owned(),
        email_verified,
    }
}

impl App {
    /// Somebody whom an issuer vouches for, signed in; at the first time their account is made.
    pub async fn arrives(&self, who: &ExternalIdentity) -> Browser<'_> {
        let origin = Origin { user_agent: "curl/8".to_owned(), ..Origin::default() };
        let token = domain::identity::sign_in(&self.services, who, &origin, None).await.unwrap();
        let mut browser = self.visitor();
        browser.cookies.insert("session".to_owned(), token);
        browser
    }

    /// Texts of all mail to an address, the oldest first.
    pub async fn mail_to(&self, address: &str) -> Vec<String> {
        self.scratch
            .texts(&format!("SELECT body FROM mail WHERE recipient = '{address}' ORDER BY created_at, id"))
            .await
    }

    /// The secret of the last invitation that was sent to an address.
    pub async fn invited(&self, address: &str) -> String {
        let mails = self.mail_to(address).await;
        let mail = mails.iter().rfind(|mail| mail.contains("/join/")).unwrap();
        let rest = mail.split(&format!("{SITE}/join/")).nth(1).unwrap();
        rest.lines().next().unwrap().to_owned()
    }

    /// Ada, for a new organization that has nothing yet. It has no members: who is told what is no matter there.
    pub async fn buyer(&self, organization: &OrganizationId) -> Actor {
        let ada = self.sign_in("admin").await.viewer().await;
        let ada: Viewer = serde_json::from_value(ada).unwrap();
        let now = self.clock.now();
        let add = format!(
            "INSERT INTO organization (id, name, created_at, sign_in_required, currency) \
             VALUES ('{organization}', 'Northwind', {}, false, 'USD')",
            now.0
        );
        self.scratch.change(&add).await;
        let viewer = Viewer { organization_id: organization.clone(), ..ada };
        let via = Via::Session(SessionId("ses_buyer".to_owned()), now);
        Actor::Person(Box::new(Person { viewer, via, origin: Origin::default(), bound: false }))
    }

    /// How often an action stands in an organization's trail.
    pub async fn recorded(&self, organization: &str, action: &str) -> usize {
        let events = self.services.audit.audit_after(organization, 0, 1000).await.unwrap();
        events.iter().filter(|event| event.action == action).count()
    }
}

impl Browser<'_> {
    /// Who is signed in; `null` is nobody.
    pub async fn viewer(&self) -> Value {
        self.call("viewer", &[]).await.good()
    }

    /// Invites somebody.
    pub async fn invite(&self, email: &str, role: &str) -> Answer {
        self.call("invite_member", &[("email", email), ("role", role)]).await
    }

    /// Accepts an invitation.
    pub async fn join(&self, token: &str) -> Answer {
        self.call("accept_invitation", &[("token", token)]).await
    }

    /// What the page of an invitation shows.
    pub async fn invitation(&self, token: &str) -> Value {
        self.call("invitation", &[("token", token)]).await.good()
    }

    /// Id of a member by name.
    pub async fn member(&self, name: &str) -> String {
        let list: Value = self.call("members", &[]).await.good();
        let members = list["members"].as_array().unwrap();
        let found = members.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name} in {members:?}"));
        found["person"].as_str().unwrap().to_owned()
    }

    /// Changes a role.
    pub async fn set_role(&self, person: &str, role: &str) -> Answer {
        self.call("set_member_role", &[("person", person), ("role", role)]).await
    }

    /// Leaves an organization.
    pub async fn leave(&self, organization: &str) -> Answer {
        self.call("leave_organization", &[("organization", organization)]).await
    }

    /// Acts for another organization.
    pub async fn switch(&self, organization: &str) -> Answer {
        self.call("switch_organization", &[("organization", organization)]).await
    }

    /// Creates an organization.
    pub async fn create(&self, name: &str) -> Answer {
        self.call("create_organization", &[("name", name)]).await
    }
}
