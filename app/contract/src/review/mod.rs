//! Reviews: what people who use an integration say of it, and what is said back.
//!
//! `rating` is what cards show, `query` which reviews are wanted, `form` what the author sends, `moderation` what staff see.

mod form;
mod moderation;
mod query;
mod rating;

pub use form::{ReviewForm, ReviewStanding};
pub use moderation::{ModerationDecision, ModerationItem, ModerationQueue, ReportReason, ReportView};
pub use query::{ReviewOrder, ReviewQuery};
pub use rating::{Rating, tenths};

use crate::json::FromJson;
use crate::{ReviewId, Timestamp};
use serde::{Deserialize, Serialize};

/// Characters of a title.
pub const MAX_TITLE_CHARS: usize = 100;
/// Characters of a review, an answer, a report's note or a decision's reason.
pub const MAX_TEXT_CHARS: usize = 4000;
/// Characters of a review at least: a word is no experience.
pub const MIN_TEXT_CHARS: usize = 20;
/// Reviews on a page.
pub const REVIEWS_PAGE: u32 = 10;

/// Makes an enum with wire names and names for people.
macro_rules! named {
    ($(#[$doc:meta])+ $name:ident { $($(#[$of:meta])+ $variant:ident = $wire:literal, $label:literal;)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$of])+ $variant),+
        }

        impl $name {
            /// All, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Wire name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire),+ }
            }

            /// Name for people.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The one with this wire name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == text)
            }
        }
    };
}
pub(crate) use named;

named! {
    /// What is rated besides the whole.
    Aspect {
        /// Getting it to run.
        Setup = "setup", "Set-up";
        /// What is written about it.
        Docs = "docs", "Documentation";
        /// Whether it keeps running.
        Reliability = "reliability", "Reliability";
        /// Whoever answers questions.
        Support = "support", "Support";
    }
}

named! {
    /// How many people work in the reviewer's organization, as they say.
    OrganizationSize {
        /// Up to 50.
        Small = "small", "1–50 people";
        /// Up to 1,000.
        Medium = "medium", "51–1,000 people";
        /// More.
        Large = "large", "Over 1,000 people";
    }
}

/// Stars of one aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AspectStars {
    /// What is rated.
    pub aspect: Aspect,
    /// 1 to 5.
    pub stars: u8,
}

/// A review as it was before it was edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarlierReview {
    /// 1 to 5.
    pub stars: u8,
    /// One line; plain text.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The release it was about.
    pub release: String,
    /// When it was written.
    pub at: Timestamp,
}

/// What the partner answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartnerAnswer {
    /// The partner's name.
    pub partner: String,
    /// Plain text.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// Last edited.
    pub edited_at: Option<Timestamp>,
}

/// A review as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewView {
    /// Id.
    pub id: ReviewId,
    /// The reviewer's name.
    pub author: String,
    /// 1 to 5, for the whole.
    pub stars: u8,
    /// Stars of the aspects that were rated.
    pub aspects: Vec<AspectStars>,
    /// One line; plain text.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The release that was installed when it was written.
    pub release: String,
    /// How large the reviewer's organization is, if they said.
    pub size: Option<OrganizationSize>,
    /// How long the organization had used it when the review was written: `7 months`.
    pub used: String,
    /// Written.
    pub created_at: Timestamp,
    /// Last edited.
    pub edited_at: Option<Timestamp>,
    /// How it was before, the latest first.
    pub earlier: Vec<EarlierReview>,
    /// How many people find it helpful.
    pub helpful: u32,
    /// What the partner answers.
    pub answer: Option<PartnerAnswer>,
}

/// A review, and what the viewer has to do with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ReviewItem {
    /// The review.
    #[serde(flatten)]
    pub review: ReviewView,
    /// Whether the viewer wrote it.
    pub mine: bool,
    /// Whether the viewer finds it helpful.
    pub voted: bool,
    /// Whether the viewer's report of it waits for a decision.
    pub reported: bool,
}

/// Everything below the tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ReviewPage {
    /// The average; nothing where there is no review.
    pub rating: Option<Rating>,
    /// How many give five stars, four, and so on down to one.
    pub distribution: Vec<u32>,
    /// Plain averages of the aspects that were rated, in tenths of a star.
    pub aspects: Vec<(Aspect, u32)>,
    /// Releases that reviews are about, to filter by.
    pub releases: Vec<String>,
    /// The reviews of this page.
    pub reviews: Vec<ReviewItem>,
    /// How many fit the filters.
    pub total: u32,
    /// Whether the viewer may write one, or why not.
    pub standing: ReviewStanding,
    /// Why the viewer's own review is hidden, if it is.
    pub hidden: Option<String>,
    /// Whether the viewer may answer for the partner.
    pub can_answer: bool,
}

/// How long something was used, for people: `less than a month`, `7 months`, `2 years`.
pub fn used(ms: i64) -> String {
    /// A twelfth of a year of 365.2425 days.
    const MONTH_MS: i64 = 2_629_746_000;
    match ms / MONTH_MS {
        ..=0 => "less than a month".to_owned(),
        1 => "1 month".to_owned(),
        months @ 2..=23 => format!("{months} months"),
        months => format!("{} years", months / 12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    #[test]
    fn months_are_counted_whole() {
        for (days, text) in [
            (-1, "less than a month"),
            (0, "less than a month"),
            (30, "less than a month"),
            (31, "1 month"),
            (60, "1 month"),
            (61, "2 months"),
            (214, "7 months"),
            (365, "11 months"),
            (366, "12 months"),
            (730, "23 months"),
            (731, "2 years"),
            (1095, "2 years"),
            (1096, "3 years"),
        ] {
            assert_eq!(used(days * DAY_MS), text, "{days} days");
        }
    }

    #[test]
    fn names_are_what_serde_writes() {
        fn same<T: serde::Serialize>(all: &[T], name: fn(&T) -> &'static str) {
            for it in all {
                assert_eq!(serde_json::to_value(it).unwrap(), name(it));
            }
        }
        same(Aspect::ALL, |it| it.as_str());
        same(OrganizationSize::ALL, |it| it.as_str());
        same(ReviewOrder::ALL, |it| it.as_str());
        same(ReviewStanding::ALL, |it| it.as_str());
        same(ReportReason::ALL, |it| it.as_str());
        same(ModerationDecision::ALL, |it| it.as_str());
    }
}
