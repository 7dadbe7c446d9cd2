//! Who may write a review: members of an organization for which the integration works, or worked until lately.

use crate::ports::{Listing, Use};
use crate::{Actor, Result, Services};
use contract::review::ReviewStanding;
use contract::{ErrorCode, PublicError, Timestamp};

/// Whoever uninstalled may still write for this long: that is when there is something to tell.
pub const AFTER_MS: i64 = 45 * 86_400_000;

/// What somebody may write on the strength of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Footing {
    /// Since when it worked.
    pub since: Timestamp,
    /// Until when it is or was used.
    pub until: Timestamp,
    /// The release.
    pub release: String,
}

/// The footing that installations give, or why they give none.
///
/// An installation counts once something has proven that it works, and goes on to count when it fails later: whom it fails
/// has the most to say.
fn judge(uses: &[Use], now: Timestamp) -> std::result::Result<Footing, ReviewStanding> {
    let lately = |it: &&Use| !it.gone || it.gone_at.is_some_and(|at| now.since(at) <= AFTER_MS);
    let good: Vec<&Use> = uses.iter().filter(|it| it.proven_at.is_some()).filter(lately).collect();
    let since = good.iter().filter_map(|it| it.proven_at).min();
    if let (Some(since), Some(newest)) = (since, good.first()) {
        let live = good.iter().any(|it| !it.gone);
        let until = if live { now } else { good.iter().filter_map(|it| it.gone_at).max().unwrap_or(now) };
        return Ok(Footing { since, until, release: newest.release.clone() });
    }
    Err(if uses.iter().any(|it| !it.gone) {
        ReviewStanding::NotProven
    } else if uses.iter().any(|it| it.proven_at.is_some()) {
        ReviewStanding::TooLongAgo
    } else {
        ReviewStanding::NotInstalled
    })
}

/// The viewer's footing, or why they have none.
pub(super) async fn footing(
    services: &Services,
    actor: &Actor,
    listing: &Listing,
) -> Result<std::result::Result<Footing, ReviewStanding>> {
    let Some(viewer) = actor.viewer() else { return Ok(Err(ReviewStanding::SignIn)) };
    if viewer.partner.as_ref() == Some(&listing.partner.id) {
        return Ok(Err(ReviewStanding::OwnListing));
    }
    let uses = services.reviews.uses(&viewer.organization_id, &listing.id).await?;
    Ok(judge(&uses, services.clock.now()))
}

/// What is told to somebody who may not.
pub(super) fn refusal(standing: ReviewStanding, name: &str) -> PublicError {
    match standing.explained(name) {
        Some((why, next_step)) if standing != ReviewStanding::SignIn => {
            PublicError::new(ErrorCode::Forbidden, "You can't review this yet", why, next_step)
        }
        _ => PublicError::sign_in_required(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;
    const NOW: Timestamp = Timestamp(1000 * DAY_MS);

    fn day(day: i64) -> Timestamp {
        Timestamp(day * DAY_MS)
    }

    fn installed(proven: Option<i64>, gone: Option<i64>) -> Use {
        Use {
            installation: "ins".into(),
            release: "1.0.0".to_owned(),
            proven_at: proven.map(day),
            gone: gone.is_some(),
            gone_at: gone.map(day),
        }
    }

    #[test]
    fn what_works_or_worked_lately_counts() {
        let live = judge(&[installed(Some(800), None)], NOW).unwrap();
        assert_eq!((live.since, live.until), (day(800), NOW));
        let gone = judge(&[installed(Some(800), Some(955))], NOW).unwrap();
        assert_eq!((gone.since, gone.until), (day(800), day(955)), "45 days ago to the millisecond");
        let late = installed(Some(800), Some(954));
        assert_eq!(judge(&[late], NOW), Err(ReviewStanding::TooLongAgo));
    }

    #[test]
    fn several_installations_are_one_use() {
        let both = judge(&[installed(Some(990), None), installed(Some(700), Some(980))], NOW).unwrap();
        assert_eq!((both.since, both.until), (day(700), NOW));
        let old = judge(&[installed(Some(990), None), installed(Some(100), Some(200))], NOW).unwrap();
        assert_eq!(old.since, day(990), "what ended long ago does not count");
    }

    #[test]
    fn without_proof_there_is_nothing_to_tell() {
        assert_eq!(judge(&[], NOW), Err(ReviewStanding::NotInstalled));
        assert_eq!(judge(&[installed(None, Some(999))], NOW), Err(ReviewStanding::NotInstalled));
        assert_eq!(judge(&[installed(None, None)], NOW), Err(ReviewStanding::NotProven));
        let unknown = Use { gone: true, ..installed(Some(999), None) };
        assert_eq!(judge(&[unknown], NOW), Err(ReviewStanding::TooLongAgo), "nobody knows when");
    }
}
