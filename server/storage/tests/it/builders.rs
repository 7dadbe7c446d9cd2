//! Rows to begin with.

use contract::install::{ConnectionState, EventStatus, EventView, Severity};
use contract::listing::Certification;
use contract::manifest::Manifest;
use contract::{EventId, InstallationId, ListingId, OrganizationId, PartnerId, ProbeId, Timestamp, UserId};
use domain::ports::{
    Arrival, Catalogue, Effects, ExternalIdentity, Identities, Installation, Installations, NewEvent, NewPerson,
    NewRelease, Partner,
};
use serde_json::{Map, Value};
use storage::Database;

/// 2026-11-20T13:12:41Z.
pub const NOW: Timestamp = Timestamp(1_795_180_361_000);

pub fn partner() -> Partner {
    Partner {
        id: PartnerId::from("example-labs"),
        name: "Example Labs".to_owned(),
        homepage: "https://www.example.com".to_owned(),
        summary: "Makes examples.".to_owned(),
    }
}

pub fn release(id: &str, version: &str) -> NewRelease {
    let manifest = format!(
        r#"
manifest = 1
id = "{id}"
name = "Name of {id}"
version = "{version}"
summary = "Does something."
partner = "example-labs"
categories = ["monitoring/metrics"]
support = "community"
license = "MIT"
listing = "saas"
[links]
homepage = "https://www.example.com"
documentation = "https://docs.example.com"
"#
    );
    let manifest: Manifest = toml::from_str(&manifest).unwrap();
    NewRelease { manifest, readme: "Text.".to_owned(), icon: None, certification: Certification::None }
}

/// A partner with the listing `thing`.
pub async fn catalogue(database: &Database) {
    database.put_partner(&partner(), &Effects::default(), NOW).await.unwrap();
    database.publish(&release("thing", "1.0.0"), &Effects::default(), NOW).await.unwrap();
}

pub fn identity(subject: &str) -> ExternalIdentity {
    ExternalIdentity {
        issuer: "https://login.example.com".to_owned(),
        subject: subject.to_owned(),
        name: format!("Name of {subject}"),
        email: format!("{subject}@example.com"),
        email_verified: true,
    }
}

pub fn new_person(number: u32) -> NewPerson {
    NewPerson {
        user: UserId(format!("usr_{number}")),
        organization: OrganizationId(format!("org_{number}")),
        organization_name: format!("Organization {number}"),
    }
}

/// A person with an organization.
pub async fn organization(database: &Database, number: u32) -> OrganizationId {
    let (_, organization) = database
        .person(&identity(&format!("subject-{number}")), &new_person(number), &Effects::default(), NOW)
        .await
        .unwrap();
    organization
}

pub fn installation(id: &str, organization: &OrganizationId) -> Installation {
    Installation {
        id: InstallationId::from(id),
        organization: organization.clone(),
        listing: ListingId::from("thing"),
        version: "1.0.0".to_owned(),
        state: ConnectionState::Setup,
        token_hash: format!("hash of {id}"),
        config: Map::from_iter([("config.team".to_owned(), Value::from("ops"))]),
        sealed: vec![1, 0, 255],
        connected: false,
        created_by: UserId::from("usr_1"),
        created_by_name: "Name of subject-1".to_owned(),
        created_at: NOW,
        first_proof_at: None,
        last_event_at: None,
        events: 0,
        revision: 0,
    }
}

/// Catalogue, organization `org_1` and its installation `ins_1`.
pub async fn installed(database: &Database) -> Installation {
    catalogue(database).await;
    let organization = organization(database, 1).await;
    let installation = installation("ins_1", &organization);
    database.create(&installation, &Effects::default()).await.unwrap();
    installation
}

pub fn event(id: &str, unique_key: &str) -> NewEvent {
    NewEvent {
        view: EventView {
            id: EventId::from(id),
            sequence: 0,
            capability: "alerts".to_owned(),
            summary: format!("Summary of {id}"),
            severity: Severity::Error,
            status: EventStatus::Firing,
            source: "db1".to_owned(),
            link: Some("https://mon.example.com/1".to_owned()),
            occurred_at: NOW,
            received_at: NOW.plus_ms(5),
            count: 1,
            synthetic: false,
        },
        dedup_key: "d".to_owned(),
        unique_key: unique_key.to_owned(),
        extra: Value::Object(Map::new()),
        probe: None,
    }
}

pub fn arrival(events: Vec<NewEvent>) -> Arrival {
    Arrival {
        raw: b"{}".to_vec(),
        capability: "alerts".to_owned(),
        events,
        problem: None,
        at: NOW.plus_ms(9),
        metered: None,
    }
}

/// The event that answers a probe.
pub fn answer(id: &str, probe: &str) -> NewEvent {
    NewEvent { probe: Some(ProbeId::from(probe)), ..event(id, id) }
}
