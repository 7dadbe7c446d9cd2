//! Taking a payout back.

use crate::audit::{Subject, system_entry};
use crate::billing::ledger::{Posting, rules};
use crate::ports::{Effects, PayoutRun};
use crate::{Actor, Error, Result, Services};
use contract::audit::AuditAction;
use contract::revenue::RunState;
use contract::{ErrorCode, PublicError};
use serde_json::json;

/// Takes a run's transfer back from the partner's account. What it paid is owed again and goes into the next statement.
pub async fn reverse(services: &Services, actor: &Actor, id: &str) -> Result<PayoutRun> {
    if *actor != Actor::System {
        return Err(PublicError::forbidden("take payouts back").into());
    }
    let found = services.payout_runs.payout_run(id).await?;
    let mut run = found.ok_or_else(|| PublicError::not_found("payout run of this id"))?;
    let (RunState::Posted, Some(transfer)) = (run.state, run.transfer.clone()) else {
        let state = run.state.label().to_lowercase();
        return Err(PublicError::new(
            ErrorCode::Conflict,
            "Nothing to take back",
            format!("This run was not transferred; it is: {state}."),
            "Name a run that was sent.",
        )
        .into());
    };
    // It may have been taken back before, and nobody heard of it.
    let made = services.payouts.transfer_of(&run.id).await?;
    let made = made.ok_or_else(|| Error::Payments(format!("there is no transfer {transfer}")))?;
    let mut reversals = made.reversals;
    if reversals.is_empty() {
        reversals.push(services.payouts.reverse(&transfer, &format!("{}-reversal", run.id)).await?);
    }
    let postings: Vec<Posting> =
        reversals.iter().map(|it| rules::transfer_reversed(&it.id, &run.partner, it.amount, it.at)).collect();
    let event = system_entry(services, actor, AuditAction::PayoutReversed, Subject::new("payout_run", id, run.month));
    let event = event.after(json!({ "transfer": transfer, "partner": run.partner, "amount": run.amount.to_string() }));
    run.state = RunState::Reversed;
    run.reversed_at = Some(services.clock.now());
    services.payout_runs.advance(&run, RunState::Posted, &postings, &Effects::audited(event)).await?;
    Ok(run)
}
