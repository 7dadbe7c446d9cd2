//! Reviews with their earlier versions, votes and reports. Reviews are public, so finders take the listing; what belongs to
//! a person or an organization takes those.

use super::{Effects, Recipient};
use crate::error::Result;
use async_trait::async_trait;
use contract::review::{Aspect, AspectStars, EarlierReview, OrganizationSize, ReportReason, ReviewOrder};
use contract::{InstallationId, ListingId, OrganizationId, PartnerId, ReviewId, Timestamp, UserId};

/// A review as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Id; later ones are greater.
    pub id: ReviewId,
    /// What it is about.
    pub listing: ListingId,
    /// Who wrote it.
    pub author: UserId,
    /// Their name. Filled in by the repository.
    pub author_name: String,
    /// Whom they acted for; empty once that organization is deleted.
    pub organization: OrganizationId,
    /// The release that was installed.
    pub release: String,
    /// How large their organization is, if they said.
    pub size: Option<OrganizationSize>,
    /// 1 to 5.
    pub stars: u8,
    /// Stars of the aspects that were rated.
    pub aspects: Vec<AspectStars>,
    /// One line.
    pub title: String,
    /// The rest.
    pub text: String,
    /// Since when it worked for the organization.
    pub used_since: Timestamp,
    /// Until when it was used, as far as was known when it was written.
    pub used_until: Timestamp,
    /// How many find it helpful.
    pub helpful: u32,
    /// Whether it is shown to nobody and does not count.
    pub hidden: bool,
    /// Written.
    pub created_at: Timestamp,
    /// Last edited.
    pub edited_at: Option<Timestamp>,
    /// What the partner answers.
    pub answer: Option<ReviewAnswer>,
    /// What was decided the last time that it was looked at.
    pub decision: Option<Decision>,
    /// Rises with each change; a stale writer loses.
    pub revision: i64,
}

/// A partner's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewAnswer {
    /// In their words.
    pub text: String,
    /// Who wrote it last.
    pub by: UserId,
    /// When it was first written.
    pub at: Timestamp,
    /// Last edited.
    pub edited_at: Option<Timestamp>,
}

/// A moderator's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// An installation as far as it matters to reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The installation.
    pub installation: InstallationId,
    /// The release.
    pub release: String,
    /// When something first proved that it works.
    pub proven_at: Option<Timestamp>,
    /// Whether it is uninstalled.
    pub gone: bool,
    /// When it was; unknown for what was uninstalled before anybody took note.
    pub gone_at: Option<Timestamp>,
}

/// Where a list of reviews begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// Behind so many.
    Offset(u64),
    /// Behind the review with this number of votes and this id.
    After(u32, ReviewId),
}

/// Which reviews are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedReviews {
    /// Only with so many stars.
    pub stars: Option<u8>,
    /// Only about this release; empty for all.
    pub release: String,
    /// Only from organizations of this size.
    pub size: Option<OrganizationSize>,
    /// Order.
    pub order: ReviewOrder,
    /// Where to begin.
    pub start: Start,
    /// How many at most.
    pub limit: u64,
}

/// What the reviews of a listing come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFigures {
    /// How many give one star, two, and so on up to five.
    pub stars: [u32; 5],
    /// Sum of stars and number of ratings of each aspect that was rated.
    pub aspects: Vec<(Aspect, u32, u32)>,
    /// Releases that reviews are about.
    pub releases: Vec<String>,
}

/// A report as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What is reported.
    pub review: ReviewId,
    /// Who reports.
    pub by: UserId,
    /// Their name. Filled in by the repository.
    pub name: String,
    /// Whom they acted for; empty once that organization is deleted.
    pub organization: OrganizationId,
    /// Why.
    pub reason: ReportReason,
    /// In their words.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// What happens together with a change of a review.
#[derive(Clone, Copy, Debug)]
pub enum Along<'a> {
    /// Nothing.
    Nothing,
    /// What it was before is kept.
    Keep(&'a EarlierReview),
    /// Its reports are closed.
    CloseReports,
}

