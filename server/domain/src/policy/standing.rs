//! What the policy means for one person who wants to install a listing's current release.

use super::evaluate::evaluate;
use super::facts::Facts;
use crate::approval::{good, present_state};
use crate::permission::Permission;
use crate::ports::{Approval, Listing};
use crate::{Person, Result, Services};
use contract::approval::ApprovalState;
use contract::policy::{Outcome, PolicyStanding, RequestStanding, Verdict};
use contract::{ErrorCode, PublicError, Timestamp};

/// The verdict, and what the person did about it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What the policy says.
    pub verdict: Verdict,
    name: String,
    version: String,
    /// Administrators install directly what others need approval for.
    admin: bool,
    /// Their request that counts: the open or good one for this release, or else the last for this listing.
    request: Option<Approval>,
    now: Timestamp,
}

impl Standing {
    /// Judges the current release for a person.
    pub async fn load(services: &Services, person: &Person, listing: &Listing) -> Result<Self> {
        Self::at(services, person, listing, None).await
    }

    /// The same at any price: whether some plan of it needs an approval. For what is free it is no difference.
    pub async fn at_any_price(services: &Services, person: &Person, listing: &Listing) -> Result<Self> {
        let sells = listing.manifest.pricing.model.sells();
        Self::at(services, person, listing, sells.then_some(i64::MAX)).await
    }

    /// The same at the price of a plan, in US cents a month.
    pub async fn at(
        services: &Services,
        person: &Person,
        listing: &Listing,
        monthly_cents: Option<i64>,
    ) -> Result<Self> {
        let policy = super::in_force(services, person.organization()).await?;
        let (now, version) = (services.clock.now(), &listing.manifest.version);
        let mut requests = services.approvals.approvals_for(person.organization(), &listing.id, person.user()).await?;
        let counts =
            |it: &Approval| it.version == *version && (good(it, now) || present_state(it, now) == ApprovalState::Open);
        let place = requests.iter().position(counts).unwrap_or_default();
        Ok(Self {
            verdict: evaluate(&policy, &Facts::of(listing).at(monthly_cents)),
            name: listing.manifest.name.clone(),
            version: version.clone(),
            admin: person.may(Permission::ManageConnections),
            request: (place < requests.len()).then(|| requests.swap_remove(place)),
            now,
        })
    }

    /// Whether nobody may install it.
    pub fn blocked(&self) -> Option<PublicError> {
        (self.verdict.outcome == Outcome::Block).then(|| blocked_by_policy(&self.name, &self.verdict))
    }

    /// Whether a request of theirs allows this release now.
    fn approved(&self) -> bool {
        self.request.as_ref().is_some_and(|it| it.version == self.version && good(it, self.now))
    }

    /// Whether a request of theirs for this release waits for an answer.
    fn waits(&self) -> bool {
        let open = |it: &Approval| it.version == self.version && present_state(it, self.now) == ApprovalState::Open;
        self.request.as_ref().is_some_and(open)
    }

    /// Why this person can't install it now, and what to do; nothing when they can.
    pub fn refusal(&self) -> Option<PublicError> {
        match self.verdict.outcome {
            Outcome::Allow => return None,
            Outcome::Block => return self.blocked(),
            Outcome::Ask if self.admin || self.approved() => return None,
            Outcome::Ask => {}
        }
        let next_step = if self.waits() {
            "Your request waits for an answer; you hear of it in your inbox."
        } else if self.request.as_ref().is_some_and(|it| it.state == ApprovalState::Denied) {
            "Your last request was denied. Read why, and ask again when something has changed."
        } else {
            "Ask for approval; an administrator of your organization answers it."
        };
        let detail = format!("An administrator has to agree before you install {}. {}", self.name, self.verdict.why);
        Some(PublicError::new(ErrorCode::Conflict, "Needs approval", detail, next_step))
    }

    /// Whether asking for approval makes sense: it is needed, and not asked for yet.
    pub fn can_ask(&self) -> bool {
        self.verdict.outcome == Outcome::Ask && !self.admin && !self.approved() && !self.waits()
    }

    /// For the page.
    pub fn view(&self) -> PolicyStanding {
        let request = self.request.as_ref().map(|it| RequestStanding {
            id: it.id.clone(),
            state: present_state(it, self.now),
            version: it.version.clone(),
            good: it.version == self.version && good(it, self.now),
            expires_at: it.expires_at,
        });
        PolicyStanding { verdict: self.verdict.clone(), can_ask: self.can_ask(), request }
    }
}

/// What is told to everybody who wants to install what is blocked.
pub(crate) fn blocked_by_policy(name: &str, verdict: &Verdict) -> PublicError {
    PublicError::new(
        ErrorCode::Conflict,
        "Blocked by the policy",
        format!("Nobody in your organization can install {name}. {}", verdict.why),
        "Ask an administrator to change the policy, or choose another integration.",
    )
}
