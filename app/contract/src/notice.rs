//! Notices: what somebody should hear of, in the inbox and by mail.

use crate::json::FromJson;
use crate::{NoticeId, Timestamp};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($name:ident = $wire:literal, $label:literal, $mail:ident;)+) => {
        /// What a notice is about; people choose for each kind whether they want mail.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each has a label")]
        pub enum NoticeKind {
            $($name),+
        }

        impl NoticeKind {
            /// All kinds, in the order of the settings.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Wire name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire),+ }
            }

            /// For people.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// What happens unless somebody chose.
            pub const fn usual(self) -> MailChoice {
                match self { $(Self::$name => MailChoice::$mail),+ }
            }

            /// The kind with this wire name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }
        }
    };
}

kinds! {
    ApprovalRequested = "approval_requested", "Somebody asks for approval", Now;
    ApprovalAnswered = "approval_answered", "Your request is answered or discussed", Now;
    ConnectionTrouble = "connection_trouble", "A connection fails, falls silent or recovers", Now;
    PolicyConflict = "policy_conflict", "What is installed is no longer allowed by the policy", Digest;
    Membership = "membership", "Somebody joins or leaves, or your role changes", Digest;
    Reviews = "reviews", "A review is written, answered or decided about", Digest;
    AuditStream = "audit_stream", "The stream of the audit trail is paused", Now;
    Payments = "payments", "A payment fails or a plan ends, a trial is nearly over, a price changes, an offer is made", Now;
    Payouts = "payouts", "You are paid for what you sold, or a payout waits for you", Now;
    Spending = "spending", "A budget or a cap is nearly or fully used", Now;
    Security = "security", "API tokens are made for your account", Now;
}

/// When a notice is also sent by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[serde(rename_all = "snake_case")]
pub enum MailChoice {
    /// At once.
    Now,
    /// Once a day, all together.
    Digest,
    /// Never; it is still in the inbox.
    Off,
}

impl MailChoice {
    /// All choices.
    pub const ALL: [Self; 3] = [Self::Now, Self::Digest, Self::Off];

    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Digest => "digest",
            Self::Off => "off",
        }
    }

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Now => "At once",
            Self::Digest => "Daily digest",
            Self::Off => "Inbox only",
        }
    }

    /// The choice with this wire name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }
}

/// A notice in somebody's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct NoticeView {
    /// Id.
    pub id: NoticeId,
    /// Wire name of its kind.
    pub kind: String,
    /// Name of the organization it is about.
    pub organization: String,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub body: String,
    /// Path of the page to go to.
    pub link: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
}

/// The inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct Inbox {
    /// The last notices, newest first.
    pub notices: Vec<NoticeView>,
    /// How many are not read, those that are not shown included.
    pub unread: u32,
    /// Choices: wire name of the kind and of the choice, for every kind.
    pub preferences: Vec<(String, String)>,
    /// Now, for "5 min ago".
    pub now: Timestamp,
}
