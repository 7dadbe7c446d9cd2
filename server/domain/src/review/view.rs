//! Reviews as people and programs read them.

use super::average::average;
use super::load;
use super::standing::footing;
use crate::permission::Permission;
use crate::ports::{Review, ReviewFigures, Start, WantedReviews};
use crate::{Actor, Result, Services};
use contract::review::{
    EarlierReview, PartnerAnswer, REVIEWS_PAGE, Rating, ReviewItem, ReviewPage, ReviewQuery, ReviewStanding,
    ReviewView, used,
};
use contract::{ListingId, ReviewId};
use std::collections::{HashMap, HashSet};

/// A place in a list: how many find the last review helpful, and its id.
pub type Cursor = (u32, ReviewId);

fn wanted(query: &ReviewQuery, start: Start, limit: u64) -> WantedReviews {
    let ReviewQuery { stars, release, size, order, .. } = query.clone();
    WantedReviews { stars, release, size, order, start, limit }
}

fn view(it: Review, partner: &str, earlier: Vec<EarlierReview>) -> ReviewView {
    let answer = it.answer.map(|it| PartnerAnswer {
        partner: partner.to_owned(),
        text: it.text,
        at: it.at,
        edited_at: it.edited_at,
    });
    ReviewView {
        id: it.id,
        author: it.author_name,
        stars: it.stars,
        aspects: it.aspects,
        title: it.title,
        text: it.text,
        release: it.release,
        size: it.size,
        used: used(it.used_until.since(it.used_since)),
        created_at: it.created_at,
        edited_at: it.edited_at,
        earlier,
        helpful: it.helpful,
        answer,
    }
}

/// Reviews of one partner's listings with their earlier versions, in their order.
pub(super) async fn views(services: &Services, reviews: Vec<Review>, partner: &str) -> Result<Vec<ReviewView>> {
    let ids: Vec<ReviewId> = reviews.iter().map(|it| it.id.clone()).collect();
    let mut earlier: HashMap<ReviewId, Vec<EarlierReview>> = HashMap::new();
    for (id, it) in services.reviews.earlier_reviews(&ids).await? {
        earlier.entry(id).or_default().push(it);
    }
    let of = |it: Review| {
        let before = earlier.remove(&it.id).unwrap_or_default();
        view(it, partner, before)
    };
    Ok(reviews.into_iter().map(of).collect())
}

fn rating(figures: &ReviewFigures) -> Option<Rating> {
    let count = figures.stars.iter().fold(0u32, |sum, it| sum.saturating_add(*it));
    average(&figures.stars).and_then(|it| Rating::of(it, count))
}

/// Releases by precedence; what is no version comes last.
fn newest_first(mut releases: Vec<String>) -> Vec<String> {
    releases.sort_by_cached_key(|it| std::cmp::Reverse(semver::Version::parse(it).ok()));
    releases
}

/// Everything below the tab. Anybody may see it.
pub async fn page(services: &Services, actor: &Actor, id: &ListingId, query: &ReviewQuery) -> Result<ReviewPage> {
    let listing = load::listing(services, id).await?;
    let offset = u64::from(query.page.saturating_sub(1)) * u64::from(REVIEWS_PAGE);
    let wanted = wanted(query, Start::Offset(offset), u64::from(REVIEWS_PAGE));
    let figures = services.reviews.review_figures(id).await?;
    let found = services.reviews.reviews(id, &wanted).await?;
    let user = actor.viewer().map(|viewer| &viewer.user_id);
    let (mut voted, mut reported, mut own) = (HashSet::new(), HashSet::new(), None);
    if let Some(user) = user {
        let ids: Vec<ReviewId> = found.iter().map(|it| it.id.clone()).collect();
        voted.extend(services.reviews.votes_of(user, &ids).await?);
        let open = services.reviews.open_reports(&ids).await?;
        reported.extend(open.into_iter().filter(|it| it.by == *user).map(|it| it.review));
        own = services.reviews.review_by(id, user).await?;
    }
    let mine: HashSet<ReviewId> = found.iter().filter(|it| user == Some(&it.author)).map(|it| it.id.clone()).collect();
    let item = |review: ReviewView| ReviewItem {
        mine: mine.contains(&review.id),
        voted: voted.contains(&review.id),
        reported: reported.contains(&review.id),
        review,
    };
    let standing = match footing(services, actor, &listing).await? {
        Ok(_) if own.is_none() => ReviewStanding::MayWrite,
        Ok(_) => ReviewStanding::MayChange,
        Err(standing) => standing,
    };
    let mean = |sum: u32, number: u32| (sum * 10 + number / 2).checked_div(number).unwrap_or_default();
    Ok(ReviewPage {
        rating: rating(&figures),
        distribution: figures.stars.iter().rev().copied().collect(),
        aspects: figures.aspects.iter().map(|(aspect, sum, number)| (*aspect, mean(*sum, *number))).collect(),
        total: services.reviews.count_reviews(id, &wanted).await?,
        reviews: views(services, found, &listing.partner.name).await?.into_iter().map(item).collect(),
        releases: newest_first(figures.releases),
        standing,
        hidden: own.filter(|it| it.hidden).map(|it| it.decision.map(|it| it.reason).unwrap_or_default()),
        can_answer: actor.may(Permission::AnswerReviews)
            && actor.viewer().is_some_and(|it| it.partner.as_ref() == Some(&listing.partner.id)),
    })
}

/// The person's own review, hidden or not. Nothing where there is none, and a problem where there is no such listing.
pub async fn own(services: &Services, actor: &Actor, id: &ListingId) -> Result<Option<ReviewView>> {
    let person = actor.require(Permission::WriteReviews)?;
    let listing = load::listing(services, id).await?;
    let own = services.reviews.review_by(id, person.user()).await?;
    Ok(views(services, own.into_iter().collect(), &listing.partner.name).await?.pop())
}

/// Reviews behind a place, and the place where the next page begins. Anybody may see them.
pub async fn pages(
    services: &Services,
    id: &ListingId,
    query: &ReviewQuery,
    after: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<ReviewView>, Option<Cursor>)> {
    let listing = load::listing(services, id).await?;
    let start = after.map_or(Start::Offset(0), |(helpful, id)| Start::After(helpful, id));
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut found = services.reviews.reviews(id, &wanted(query, start, one_more)).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|it| (it.helpful, it.id.clone()));
    Ok((views(services, found, &listing.partner.name).await?, next))
}
