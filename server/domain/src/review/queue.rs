//! What waits for the moderators.

use super::view::views;
use crate::permission::Permission;
use crate::ports::{Listing, Report, Review};
use crate::{Actor, Error, Person, Result, Services};
use contract::review::{ModerationItem, ModerationQueue, ReportView};
use contract::{ListingId, ReviewId};
use std::collections::{BTreeSet, HashMap};

/// Reviews of each kind that are shown.
const SHOWN: u64 = 100;

/// What is needed to show reviews of any listing.
struct Context {
    listings: HashMap<ListingId, Listing>,
    reports: HashMap<ReviewId, Vec<Report>>,
}

impl Context {
    async fn of(services: &Services, reviews: &[&Review]) -> Result<Self> {
        let listings: BTreeSet<ListingId> = reviews.iter().map(|it| it.listing.clone()).collect();
        let listings: Vec<ListingId> = listings.into_iter().collect();
        let found = services.catalogue.listings_of(&listings).await?;
        let ids: Vec<ReviewId> = reviews.iter().map(|it| it.id.clone()).collect();
        let mut reports: HashMap<ReviewId, Vec<Report>> = HashMap::new();
        for it in services.reviews.open_reports(&ids).await? {
            reports.entry(it.review.clone()).or_default().push(it);
        }
        Ok(Self { listings: found.into_iter().map(|it| (it.id.clone(), it)).collect(), reports })
    }

    async fn item(&mut self, services: &Services, person: &Person, it: Review) -> Result<ModerationItem> {
        let listing = self.listings.get(&it.listing);
        let listing = listing.ok_or_else(|| Error::Corrupt(format!("listing {} is gone", it.listing)))?;
        let reports = self.reports.remove(&it.id).unwrap_or_default();
        let (hidden, mine) = (it.hidden, it.author == *person.user());
        let decision = it.decision.as_ref().map(|it| it.reason.clone());
        let review = views(services, vec![it], &listing.partner.name).await?.pop();
        Ok(ModerationItem {
            review: review.ok_or_else(|| Error::Corrupt("a review has no view".to_owned()))?,
            listing: listing.card(),
            reports: reports
                .into_iter()
                .map(|it| ReportView { by: it.name, reason: it.reason, note: it.note, at: it.at })
                .collect(),
            hidden,
            decision,
            mine,
        })
    }
}

/// What waits for a decision, and what is hidden.
pub async fn queue(services: &Services, actor: &Actor) -> Result<ModerationQueue> {
    let person = actor.require(Permission::ModerateReviews)?;
    let waiting = services.reviews.waiting_reviews(SHOWN).await?;
    let mut hidden = services.reviews.hidden_reviews(SHOWN).await?;
    hidden.retain(|it| !waiting.iter().any(|other| other.id == it.id));
    let all: Vec<&Review> = waiting.iter().chain(&hidden).collect();
    let mut context = Context::of(services, &all).await?;
    let mut out = ModerationQueue { waiting: Vec::new(), hidden: Vec::new(), now: services.clock.now() };
    for it in waiting {
        out.waiting.push(context.item(services, person, it).await?);
    }
    // Since when it waits: since the first report, or since it was edited after it was hidden.
    out.waiting.sort_by_key(|it| it.reports.first().map(|it| it.at).or(it.review.edited_at));
    for it in hidden {
        out.hidden.push(context.item(services, person, it).await?);
    }
    Ok(out)
}
