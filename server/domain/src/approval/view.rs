//! The list of requests, and one request's page.

use super::load::Target;
use super::state::{good, present_state};
use crate::catalog::{listing_capabilities, listing_hosts, listing_scopes, region_label};
use crate::permission::Permission;
use crate::policy::{Facts, evaluate};
use crate::ports::{Approval, Comment, Listing};
use crate::{Actor, Error, Person, Result, Services};
use contract::approval::{ApprovalCard, ApprovalComment, ApprovalDetail, ApprovalList, ApprovalState};
use contract::policy::Outcome;
use contract::{ApprovalId, Timestamp};
use std::collections::HashMap;

/// Requests shown.
const SHOWN: u64 = 200;

fn card(person: &Person, it: &Approval, listing: &Listing, now: Timestamp) -> ApprovalCard {
    let state = present_state(it, now);
    ApprovalCard {
        id: it.id.clone(),
        listing: listing.card(),
        version: it.version.clone(),
        requester: it.requester.clone(),
        mine: it.requested_by == *person.user(),
        state,
        created_at: it.created_at,
        expires_at: it.expires_at,
        ended_at: if state == ApprovalState::Expired { Some(it.expires_at) } else { it.ended_at },
    }
}

/// The requests of the organization for those who answer them, for everybody else their own; open ones first.
pub async fn list(services: &Services, actor: &Actor) -> Result<ApprovalList> {
    let person = actor.require(Permission::SeeApprovals)?;
    let everybody = person.may(Permission::AnswerApprovals);
    let by = (!everybody).then(|| person.user());
    let now = services.clock.now();
    let mut listings: HashMap<String, Listing> = HashMap::new();
    let mut cards = Vec::new();
    for it in services.approvals.approvals(person.organization(), by, SHOWN).await? {
        if !listings.contains_key(it.listing.as_str()) {
            let listing = services.catalogue.listing(&it.listing).await?;
            let listing = listing.ok_or_else(|| Error::Corrupt(format!("listing {} is gone", it.listing)))?;
            listings.insert(it.listing.0.clone(), listing);
        }
        cards.extend(listings.get(it.listing.as_str()).map(|listing| card(person, &it, listing, now)));
    }
    // An open request past its time is over, also where the queue did not come to it yet.
    cards.sort_by_key(|it| it.state != ApprovalState::Open);
    let open = cards.iter().filter(|it| it.state == ApprovalState::Open).count();
    Ok(ApprovalList { approvals: cards, open: u32::try_from(open).unwrap_or(u32::MAX), everybody, now })
}

fn comment(person: &Person, it: Comment) -> ApprovalComment {
    ApprovalComment { mine: it.author == *person.user(), author: it.name, text: it.text, at: it.at }
}

/// Everything on a request's page.
pub async fn detail(services: &Services, actor: &Actor, id: &ApprovalId) -> Result<ApprovalDetail> {
    let person = actor.require(Permission::SeeApprovals)?;
    let target = Target::seen_by(services, person, id).await?;
    let (now, manifest) = (services.clock.now(), &target.manifest);
    let policy = crate::policy::in_force(services, person.organization()).await?;
    let verdict = evaluate(&policy, &Facts::of_release(&target.listing, manifest));
    let card = card(person, &target.approval, &target.listing, now);
    let open = card.state == ApprovalState::Open;
    let comments = services.approvals.approval_comments(person.organization(), id).await?;
    let it = &target.approval;
    Ok(ApprovalDetail {
        viewer: person.user().clone(),
        reason: it.reason.clone(),
        asked_because: it.why.clone(),
        newer: target.newer().map(ToOwned::to_owned),
        hosts: listing_hosts(manifest),
        scopes: listing_scopes(manifest),
        capabilities: listing_capabilities(manifest),
        data_regions: manifest.data_regions.iter().map(|region| region_label(region)).collect(),
        answered_by: it.answered_by.as_ref().map(|_| it.answerer.clone()),
        answer: it.answer.clone(),
        comments: comments.into_iter().map(|it| comment(person, it)).collect(),
        can_answer: open && person.may(Permission::AnswerApprovals),
        can_withdraw: open && card.mine,
        can_install: card.mine && good(it, now) && target.newer().is_none() && verdict.outcome != Outcome::Block,
        verdict,
        card,
        now,
    })
}
