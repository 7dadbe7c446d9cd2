//! What is in each account.

use super::{Account, Entry, Posting};
use contract::PartnerId;
use contract::money::{Currency, Money};
use std::collections::BTreeMap;

/// Balances of all accounts that were ever used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<(Account, Currency), i128>);

impl Balances {
    /// Adds what a posting moves.
    pub fn add(&mut self, posting: &Posting) {
        for Entry { account, money } in posting.entries() {
            *self.0.entry((account.clone(), money.currency)).or_default() += i128::from(money.minor);
        }
    }

    /// Balances after these postings.
    pub fn of<'a>(postings: impl IntoIterator<Item = &'a Posting>) -> Self {
        let mut balances = Self::default();
        postings.into_iter().for_each(|posting| balances.add(posting));
        balances
    }

    /// One balance; a debit balance is positive.
    pub fn get(&self, account: &Account, currency: Currency) -> i128 {
        self.0.get(&(account.clone(), currency)).copied().unwrap_or_default()
    }

    /// What a partner has earned and was not yet paid.
    pub fn owed_to(&self, partner: &PartnerId, currency: Currency) -> Option<Money> {
        let owed = -self.get(&Account::PartnerPayable(partner.clone()), currency);
        i64::try_from(owed).ok().map(|minor| Money::new(minor, currency))
    }

    /// What can be transferred to a partner now: what they earned, less what is on its way.
    pub fn transferable_to(&self, partner: &PartnerId, currency: Currency) -> Option<Money> {
        let on_its_way = self.get(&Account::PartnerTransit(partner.clone()), currency);
        let owed = -self.get(&Account::PartnerPayable(partner.clone()), currency);
        i64::try_from(owed - on_its_way).ok().map(|minor| Money::new(minor, currency))
    }

    /// The sum of everything in each currency: zero, always.
    pub fn sums(&self) -> BTreeMap<Currency, i128> {
        let mut sums = BTreeMap::new();
        for ((_, currency), amount) in &self.0 {
            *sums.entry(*currency).or_default() += amount;
        }
        sums
    }

    /// All of them, in the order of the accounts.
    pub fn iter(&self) -> impl Iterator<Item = (&Account, Currency, i128)> {
        self.0.iter().map(|((account, currency), amount)| (account, *currency, *amount))
    }
}