/// What people do with reviews, as far as it is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Writing or editing.
    Write,
    /// Voting.
    Vote,
    /// Reporting.
    Report,
    /// Answering.
    Answer,
}

impl Effort {
    /// Name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Vote => "vote",
            Self::Report => "report",
            Self::Answer => "answer",
        }
    }
}

/// Repository of reviews. Whatever changes what people see keeps the listing's average and the feed of changes in step, in
/// the same transaction.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// Installations of a listing in an organization, uninstalled ones too, newest first.
    async fn uses(&self, organization: &OrganizationId, listing: &ListingId) -> Result<Vec<Use>>;

    /// One review, hidden or not.
    async fn review(&self, id: &ReviewId) -> Result<Option<Review>>;

    /// Somebody's review of a listing, hidden or not.
    async fn review_by(&self, listing: &ListingId, author: &UserId) -> Result<Option<Review>>;

    /// Reviews of a listing that are shown.
    async fn reviews(&self, listing: &ListingId, wanted: &WantedReviews) -> Result<Vec<Review>>;

    /// How many reviews fit, wherever the list begins.
    async fn count_reviews(&self, listing: &ListingId, wanted: &WantedReviews) -> Result<u32>;

    /// What the reviews that are shown come to.
    async fn review_figures(&self, listing: &ListingId) -> Result<ReviewFigures>;

    /// Earlier versions of these reviews, the latest first.
    async fn earlier_reviews(&self, reviews: &[ReviewId]) -> Result<Vec<(ReviewId, EarlierReview)>>;

    /// Stores a review, unless its author has one of this listing; gives whether it did.
    async fn create_review(&self, review: &Review, effects: &Effects) -> Result<bool>;

    /// Replaces a review if nobody else did since it was read (`revision`); gives whether it did.
    async fn change_review(&self, review: &Review, along: Along<'_>, effects: &Effects, now: Timestamp)
    -> Result<bool>;

    /// Deletes a review with all that belongs to it, unless somebody changed it since it was read; gives whether it did.
    async fn delete_review(&self, review: &Review, effects: &Effects, now: Timestamp) -> Result<bool>;

    /// Which of these reviews somebody finds helpful.
    async fn votes_of(&self, person: &UserId, reviews: &[ReviewId]) -> Result<Vec<ReviewId>>;

    /// Stores that somebody finds a review helpful, or no longer; gives whether that is a change.
    async fn vote(
        &self,
        review: &Review,
        person: &UserId,
        helpful: bool,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;

    /// Reports of these reviews that wait for a decision, oldest first.
    async fn open_reports(&self, reviews: &[ReviewId]) -> Result<Vec<Report>>;

    /// Stores a report. Not where the same person reported the review before and it was not edited since a decision; gives
    /// whether it did.
    async fn report_review(&self, report: &Report, edited_at: Option<Timestamp>, effects: &Effects) -> Result<bool>;

    /// Reviews that wait for a decision: reported, or edited after they were hidden. The longest wait first.
    async fn waiting_reviews(&self, limit: u64) -> Result<Vec<Review>>;

    /// Hidden reviews, the last decision first.
    async fn hidden_reviews(&self, limit: u64) -> Result<Vec<Review>>;

    /// Takes note of something limited, unless somebody did it `limit` times since then already; gives whether it did.
    /// What was done before that is forgotten.
    async fn spend(
        &self,
        person: &UserId,
        effort: Effort,
        limit: u64,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<bool>;

    /// The team of a partner: who, and the organization in whose name they are told.
    async fn partner_team(&self, partner: &PartnerId) -> Result<Vec<(Recipient, OrganizationId)>>;

    /// Everything that somebody wrote, hidden or not; for the export.
    async fn reviews_of(&self, author: &UserId) -> Result<Vec<Review>>;

    /// What was written for an organization by id, after the one that is named; for the export.
    async fn reviews_after(
        &self,
        organization: &OrganizationId,
        after: Option<&ReviewId>,
        limit: u64,
    ) -> Result<Vec<Review>>;
}
