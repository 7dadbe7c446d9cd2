//! Reports of reviews, and what staff decide.

use super::{ReviewView, named};
use crate::Timestamp;
use crate::json::FromJson;
use crate::listing::ListingCard;
use serde::{Deserialize, Serialize};

named! {
    /// Why a review is reported.
    ReportReason {
        /// It sells something.
        Spam = "spam", "Advertising or spam";
        /// It insults or threatens.
        Abuse = "abuse", "Insults or threatens somebody";
        /// It is about something else.
        OffTopic = "off_topic", "Not about using this integration";
        /// It was written by whoever gains from it.
        Interest = "interest", "Written by its maker or a competitor";
        /// It shows what should not be public.
        Private = "private", "Shows private or secret data";
        /// Anything else.
        Other = "other", "Something else";
    }
}

named! {
    /// What becomes of a review.
    ModerationDecision {
        /// It stays, or is shown again.
        Keep = "keep", "Keep it";
        /// It is shown to nobody and does not count.
        Hide = "hide", "Hide it";
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ReportView {
    /// Who reports.
    pub by: String,
    /// Why.
    pub reason: ReportReason,
    /// In their words; may be empty.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// A review that waits for a decision, or was hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ModerationItem {
    /// The review.
    pub review: ReviewView,
    /// What it is about.
    pub listing: ListingCard,
    /// Reports that wait, oldest first.
    pub reports: Vec<ReportView>,
    /// Whether it is hidden.
    pub hidden: bool,
    /// What was decided the last time, in words.
    pub decision: Option<String>,
    /// Whether the viewer wrote it: somebody else has to decide then.
    pub mine: bool,
}

/// The queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ModerationQueue {
    /// What waits for a decision, the longest wait first.
    pub waiting: Vec<ModerationItem>,
    /// What is hidden, the last decision first.
    pub hidden: Vec<ModerationItem>,
    /// Server time, for relative dates.
    pub now: Timestamp,
}
