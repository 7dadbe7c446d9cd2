//! Paying partners: months are closed, their totals transferred, and what was wrong is taken back by another posting.
//!
//! A run is written before its transfer is ordered, so whoever is stopped at any point goes on where it stopped.

pub mod closing;
mod plan;
mod reverse;
mod send;
mod setup;
mod told;

pub use plan::plan_month;
pub use reverse::reverse;
pub use send::{Worked, send_open, take_arrived};
pub use setup::set_up;

use super::ledger::Account;
use super::statement::{self, StatementLine};
use crate::ports::Posted;
use crate::{Result, Services};
use contract::PartnerId;
use contract::money::{Currency, Money};

/// Kind of the job that closes months and sends what is due. Key: `daily`.
pub const PAYOUTS_JOB: &str = "payouts";

/// A sale is paid out no sooner than so many days after it, because it may go back.
pub const HOLD_DAYS: i64 = 14;
/// The same in milliseconds.
pub const HOLD_MS: i64 = HOLD_DAYS * 86_400_000;
/// Less than so many major units of a currency is not worth a transfer; it goes over to the next month.
pub const THRESHOLD_MAJOR: i64 = 50;

/// The smallest amount that is transferred.
pub const fn threshold(currency: Currency) -> Money {
    Money::new(THRESHOLD_MAJOR * currency.scale(), currency)
}

/// Read at once.
const STEP: u64 = 500;

/// A line of a partner's books and its place in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedLine {
    /// Rises with each posting.
    pub sequence: i64,
    /// What was sold, before it was divided, without tax; nothing for what was no sale.
    pub net: i64,
    /// The line.
    pub line: StatementLine,
}

/// Everything that was ever posted for a partner.
pub async fn books_of(services: &Services, partner: &PartnerId) -> Result<Vec<Posted>> {
    let mut all: Vec<Posted> = Vec::new();
    loop {
        let after = all.last().map_or(0, |it| it.sequence);
        let step = services.ledger.posted_for(partner, after, STEP).await?;
        if step.is_empty() {
            return Ok(all);
        }
        all.extend(step);
    }
}

/// Lines of a partner with their places.
pub fn placed(books: &[Posted], partner: &PartnerId) -> Vec<PlacedLine> {
    let placed = |it: &Posted| {
        let line = statement::lines(std::slice::from_ref(&it.posting), partner).pop()?;
        let sides = it
            .posting
            .entries()
            .iter()
            .filter(|entry| matches!(entry.account, Account::PartnerPayable(_) | Account::PlatformRevenue));
        Some(PlacedLine { sequence: it.sequence, net: -sides.map(|entry| entry.money.minor).sum::<i64>(), line })
    };
    books.iter().filter_map(placed).collect()
}
