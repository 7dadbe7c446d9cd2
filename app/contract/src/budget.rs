//! How much an organization means to spend in a month, and what it has spent.

use crate::Timestamp;
use crate::json::FromJson;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Percent of a budget at which people can be told.
pub const ALERTS: [u32; 3] = [50, 80, 100];

/// The budget of an organization in this calendar month (UTC).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
pub struct BudgetView {
    /// So much in a month, if there is a budget.
    pub amount: Option<Money>,
    /// Percent at which people are told, rising.
    pub alerts: Vec<u32>,
    /// Invoices of this month that are open or paid.
    pub invoiced: Money,
    /// What is used so far and on no invoice yet.
    pub used: Money,
    /// Both together.
    pub spent: Money,
    /// Begin of the month.
    pub month: Timestamp,
}

impl BudgetView {
    /// Percent of the budget that is spent, rounded down; nothing without a budget.
    pub fn percent(&self) -> Option<i64> {
        let amount = self.amount.filter(|it| it.minor > 0)?;
        let percent = i128::from(self.spent.minor) * 100 / i128::from(amount.minor);
        Some(i64::try_from(percent).unwrap_or(i64::MAX))
    }
}
