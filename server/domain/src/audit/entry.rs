//! Making an audit event: who, what, before and after.

use crate::ports::AuditEntry;
use crate::{Actor, Services};
use contract::audit::AuditAction;
use contract::{AuditId, OrganizationId};
use serde_json::Value;

/// What something was done to.
#[derive(Clone, Debug)]
pub struct Subject {
    kind: &'static str,
    id: String,
    name: String,
}

impl Subject {
    /// A thing of this kind.
    pub fn new(kind: &'static str, id: impl ToString, name: impl ToString) -> Self {
        Self { kind, id: id.to_string(), name: name.to_string() }
    }
}

/// An event of an organization's chain.
pub fn entry(
    services: &Services,
    actor: &Actor,
    organization: &OrganizationId,
    action: AuditAction,
    subject: Subject,
) -> AuditEntry {
    let now = services.clock.now();
    let mut entry = AuditEntry {
        id: AuditId(services.ids.id("aud", now)),
        organization: Some(organization.clone()),
        at: now,
        actor_kind: "system",
        actor_id: String::new(),
        actor_name: "OpenConductor".to_owned(),
        via: String::new(),
        action,
        subject_kind: subject.kind,
        subject_id: subject.id,
        subject_name: subject.name,
        before: Value::Null,
        after: Value::Null,
        ip: String::new(),
        user_agent: String::new(),
        trace_id: String::new(),
    };
    if let Actor::Person(person) = actor {
        entry.actor_kind = "person";
        entry.actor_id = person.viewer.user_id.0.clone();
        entry.actor_name = person.viewer.name.clone();
        entry.via = person.via.id().to_owned();
        entry.ip = person.origin.ip.clone();
        entry.user_agent = person.origin.user_agent.clone();
        entry.trace_id = person.origin.trace_id.clone();
    }
    entry
}

/// An event of the marketplace's own chain.
pub fn system_entry(services: &Services, actor: &Actor, action: AuditAction, subject: Subject) -> AuditEntry {
    AuditEntry { organization: None, ..entry(services, actor, &OrganizationId::default(), action, subject) }
}

impl AuditEntry {
    /// What changed, before. Must hold no secret.
    #[must_use]
    pub fn before(mut self, before: Value) -> Self {
        self.before = before;
        self
    }

    /// What changed, after. Must hold no secret.
    #[must_use]
    pub fn after(mut self, after: Value) -> Self {
        self.after = after;
        self
    }
}
