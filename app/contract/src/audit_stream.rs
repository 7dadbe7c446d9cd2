//! The stream of the audit trail as its administrators see it.

use crate::Timestamp;
use crate::json::FromJson;
use serde::{Deserialize, Serialize};

/// Longest address of a stream.
pub const MAX_ADDRESS_CHARS: usize = 2000;

/// How it stands with a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum StreamState {
    /// Events go out as they are recorded.
    On,
    /// The last try failed; it is tried again.
    Failing,
    /// It failed too often; an administrator has to resume it. Nothing is lost meanwhile.
    Paused,
}

/// A stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct StreamView {
    /// Scheme, host and port it goes to. The path may hold a token, so it is not shown again.
    pub address: String,
    /// First characters of the secret, to tell secrets apart.
    pub hint: String,
    /// How it stands.
    pub state: StreamState,
    /// When this address was entered.
    pub set_at: Timestamp,
    /// Position of the last event that arrived, or after which the stream began.
    pub delivered: i64,
    /// When the last event arrived.
    pub delivered_at: Option<Timestamp>,
    /// Events that wait.
    pub waiting: i64,
    /// Tries in a row that failed.
    pub failures: u32,
    /// Since when.
    pub failing_since: Option<Timestamp>,
    /// When it is tried again.
    pub next_try_at: Option<Timestamp>,
    /// What went wrong with the last try.
    pub last_error: Option<String>,
}

/// A secret that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct NewStreamSecret {
    /// `whsec_` and 32 bytes in base 64, as Standard Webhooks writes it.
    pub secret: String,
}

/// What the page shows of the stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct StreamPage {
    /// The stream, unless it is off.
    pub stream: Option<StreamView>,
    /// Its secret, where it was made a moment ago: shown once.
    pub made: Option<String>,
    /// Now, for "5 min ago".
    pub now: Timestamp,
}
