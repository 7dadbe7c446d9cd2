//! An import under way.

use super::address::{Key, shape, sound};
use super::entry::entry;
use super::lines::{Line, Lines, MAX_LINE_BYTES};
use super::makers::Makers;
use super::record::read;
use crate::audit::{Subject, system_entry};
use crate::permission::Permission;
use crate::ports::{Clash, Effects, EntryOutcome, NewEntry};
use crate::{Actor, Result, Services};
use contract::audit::AuditAction;
use contract::feed::{FeedRefusal, FeedReport};
use contract::{ErrorCode, ListingId, PublicError};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Refused lines that a report names.
pub const MAX_REFUSALS: usize = 1000;
/// Entries stored in one transaction, at most …
const BATCH: usize = 500;
/// … unless they are large: bytes of the lines they were read from.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Ignored keys that a report names.
const MAX_IGNORED: usize = 20;

/// Something of a line, or why the line is refused.
type Judged<T> = std::result::Result<T, String>;

/// Reads a feed as it comes in. What was stored stays when the rest fails; importing it again is harmless.
pub struct Import<'a> {
    services: &'a Services,
    actor: &'a Actor,
    /// The one source whose lines are taken, if that was decided beforehand.
    source: Option<String>,
    lines: Lines,
    makers: Makers,
    /// Listings of others, by what their ids look like.
    published: HashMap<String, ListingId>,
    /// Lines by what their listing's id looks like: half of a hash, because a large feed has many.
    seen: HashMap<u128, u64>,
    batch: Vec<(u64, String, NewEntry)>,
    batch_bytes: usize,
    report: FeedReport,
    /// Refused lines that nobody has taken yet.
    refusals: Vec<FeedRefusal>,
}

impl<'a> Import<'a> {
    /// Begins an import. With a source, only its lines are taken, and lines without one are its own.
    pub async fn begin(services: &'a Services, actor: &'a Actor, source: Option<&str>) -> Result<Self> {
        if *actor != Actor::System {
            actor.require(Permission::ImportCatalogue)?;
        }
        if let Some(Err(reason)) = source.map(|source| sound(source, "source")) {
            let next = "Name the catalogue, for example acme or acme/extras.";
            return Err(PublicError::new(ErrorCode::Invalid, "Invalid source", reason, next).at("source").into());
        }
        let published = services.catalogue.published().await?;
        Ok(Self {
            services,
            actor,
            source: source.map(str::to_lowercase),
            lines: Lines::default(),
            makers: Makers::new(services.catalogue.partners().await?),
            published: published.into_iter().map(|id| (shape(id.as_str()), id)).collect(),
            seen: HashMap::new(),
            batch: Vec::new(),
            batch_bytes: 0,
            report: FeedReport::default(),
            refusals: Vec::new(),
        })
    }

    /// Takes the next bytes.
    pub async fn push(&mut self, piece: &[u8]) -> Result<()> {
        for line in self.lines.push(piece) {
            self.line(line).await?;
        }
        Ok(())
    }

    /// Takes what is left and stores it. Refusals are then complete.
    pub async fn finish(&mut self) -> Result<()> {
        if let Some(line) = self.lines.finish() {
            self.line(line).await?;
        }
        self.store().await
    }

    /// Stores the lines that came whole, when there will be no more: the last one may be cut off.
    pub async fn break_off(&mut self) -> Result<()> {
        self.store().await
    }

    /// What was done so far. Its list of refusals is empty: see [`Import::take_refusals`].
    pub fn report(&self) -> &FeedReport {
        &self.report
    }

    /// The lines refused since the last time, so that whoever has room for them keeps them.
    pub fn take_refusals(&mut self) -> Vec<FeedRefusal> {
        std::mem::take(&mut self.refusals)
    }

