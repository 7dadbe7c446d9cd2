//! What goes back of an invoice: which part of each line, so that it adds up to what went back, and everybody gives back in
//! the end exactly what they got, however many steps it takes.

use super::ledger::rules::{self, Line, Parts};
use super::ledger::{Account, Entry, Posting};
use super::share::Applied;
use super::split::split;
use crate::ports::Posted;
use contract::money::{Currency, Money};
use contract::{OrganizationId, PartnerId, Timestamp};
use std::collections::BTreeMap;

/// Minor units of the sides of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sides {
    partner: i64,
    platform: i64,
    tax: i64,
}

impl Sides {
    /// What these entries take from the sides; a sale gives, so of it this is negative.
    fn taken(entries: &[Entry]) -> Self {
        let mut sides = Self::default();
        for Entry { account, money } in entries {
            match account {
                Account::PartnerPayable(_) => sides.partner += money.minor,
                Account::PlatformRevenue => sides.platform += money.minor,
                Account::Tax => sides.tax += money.minor,
                _ => {}
            }
        }
        sides
    }

    const fn net(self) -> i64 {
        self.partner + self.platform
    }
}

/// A line as it was posted, and what went back of it.
#[derive(Clone, Debug)]
struct SoldLine {
    line: Line,
    rule: Applied,
    back: Sides,
}

impl SoldLine {
    /// What is left of it: without tax, and tax.
    const fn left(&self) -> [i64; 2] {
        [self.line.net.minor - self.back.net(), self.line.tax.minor - self.back.tax]
    }

    /// The sides' parts when so much goes back. The partner's is what they owe back of everything that went back until then,
    /// less what they gave back already.
    fn parts(&self, net: i64, tax: i64) -> Sides {
        let gone = Money::new(self.back.net() + net, self.line.net.currency);
        let partner = split(gone, self.rule.partner).partner.minor - self.back.partner;
        Sides { partner, platform: net - partner, tax }
    }
}

/// Everything that was posted of one invoice.
#[derive(Clone, Debug, Default)]
pub struct InvoiceLedger {
    /// Place of the last posting.
    pub seen: i64,
    /// Who pays, once something was sold.
    pub organization: Option<OrganizationId>,
    lines: Vec<SoldLine>,
    postings: BTreeMap<String, Posting>,
}

impl InvoiceLedger {
    /// Reads what was posted.
    pub fn read(posted: &[Posted]) -> Self {
        let mut ledger = Self::default();
        for it in posted {
            ledger.seen = ledger.seen.max(it.sequence);
            ledger.add(&it.posting);
        }
        ledger
    }

    /// Counts a posting that is there, or about to be.
    pub fn add(&mut self, posting: &Posting) {
        if self.postings.contains_key(&posting.key) {
            return;
        }
        if posting.kind() == "sale" {
            self.sold(posting);
        } else if let Some(line) = self.lines.iter_mut().find(|it| it.line.id == posting.reason.line) {
            let taken = Sides::taken(posting.entries());
            line.back.partner += taken.partner;
            line.back.platform += taken.platform;
            line.back.tax += taken.tax;
        }
        self.postings.insert(posting.key.clone(), posting.clone());
    }

    fn sold(&mut self, posting: &Posting) {
        let taken = Sides::taken(posting.entries());
        let mut partner = PartnerId::default();
        let (mut organization, mut currency) = (None, None::<Currency>);
        for Entry { account, money } in posting.entries() {
            currency = Some(money.currency);
            match account {
                Account::PartnerPayable(it) => partner = it.clone(),
                Account::Customer(it) => organization = Some(it.clone()),
                _ => {}
            }
        }
        // One that moved nothing has nothing to give back.
        let (Some(organization), Some(currency)) = (organization, currency) else { return };
        let reason = &posting.reason;
        let line = Line {
            id: reason.line.clone(),
            invoice: reason.invoice.clone(),
            organization: organization.clone(),
            partner,
            listing: reason.listing.clone().unwrap_or_default(),
            plan: reason.plan.clone(),
            net: Money::new(-taken.net(), currency),
            tax: Money::new(-taken.tax, currency),
        };
        self.organization = Some(organization);
        self.lines.push(SoldLine { line, rule: rules::share_of(reason), back: Sides::default() });
    }

    /// Whether this was posted.
    pub fn has(&self, key: &str) -> bool {
        self.postings.contains_key(key)
    }

    /// Whether this was posted and not posted back.
    pub fn stands(&self, key: &str) -> bool {
        self.has(key) && !self.has(&rules::back_key(key))
    }

    /// Postings that take back what these keys begin.
    pub fn back(&self, prefixes: &[&str], at: Timestamp) -> Vec<Posting> {
        let wanted = |key: &str| prefixes.iter().any(|prefix| key.starts_with(prefix)) && self.stands(key);
        self.postings.iter().filter(|(key, _)| wanted(key)).map(|(_, posting)| rules::back(posting, at)).collect()
    }

