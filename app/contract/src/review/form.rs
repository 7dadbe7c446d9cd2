//! The page on which a review is written.

use super::{AspectStars, OrganizationSize, named};
use crate::json::FromJson;
use crate::listing::ListingCard;
use serde::{Deserialize, Serialize};

named! {
    /// Whether somebody may write a review, or why not.
    ReviewStanding {
        /// Nobody is signed in.
        SignIn = "sign_in", "Sign in to write a review";
        /// They belong to the team that publishes it.
        OwnListing = "own_listing", "Your team publishes this integration";
        /// Their organization never had it installed.
        NotInstalled = "not_installed", "Your organization has not installed it";
        /// It is installed, and nothing has proven yet that it works.
        NotProven = "not_proven", "Your installation has not shown yet that it works";
        /// It was uninstalled too long ago.
        TooLongAgo = "too_long_ago", "Your organization uninstalled it more than 45 days ago";
        /// They may write one.
        MayWrite = "may_write", "You may write a review";
        /// They wrote one, and may change it.
        MayChange = "may_change", "You wrote a review";
    }
}

impl ReviewStanding {
    /// Why somebody may not write about the integration of this name, and what they can do; nothing where they may.
    pub fn explained(self, name: &str) -> Option<(String, &'static str)> {
        let (parts, next_step) = match self {
            Self::MayWrite | Self::MayChange => return None,
            Self::SignIn => (
                ["Reviews of ", name, " come from people whose organizations use it, so we have to know who you are."],
                "Sign in; you come back to this page.",
            ),
            Self::OwnListing => (
                ["You belong to the team that publishes ", name, ", so your stars would not help anybody."],
                "Answer what others write instead.",
            ),
            Self::NotInstalled => (
                ["Reviews of ", name, " come from organizations that have it installed, and yours has not."],
                "Install it first; once it works, you can say how it is.",
            ),
            Self::NotProven => (
                ["", name, " is installed in your organization, but nothing has arrived or been done with it yet."],
                "Finish connecting it; once it works, you can say how it is.",
            ),
            Self::TooLongAgo => (
                ["Your organization uninstalled ", name, " more than 45 days ago, and it may have changed since."],
                "Install it again, then write what you find.",
            ),
        };
        Some((parts.concat(), next_step))
    }
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct ReviewForm {
    /// What the review is about.
    pub listing: ListingCard,
    /// Whether the viewer may write one, or why not.
    pub standing: ReviewStanding,
    /// Whether the viewer has written one.
    pub written: bool,
    /// How long their organization has used it: `7 months`. Empty where it has not.
    pub used: String,
    /// The release that is installed. Empty where none is.
    pub release: String,
    /// Stars of the viewer's review, 0 where there is none.
    pub stars: u8,
    /// Stars of the aspects that they rated.
    pub aspects: Vec<AspectStars>,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// How large their organization is, if they said.
    pub size: Option<OrganizationSize>,
    /// Why it is hidden, if it is.
    pub hidden: Option<String>,
}
