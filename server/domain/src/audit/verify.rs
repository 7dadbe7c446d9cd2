//! Finds tampering: an event that was changed, deleted, inserted or moved, and a chain that was cut.

use super::chain::{self, GENESIS};
use crate::{Result, Services};
use std::collections::BTreeMap;
use std::fmt;

/// Events read at a time.
const BATCH: u64 = 500;

/// What is wrong with a chain, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The chain: an organization's id, or `marketplace`.
    pub chain: String,
    /// Position of the first event at fault.
    pub sequence: i64,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.chain, self.sequence, self.what)
    }
}

/// Verifies every chain. Gives how many events were read and the first flaw of each chain.
pub async fn verify(services: &Services) -> Result<(u64, Vec<Flaw>)> {
    let mut heads: BTreeMap<String, (i64, String)> =
        services.audit.audit_heads().await?.into_iter().map(|head| (head.chain, (head.sequence, head.hash))).collect();
    let mut names = services.audit.audit_chains().await?;
    names.extend(heads.keys().cloned());
    names.sort();
    names.dedup();
    let (mut read, mut flaws) = (0, Vec::new());
    for name in names {
        let (events, flaw) = verify_chain(services, &name, heads.remove(&name)).await?;
        read += events;
        flaws.extend(flaw);
    }
    Ok((read, flaws))
}

async fn verify_chain(services: &Services, name: &str, head: Option<(i64, String)>) -> Result<(u64, Option<Flaw>)> {
    let flaw = |sequence: i64, what: String| Some(Flaw { chain: name.to_owned(), sequence, what });
    let (mut last, mut previous, mut read) = (0, GENESIS.to_owned(), 0);
    loop {
        let events = services.audit.audit_after(name, last, BATCH).await?;
        let full = u64::try_from(events.len()).unwrap_or(u64::MAX) == BATCH;
        for event in events {
            read += 1;
            if event.sequence != last + 1 {
                let what = format!("the events {} to {} are missing", last + 1, event.sequence - 1);
                return Ok((read, flaw(last + 1, what)));
            }
            if chain::hash(name, &previous, &event) != event.hash {
                let what = format!("the event {} is not what was recorded, or not in its place", event.id);
                return Ok((read, flaw(event.sequence, what)));
            }
            last = event.sequence;
            previous = event.hash;
        }
        if !full {
            break;
        }
    }
    let flaw = match head {
        None => flaw(last, "the end of the chain is not recorded any more".to_owned()),
        Some((sequence, _)) if sequence != last => {
            flaw(last + 1, format!("the chain ends at {last}, but {sequence} events were recorded"))
        }
        Some((_, hash)) if hash != previous => flaw(last, "the recorded end of the chain has another hash".to_owned()),
        Some(_) => None,
    };
    Ok((read, flaw))
}
