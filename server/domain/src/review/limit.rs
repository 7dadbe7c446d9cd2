//! How much one person may do with reviews in a day, beyond what the server allows anybody in a second.

use crate::ports::Effort;
use crate::{Person, Result, Services};
use contract::{ErrorCode, PublicError};

const DAY_MS: i64 = 86_400_000;

const fn limit(effort: Effort) -> u64 {
    match effort {
        Effort::Write => 10,
        Effort::Vote => 100,
        Effort::Report => 20,
        Effort::Answer => 50,
    }
}

/// Takes note, or says that it is enough for today.
pub(super) async fn spend(services: &Services, person: &Person, effort: Effort) -> Result<()> {
    let now = services.clock.now();
    let limit = limit(effort);
    if services.reviews.spend(person.user(), effort, limit, now.plus_ms(-DAY_MS), now).await? {
        return Ok(());
    }
    let what = match effort {
        Effort::Write => "write or change reviews",
        Effort::Vote => "say what is helpful",
        Effort::Report => "report reviews",
        Effort::Answer => "answer reviews",
    };
    Err(PublicError::new(
        ErrorCode::RateLimited,
        "Enough for today",
        format!("One can {what} {limit} times in 24 hours, and you did."),
        "Come back tomorrow.",
    )
    .into())
}
