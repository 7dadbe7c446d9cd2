//! Closing months.

use super::closing::{carried, closed, earned, of_currency};
use super::{HOLD_MS, books_of, placed, threshold};
use crate::ports::PayoutRun;
use crate::{Error, Result, Services};
use contract::money::Currency;
use contract::revenue::RunState;
use contract::{Month, PartnerId};
use std::collections::BTreeSet;

/// Closes the month that ended last, for every partner and currency in which there is something to close. Gives how many.
pub async fn plan_month(services: &Services) -> Result<u32> {
    let month = Month::of(services.clock.now()).before();
    let through = services.payout_runs.last_posting().await?;
    let mut planned = 0;
    for partner in services.payout_runs.earning_partners().await? {
        planned += plan_partner(services, &partner, month, through).await?;
    }
    Ok(planned)
}

async fn plan_partner(services: &Services, partner: &PartnerId, month: Month, through: i64) -> Result<u32> {
    let runs = services.payout_runs.runs_of(partner).await?;
    let mut lines = placed(&books_of(services, partner).await?, partner);
    lines.retain(|it| it.sequence <= through);
    let currencies: BTreeSet<Currency> =
        lines.iter().filter(|it| earned(it)).map(|it| it.line.amount.currency).collect();
    let mut planned = 0;
    for currency in currencies {
        let mut earlier = of_currency(&runs, currency);
        // Closed already, or by a clock that was ahead of ours.
        if earlier.iter().any(|run| run.month >= month) {
            continue;
        }
        let now = services.clock.now();
        let mut run = PayoutRun {
            id: services.ids.id("run", now),
            partner: partner.clone(),
            month,
            amount: threshold(currency),
            state: RunState::Carried,
            transfer: None,
            attempt: 0,
            waits: String::new(),
            through,
            cutoff: month.next().start().min(now.plus_ms(-HOLD_MS)),
            made_at: now,
            reversed_at: None,
        };
        earlier.push(&run);
        let (places, last) = (closed(&lines, &earlier), earlier.len() - 1);
        let before = carried(&lines, &places, &earlier, last);
        let before = before.ok_or_else(|| Error::Corrupt(format!("more than there can be is owed to {partner}")))?;
        let new: Vec<i64> = lines
            .iter()
            .zip(&places)
            .filter(|(_, place)| **place == Some(last))
            .map(|(it, _)| it.line.amount.minor)
            .collect();
        let amount = new.iter().try_fold(before.minor, |sum, minor| sum.checked_add(*minor));
        let minor = amount.ok_or_else(|| Error::Corrupt(format!("more than there can be is owed to {partner}")))?;
        let worth = minor >= threshold(currency).minor;
        // A month in which nothing happened is closed only where something is paid.
        if new.is_empty() && !worth {
            continue;
        }
        run.amount.minor = minor;
        if worth {
            run.state = RunState::Planned;
        }
        if services.payout_runs.plan(&run).await? {
            tracing::info!(run = run.id, %partner, %month, amount = %run.amount, "month closed");
            planned += 1;
        }
    }
    Ok(planned)
}
