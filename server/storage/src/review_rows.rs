//! Rows of reviews as the domain's types, and back.

use crate::convert::{count, from_name};
use crate::entity::{review, review_report, review_version};
use contract::review::{Aspect, AspectStars, EarlierReview, OrganizationSize};
use contract::{ListingId, OrganizationId, ReviewId, Timestamp, UserId};
use domain::ports::{Decision, Report, Review, ReviewAnswer};
use domain::{Error, Result};
use sea_orm::ActiveValue::Set;
use std::collections::HashMap;

/// The column that holds an aspect's stars.
pub const fn column(aspect: Aspect) -> review::Column {
    match aspect {
        Aspect::Setup => review::Column::Setup,
        Aspect::Docs => review::Column::Docs,
        Aspect::Reliability => review::Column::Reliability,
        Aspect::Support => review::Column::Support,
    }
}

fn stars(value: i64) -> Result<u8> {
    let stars = u8::try_from(value).ok().filter(|stars| (1..=5).contains(stars));
    stars.ok_or_else(|| Error::Corrupt(format!("{value} stars")))
}

fn of_aspect(it: &Review, aspect: Aspect) -> Option<i64> {
    it.aspects.iter().find(|it| it.aspect == aspect).map(|it| it.stars.into())
}

pub fn from_review(it: &Review) -> review::ActiveModel {
    let answer = it.answer.as_ref();
    let decision = it.decision.as_ref();
    review::ActiveModel {
        id: Set(it.id.0.clone()),
        listing_id: Set(it.listing.0.clone()),
        author_id: Set(it.author.0.clone()),
        organization_id: Set(it.organization.0.clone()),
        version: Set(it.release.clone()),
        size: Set(it.size.map(OrganizationSize::as_str).unwrap_or_default().to_owned()),
        stars: Set(it.stars.into()),
        setup: Set(of_aspect(it, Aspect::Setup)),
        docs: Set(of_aspect(it, Aspect::Docs)),
        reliability: Set(of_aspect(it, Aspect::Reliability)),
        support: Set(of_aspect(it, Aspect::Support)),
        title: Set(it.title.clone()),
        body: Set(it.text.clone()),
        used_since: Set(it.used_since.0),
        used_until: Set(it.used_until.0),
        helpful: Set(it.helpful.into()),
        hidden: Set(it.hidden),
        created_at: Set(it.created_at.0),
        edited_at: Set(it.edited_at.map(|at| at.0)),
        answer: Set(answer.map(|it| it.text.clone())),
        answered_by: Set(answer.map(|it| it.by.0.clone())),
        answered_at: Set(answer.map(|it| it.at.0)),
        answer_edited_at: Set(answer.and_then(|it| it.edited_at).map(|at| at.0)),
        decided_by: Set(decision.map(|it| it.by.0.clone())),
        decided_at: Set(decision.map(|it| it.at.0)),
        decision_reason: Set(decision.map(|it| it.reason.clone())),
        revision: Set(it.revision),
    }
}

fn aspects(row: &review::Model) -> Result<Vec<AspectStars>> {
    let of = |aspect: Aspect| match aspect {
        Aspect::Setup => row.setup,
        Aspect::Docs => row.docs,
        Aspect::Reliability => row.reliability,
        Aspect::Support => row.support,
    };
    let rated = Aspect::ALL.iter().filter_map(|aspect| of(*aspect).map(|value| (*aspect, value)));
    rated.map(|(aspect, value)| Ok(AspectStars { aspect, stars: stars(value)? })).collect()
}

pub fn to_review(row: review::Model, names: &HashMap<String, String>) -> Result<Review> {
    let answer = match (row.answer.clone(), row.answered_by.clone(), row.answered_at) {
        (Some(text), Some(by), Some(at)) => Some(ReviewAnswer {
            text,
            by: UserId(by),
            at: Timestamp(at),
            edited_at: row.answer_edited_at.map(Timestamp),
        }),
        _ => None,
    };
    let decision = match (row.decided_by.clone(), row.decided_at, row.decision_reason.clone()) {
        (Some(by), Some(at), Some(reason)) => Some(Decision { by: UserId(by), at: Timestamp(at), reason }),
        _ => None,
    };
    Ok(Review {
        author_name: names.get(&row.author_id).cloned().unwrap_or_default(),
        size: (!row.size.is_empty()).then(|| from_name(&row.size, "size of an organization")).transpose()?,
        aspects: aspects(&row)?,
        stars: stars(row.stars)?,
        id: ReviewId(row.id),
        listing: ListingId(row.listing_id),
        author: UserId(row.author_id),
        organization: OrganizationId(row.organization_id),
        release: row.version,
        title: row.title,
        text: row.body,
        used_since: Timestamp(row.used_since),
        used_until: Timestamp(row.used_until),
        helpful: count(row.helpful),
        hidden: row.hidden,
        created_at: Timestamp(row.created_at),
        edited_at: row.edited_at.map(Timestamp),
        answer,
        decision,
        revision: row.revision,
    })
}

pub fn to_earlier(row: review_version::Model) -> Result<(ReviewId, EarlierReview)> {
    let earlier = EarlierReview {
        stars: stars(row.stars)?,
        title: row.title,
        text: row.body,
        release: row.version,
        at: Timestamp(row.written_at),
    };
    Ok((ReviewId(row.review_id), earlier))
}

pub fn to_report(row: review_report::Model, names: &HashMap<String, String>) -> Result<Report> {
    Ok(Report {
        name: names.get(&row.person_id).cloned().unwrap_or_default(),
        reason: from_name(&row.reason, "reason of a report")?,
        review: ReviewId(row.review_id),
        by: UserId(row.person_id),
        organization: OrganizationId(row.organization_id),
        note: row.note,
        at: Timestamp(row.at),
    })
}
