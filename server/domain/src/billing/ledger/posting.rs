//! One event of money, as it stands in the books.

use super::Account;
use contract::money::Money;
use contract::{ListingId, Timestamp};

/// One side of a movement. Debits are positive, credits negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub account: Account,
    /// How much.
    pub money: Money,
}

/// Why a partner gets what a posting gives them, for their statement.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reason {
    /// Invoice at the processor.
    pub invoice: String,
    /// Line of the invoice.
    pub line: String,
    /// What was sold.
    pub listing: Option<ListingId>,
    /// The plan that was sold.
    pub plan: String,
    /// The rule that was applied.
    pub rule: String,
    /// The partner's part in hundredths of a percent.
    pub share: u16,
}

/// One event, which balances in each currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// What happened and to what, such as `sale:il_1`: posted at most once.
    pub key: String,
    /// When it happened.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
    entries: Vec<Entry>,
}

impl Posting {
    /// Nothing has moved yet.
    pub const fn new(key: String, at: Timestamp, reason: Reason) -> Self {
        Self { key, at, reason, entries: Vec::new() }
    }

    /// An amount moves from one account to another; a negative one the other way. This is the only way to make entries.
    #[must_use]
    pub fn moved(mut self, from: &Account, to: &Account, money: Money) -> Self {
        if money.minor != 0 && from != to {
            self.entries.push(Entry { account: to.clone(), money });
            self.entries.push(Entry { account: from.clone(), money: money.negated() });
        }
        self
    }

    /// The same, because of this invoice.
    #[must_use]
    pub fn of(mut self, invoice: &str) -> Self {
        invoice.clone_into(&mut self.reason.invoice);
        self
    }

    /// A posting as it was kept. One that does not balance is refused: nothing that is read can be wrong in silence.
    pub fn kept(key: String, at: Timestamp, reason: Reason, entries: Vec<Entry>) -> Option<Self> {
        let posting = Self { key, at, reason, entries };
        posting.balances().then_some(posting)
    }

    /// What moved.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What happened: the key up to the colon.
    pub fn kind(&self) -> &str {
        self.key.split(':').next().unwrap_or(&self.key)
    }

    fn balances(&self) -> bool {
        let mut sums = std::collections::BTreeMap::<_, i128>::new();
        for Entry { money, .. } in &self.entries {
            *sums.entry(money.currency).or_default() += i128::from(money.minor);
        }
        sums.values().all(|sum| *sum == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::money::Currency;

    #[test]
    fn what_moves_leaves_one_account_and_arrives_in_another() {
        let usd = Money::new(100, Currency::USD);
        let posting = Posting::new("fee:1".into(), Timestamp(0), Reason::default())
            .moved(&Account::Processor, &Account::ProcessorFees, usd)
            .moved(&Account::Processor, &Account::Processor, usd)
            .moved(&Account::Processor, &Account::Tax, Money::new(0, Currency::USD));
        let expected = [
            Entry { account: Account::ProcessorFees, money: usd },
            Entry { account: Account::Processor, money: usd.negated() },
        ];
        assert_eq!(posting.entries(), expected);
        assert_eq!(posting.kind(), "fee");
    }

    #[test]
    fn what_does_not_balance_in_a_currency_is_not_read() {
        let entry = |minor, currency| Entry { account: Account::Tax, money: Money::new(minor, currency) };
        let kept = |entries| Posting::kept("x:1".into(), Timestamp(0), Reason::default(), entries);
        assert!(kept(vec![entry(1, Currency::USD), entry(-1, Currency::USD)]).is_some());
        assert!(kept(vec![entry(1, Currency::USD), entry(-1, Currency::EUR)]).is_none());
        assert!(kept(vec![entry(1, Currency::USD)]).is_none());
    }
}
