//! Showing and exporting the trail.

use super::entry::{Subject, entry};
use crate::permission::Permission;
use crate::ports::{AuditFilter, Effects};
use crate::{Actor, Error, Result, Services};
use contract::audit::{AuditAction, AuditEvent, AuditPage, AuditQuery};
use contract::{ErrorCode, PublicError};
use serde_json::json;
use time::macros::format_description;

/// Events on a page.
const PAGE: u64 = 50;
/// Events read at a time for an export.
const BATCH: u64 = 500;
const DAY_MS: i64 = 86_400_000;

fn day(text: &str, field: &str) -> Result<Option<i64>> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = time::Date::parse(text, format_description!("[year]-[month]-[day]")).map_err(|_| {
        PublicError::new(
            ErrorCode::Invalid,
            "This is not a date",
            format!("“{text}” can't be read as a date."),
            "Write it like 2026-11-20.",
        )
        .at(field)
    })?;
    Ok(Some(date.midnight().assume_utc().unix_timestamp() * 1000))
}

fn filter(query: &AuditQuery) -> Result<AuditFilter> {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if !query.action.is_empty() && AuditAction::parse(&query.action).is_none() {
        let detail = format!("There is no action “{}”.", query.action);
        return Err(PublicError::new(ErrorCode::Invalid, "Unknown action", detail, "Pick one from the list.")
            .at("action")
            .into());
    }
    Ok(AuditFilter {
        action: text(&query.action),
        actor: text(&query.actor),
        subject: text(&query.subject),
        from: day(&query.from, "from")?,
        to: day(&query.to, "to")?.map(|start| start + DAY_MS),
    })
}

/// A page of the organization's trail, newest first.
pub async fn page(services: &Services, actor: &Actor, query: &AuditQuery) -> Result<AuditPage> {
    let person = actor.require(Permission::SeeAudit)?;
    let filter = filter(query)?;
    let mut events = services.audit.audit_page(person.organization(), &filter, query.before, PAGE + 1).await?;
    let more = u64::try_from(events.len()).unwrap_or(u64::MAX) > PAGE;
    events.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = events.last().filter(|_| more).map(|event| event.sequence);
    Ok(AuditPage { events, next })
}

/// The next part of an export, newest first: call with the position that the part before gave, until there is none. The
/// first call records that the trail was exported.
pub async fn export(services: &Services, actor: &Actor, query: &AuditQuery) -> Result<(Vec<AuditEvent>, Option<i64>)> {
    let person = actor.require(Permission::SeeAudit)?;
    let organization = person.organization();
    if query.before.is_none() {
        let subject = Subject::new("organization", organization, &person.viewer.organization_name);
        let event = entry(services, actor, organization, AuditAction::AuditExported, subject);
        let chosen = json!({ "action": query.action, "actor": query.actor, "subject": query.subject,
            "from": query.from, "to": query.to });
        services.effects.apply(&Effects::audited(event.after(chosen))).await?;
    }
    let events = services.audit.audit_page(organization, &filter(query)?, query.before, BATCH).await?;
    let full = u64::try_from(events.len()).unwrap_or(u64::MAX) == BATCH;
    let next = events.last().filter(|_| full).map(|event| event.sequence);
    Ok((events, next))
}

/// An event as a line of JSON.
pub fn json_line(event: &AuditEvent) -> Result<String> {
    let mut line = serde_json::to_string(event).map_err(|error| Error::Corrupt(error.to_string()))?;
    line.push('\n');
    Ok(line)
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV injection").
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// An event as a line of CSV (RFC 4180); without an event, the line of headings.
pub fn csv_line(event: Option<&AuditEvent>) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let cells = match event {
        None => [
            "sequence",
            "at",
            "actor",
            "actor_id",
            "via",
            "action",
            "subject_kind",
            "subject",
            "subject_id",
            "before",
            "after",
            "ip",
            "user_agent",
            "trace_id",
            "id",
            "hash",
        ]
        .map(str::to_owned),
        Some(it) => [
            it.sequence.to_string(),
            it.at.rfc3339(),
            inert(&it.actor_name),
            inert(&it.actor_id),
            inert(&it.via),
            inert(&it.action),
            inert(&it.subject_kind),
            inert(&it.subject_name),
            inert(&it.subject_id),
            inert(&it.before),
            inert(&it.after),
            inert(&it.ip),
            inert(&it.user_agent),
            inert(&it.trace_id),
            inert(it.id.as_str()),
            it.hash.clone(),
        ],
    };
    let failed = |error: &dyn std::fmt::Display| Error::Corrupt(format!("csv: {error}"));
    writer.write_record(cells).map_err(|error| failed(&error))?;
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_find_no_formula() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert!(inert(bad).starts_with('\''), "{bad}");
        }
        assert_eq!(inert("Ada"), "Ada");
    }

    #[test]
    fn days_are_whole() {
        assert_eq!(day("1970-01-02", "from").unwrap(), Some(DAY_MS));
        assert!(day("2026-02-30", "from").is_err());
        assert_eq!(day("", "from").unwrap(), None);
    }
}
