//! Sending what is due.

use super::told;
use crate::billing::arrived;
use crate::billing::ledger::rules;
use crate::ports::{Effects, NewTransfer, PayoutRun, ProcessorTransfer, Sent};
use crate::{Result, Services};
use contract::revenue::RunState;

/// What became of the open runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// Transferred.
    pub sent: u32,
    /// Tried again later.
    pub waiting: u32,
}

/// Why a run waits: nobody set payouts up.
const NOT_SET_UP: &str = "Payouts are not set up yet.";
/// Why a run waits: the processor holds the money back.
const SHORT: &str = "The money of recent payments is not available yet.";

/// Sends all runs that are open. What fails is tried again later; one that fails does not stop the others.
pub async fn send_open(services: &Services) -> Result<Worked> {
    let mut worked = Worked::default();
    let mut failed = None;
    for run in services.payout_runs.open_runs().await? {
        match send(services, run).await {
            Ok(true) => worked.sent += 1,
            Ok(false) => worked.waiting += 1,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(worked), Err)
}

/// Sends one run; gives whether it was transferred.
async fn send(services: &Services, mut run: PayoutRun) -> Result<bool> {
    // It was ordered before, and nobody heard what became of it. Keys are forgotten after a day; the transfer is not.
    if run.state == RunState::Sent
        && let Some(made) = services.payouts.transfer_of(&run.id).await?
    {
        return posted(services, run, &made).await;
    }
    let account = services.partner_accounts.account_of(&run.partner).await?.filter(|it| it.state.ready());
    let Some(account) = account else { return waits(services, run, NOT_SET_UP, false).await };
    if run.state == RunState::Planned {
        run.state = RunState::Sent;
        if !services.payout_runs.advance(&run, RunState::Planned, &[], &Effects::default()).await? {
            return Ok(false);
        }
    }
    let order = NewTransfer {
        account: account.state.id,
        amount: run.amount,
        run: run.id.clone(),
        partner: run.partner.clone(),
        key: format!("{}-{}", run.id, run.attempt),
    };
    match services.payouts.transfer(&order).await? {
        Sent::Done(made) => posted(services, run, &made).await,
        Sent::Short => waits(services, run, SHORT, true).await,
        Sent::Refused(why) => waits(services, run, &why, true).await,
    }
}

/// The transfer is made: it is posted, and the run is over, both or neither.
async fn posted(services: &Services, mut run: PayoutRun, made: &ProcessorTransfer) -> Result<bool> {
    let posting = rules::transfer(&made.id, &run.partner, made.amount, made.at);
    run.state = RunState::Posted;
    run.transfer = Some(made.id.clone());
    run.waits.clear();
    let effects = told::paid(services, &run).await?;
    let done = services.payout_runs.advance(&run, RunState::Sent, &[posting], &effects).await?;
    tracing::info!(run = run.id, transfer = made.id, amount = %made.amount, done, "partner paid");
    Ok(true)
}

/// Nothing was moved. A refused order is kept by the processor under its key, so the next one has another.
async fn waits(services: &Services, mut run: PayoutRun, why: &str, refused: bool) -> Result<bool> {
    let from = run.state;
    run.state = RunState::Planned;
    run.attempt += u32::from(refused);
    let effects =
        if why == NOT_SET_UP && run.waits != why { told::waits(services, &run).await? } else { Effects::default() };
    why.clone_into(&mut run.waits);
    services.payout_runs.advance(&run, from, &[], &effects).await?;
    Ok(false)
}

/// Posts payouts of all partners' accounts that were never told of.
pub async fn take_arrived(services: &Services) -> Result<()> {
    for holder in services.partner_accounts.accounts().await? {
        for payout in services.payouts.payouts_of(&holder.state.id).await? {
            arrived(services, &holder, &payout).await?;
        }
    }
    Ok(())
}