    async fn line(&mut self, line: Line) -> Result<()> {
        self.report.lines += 1;
        let number = line.number;
        let Some(bytes) = line.bytes else {
            let most = MAX_LINE_BYTES / 1024;
            self.refuse(number, None, format!("The line is longer than {most} KiB. Shorten it."));
            return Ok(());
        };
        let record = match read(&bytes) {
            Ok(record) => record,
            Err(unreadable) => {
                self.refuse(number, unreadable.id, unreadable.reason);
                return Ok(());
            }
        };
        self.note_ignored(&record.ignored);
        let id = record.id.clone();
        let key = Key::read(&id, record.source.as_deref(), self.source.as_deref());
        match key.and_then(|key| self.own(key)).and_then(|key| entry(record, key, &self.makers)) {
            Ok(new) => {
                if let Err(reason) = self.fresh(&new, number) {
                    self.refuse(number, Some(id), reason);
                    return Ok(());
                }
                self.batch.push((number, id, new));
                self.batch_bytes += bytes.len();
            }
            Err(reason) => self.refuse(number, Some(id.chars().take(200).collect()), reason),
        }
        if self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES { self.store().await } else { Ok(()) }
    }

    /// Refuses keys of other sources than the one the import is for.
    fn own(&self, key: Key) -> Judged<Key> {
        match &self.source {
            Some(source) if *source != key.source => {
                Err(format!("This import is for {source}; the line is of {}.", key.source))
            }
            _ => Ok(key),
        }
    }

    /// Refuses what an earlier line or somebody else's listing already is, or could be taken for.
    fn fresh(&mut self, new: &NewEntry, number: u64) -> Judged<()> {
        if let Some(id) = self.published.get(&new.skeleton) {
            return Err(if id.as_str() == new.manifest.id {
                explain(&Clash::Published)
            } else {
                explain(&Clash::LooksLike(id.clone()))
            });
        }
        let hash = Sha256::digest(&new.skeleton);
        let hash = hash.first_chunk().copied().map(u128::from_be_bytes).unwrap_or_default();
        if let Some(first) = self.seen.get(&hash) {
            let what = "already has this id, or one that can't be told apart from it. Keep one of them.";
            return Err(format!("Line {first} {what}"));
        }
        self.seen.insert(hash, number);
        Ok(())
    }

    async fn store(&mut self) -> Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let (Some((first, ..)), Some((last, ..))) = (batch.first(), batch.last()) else { return Ok(()) };
        let subject = Subject::new("feed", self.source.as_deref().unwrap_or("-"), format!("lines {first} to {last}"));
        let event = system_entry(self.services, self.actor, AuditAction::FeedImported, subject)
            .after(json!({ "first_line": first, "last_line": last }));
        let (places, entries): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|(number, id, new)| ((number, id), new)).unzip();
        let now = self.services.clock.now();
        let outcomes = self.services.catalogue.put_entries(&entries, &Effects::audited(event), now).await?;
        for ((number, id), outcome) in places.into_iter().zip(outcomes) {
            match outcome {
                EntryOutcome::Added => self.report.added += 1,
                EntryOutcome::Changed => self.report.changed += 1,
                EntryOutcome::Unchanged => self.report.unchanged += 1,
                EntryOutcome::Refused(clash) => self.refuse(number, Some(id), explain(&clash)),
            }
        }
        Ok(())
    }

    fn refuse(&mut self, line: u64, id: Option<String>, reason: String) {
        self.report.refused += 1;
        self.refusals.push(FeedRefusal { line, id, reason });
    }

    fn note_ignored(&mut self, keys: &[String]) {
        for key in keys {
            let named = &mut self.report.ignored_keys;
            if named.len() < MAX_IGNORED && !named.contains(key) {
                named.push(key.clone());
            }
        }
    }
}

fn explain(clash: &Clash) -> String {
    match clash {
        Clash::Published => "This listing is published here and not part of a feed. It was left as it is.".to_owned(),
        Clash::OtherEntry(other) => format!("Its address belongs to the entry {other}. It was left as it is."),
        Clash::Installed => "Organizations have installed this listing. It was left as it is.".to_owned(),
        Clash::LooksLike(id) => format!("Its address could be taken for that of {id}. Give the entry another id."),
    }
}