    /// Credits of an amount, tax included, over what is left of the lines. No more goes back than is left.
    pub fn credits(&self, credit: &str, amount: Money, at: Timestamp) -> Vec<Posting> {
        let left: Vec<i64> = self.lines.iter().flat_map(SoldLine::left).collect();
        let parts = allocate(amount.minor, &left);
        let credited =
            self.lines.iter().zip(parts.chunks_exact(2)).filter(|(_, parts)| parts.iter().any(|it| *it != 0));
        credited
            .map(|(sold, parts)| {
                let Sides { partner, platform, tax } = sold.parts(parts[0], parts[1]);
                let money = |minor| Money::new(minor, amount.currency);
                let parts = Parts { partner: money(partner), platform: money(platform), tax: money(tax) };
                rules::credit_parts(credit, &sold.line, &sold.rule, parts, at)
            })
            .collect()
    }
}

/// Parts of an amount in proportion to these weights, by the largest remainder: they add up to it. Of weights that add up to
/// less, all; a weight of the other sign gets a part of the other sign. No part is beyond its weight.
pub fn allocate(amount: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().copied().map(i128::from).sum();
    let amount = i128::from(amount).min(total);
    if total <= 0 || amount <= 0 {
        return vec![0; weights.len()];
    }
    let shares: Vec<i128> = weights.iter().map(|weight| i128::from(*weight) * amount).collect();
    let mut parts: Vec<i128> = shares.iter().map(|share| share.div_euclid(total)).collect();
    let missing = amount - parts.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(shares[*at].rem_euclid(total)));
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or_default()) {
        parts[at] += 1;
    }
    // Each is between nothing and its weight, which fits.
    parts.into_iter().map(|part| i64::try_from(part).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Balances;
    use super::super::split::BasisPoints;
    use super::*;
    use proptest::prelude::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn the_largest_remainder_gets_what_is_left() {
        assert_eq!(allocate(100, &[70, 70, 70]), [34, 33, 33]);
        assert_eq!(allocate(5, &[70, 20, 10]), [4, 1, 0]);
        assert_eq!(allocate(50, &[120, -20]), [60, -10]);
        assert_eq!(allocate(200, &[60, 40]), [60, 40], "no more than there is");
        assert_eq!(allocate(10, &[0, 0]), [0, 0]);
        assert_eq!(allocate(i64::MAX, &[i64::MAX, i64::MAX])[0], i64::MAX / 2 + 1);
    }

    fn invoice(lines: &[(i64, i64, u16)]) -> Vec<Posted> {
        let sale = |(at, (net, tax, share)): (usize, &(i64, i64, u16))| {
            let line = Line {
                id: format!("il_{at}"),
                invoice: "in_1".to_owned(),
                organization: "org".into(),
                partner: format!("partner-{at}").into(),
                listing: "monitor".into(),
                plan: "team".to_owned(),
                net: usd(*net),
                tax: usd(*tax),
            };
            let rule = Applied { rule: "r".to_owned(), partner: BasisPoints::new(*share) };
            Posted { sequence: i64::try_from(at).unwrap() + 1, posting: rules::sale(&line, &rule, Timestamp(0)) }
        };
        lines.iter().enumerate().map(sale).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_refund_in_steps_some_of_which_fail_returns_what_each_side_got(
            lines in prop::collection::vec((1..100_000_i64, 0..20_000_i64, 0..=10_000_u16), 1..6),
            given_back in 0..100_000_i64,
            steps in prop::collection::vec((1..90_000_i64, any::<bool>()), 0..8),
        ) {
            let mut lines = lines;
            // A change of plan gives something of the first line back.
            let (net, _, share) = lines[0];
            lines.push((-given_back.min(net), 0, share));
            let posted = invoice(&lines);
            let total: i64 = lines.iter().map(|(net, tax, _)| net + tax).sum();
            let mut ledger = InvoiceLedger::read(&posted);
            let mut all: Vec<Posting> = posted.iter().map(|it| it.posting.clone()).collect();
            let mut left = total;
            for (number, (amount, fails)) in steps.iter().enumerate() {
                let amount = (*amount).min(left);
                let credits = ledger.credits(&format!("re_{number}"), usd(amount), Timestamp(0));
                let credited: i64 = credits
                    .iter()
                    .flat_map(Posting::entries)
                    .filter(|it| matches!(it.account, Account::Customer(_)))
                    .map(|it| -it.money.minor)
                    .sum();
                prop_assert_eq!(credited, amount, "exactly what was refunded");
                for it in &credits {
                    ledger.add(it);
                }
                all.extend(credits);
                left -= amount;
                if *fails {
                    let back = ledger.back(&[&format!("credit:re_{number}:")], Timestamp(0));
                    for it in &back {
                        ledger.add(it);
                    }
                    all.extend(back);
                    left += amount;
                }
            }
            let rest = ledger.credits("re_rest", usd(left), Timestamp(0));
            all.extend(rest);
            for (account, _, balance) in Balances::of(&all).iter() {
                prop_assert_eq!(balance, 0, "{} keeps something", account);
            }
        }
    }
}
