//! A statement as a file.

use super::{accounts, partner_of};
use crate::billing::ledger::Reason;
use crate::billing::payout::closing::carried;
use crate::billing::payout::{PlacedLine, books_of, placed};
use crate::billing::statement::{StatementLine, csv};
use crate::{Actor, Error, Result, Services};
use contract::{ErrorCode, Month, PublicError};

/// The statement of a month as comma-separated values. Its amounts add up to the total of each currency, which is what is
/// transferred; what was left over from before is its first line.
pub async fn statement_csv(services: &Services, actor: &Actor, month: Month) -> Result<String> {
    let id = partner_of(actor)?;
    let books = books_of(services, id).await?;
    let all = placed(&books, id);
    let runs = services.payout_runs.runs_of(id).await?;
    if runs.iter().all(|run| run.month != month) {
        return Err(PublicError::new(
            ErrorCode::NotFound,
            "No statement of this month",
            format!("There is no statement of {}.", month.label()),
            "A month is closed in the first days of the next one, if anything was earned in it.",
        )
        .into());
    }
    let mut lines: Vec<StatementLine> = Vec::new();
    for account in accounts(&books, &all, &runs, id) {
        let Some(at) = account.runs.iter().position(|run| run.month == month) else { continue };
        let own: Vec<PlacedLine> = account.lines.iter().map(|line| (*line).clone()).collect();
        let before = carried(&own, &account.places, &account.runs, at).filter(|it| it.minor != 0);
        lines.extend(before.map(|amount| StatementLine {
            key: "carried_over".to_owned(),
            at: month.start(),
            reason: Reason::default(),
            amount,
        }));
        lines.extend(account.of_month(Some(month)).map(|it| it.line.clone()));
    }
    csv(&lines).map_err(|error| Error::Corrupt(format!("a statement could not be written: {error}")))
}
