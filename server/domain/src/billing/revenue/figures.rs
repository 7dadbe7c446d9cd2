//! Sums of one currency.

use super::{Account, Names};
use crate::billing::payout::closing::{carried, closed, earned};
use crate::billing::payout::{HOLD_MS, PlacedLine, threshold};
use crate::ports::PayoutRun;
use contract::money::Money;
use contract::revenue::{CurrencyRevenue, MonthSum, NamedSum, NextPayout, PayoutSetup, RunState, StatementSum};
use contract::{ListingId, Month, Timestamp};
use std::collections::{BTreeMap, HashSet};

/// Months in the picture.
const MONTHS: usize = 12;

fn sale(it: &PlacedLine) -> bool {
    it.line.key.starts_with("sale:")
}

/// All figures of an account.
pub fn figures(it: &Account<'_>, names: &Names, setup: PayoutSetup, now: Timestamp) -> CurrencyRevenue {
    // More than fits can't be shown; nothing is computed from it.
    let money = |minor: i128| Money::new(i64::try_from(minor).unwrap_or(i64::MAX), it.currency);
    let sum =
        |lines: &mut dyn Iterator<Item = &PlacedLine>| lines.map(|it| i128::from(it.line.amount.minor)).sum::<i128>();
    let total = sum(&mut it.lines.iter().copied().filter(|line| earned(line)));
    let paid = -sum(&mut it.lines.iter().copied().filter(|line| !earned(line)));
    let pending = pending(it, now);
    CurrencyRevenue {
        currency: it.currency,
        earned: money(total),
        pending: money(pending),
        owed: money(total - paid - it.on_its_way - pending),
        on_its_way: money(it.on_its_way),
        paid: money(paid),
        next: next(it, setup, now),
        months: months(it, now),
        listings: listings(it, names),
        plans: plans(it, names),
        statements: statements(it),
    }
}

/// What is in no statement and was sold so recently that it may go back, less what went back of it.
fn pending(it: &Account<'_>, now: Timestamp) -> i128 {
    let held = |line: &PlacedLine| sale(line) && line.line.at.plus_ms(HOLD_MS) > now;
    let open = || it.of_month(None);
    let recent: HashSet<&str> = open().filter(|line| held(line)).map(|line| line.line.reason.line.as_str()).collect();
    let lines = open().filter(|line| recent.contains(line.line.reason.line.as_str()));
    lines.map(|line| i128::from(line.line.amount.minor)).sum()
}

/// The run that is under way, or the next one as things are now.
fn next(it: &Account<'_>, setup: PayoutSetup, now: Timestamp) -> Option<NextPayout> {
    let open = it.runs.iter().find(|run| matches!(run.state, RunState::Planned | RunState::Sent));
    if let Some(run) = open {
        return Some(NextPayout { at: run.made_at, amount: run.amount, note: run.waits.clone() });
    }
    let month = Month::of(now);
    let at = month.next().start();
    let coming = PayoutRun {
        id: String::new(),
        partner: it.runs.first().map(|run| run.partner.clone()).unwrap_or_default(),
        month,
        amount: Money::new(0, it.currency),
        state: RunState::Carried,
        transfer: None,
        attempt: 0,
        waits: String::new(),
        through: i64::MAX,
        cutoff: at.plus_ms(-HOLD_MS),
        made_at: at,
        reversed_at: None,
    };
    let mut runs = it.runs.clone();
    runs.push(&coming);
    let last = runs.len() - 1;
    let lines: Vec<PlacedLine> = it.lines.iter().map(|line| (*line).clone()).collect();
    let places = closed(&lines, &runs);
    let new = lines.iter().zip(&places).filter(|(_, place)| **place == Some(last));
    let new: i64 = new.map(|(line, _)| line.line.amount.minor).sum();
    let amount = carried(&lines, &places, &runs, last)?.plus(Money::new(new, it.currency))?;
    let smallest = threshold(it.currency);
    let note = if amount.minor < smallest.minor {
        format!("Less than {smallest} goes over to the month after.")
    } else if setup == PayoutSetup::Ready {
        String::new()
    } else {
        "It waits until payouts are set up.".to_owned()
    };
    (amount.minor != 0).then_some(NextPayout { at, amount, note })
}

fn months(it: &Account<'_>, now: Timestamp) -> Vec<MonthSum> {
    let nothing = Money::new(0, it.currency);
    let mut month = Month::of(now);
    let mut sums = Vec::with_capacity(MONTHS);
    for _ in 0..MONTHS {
        sums.push(MonthSum { month, sales: nothing, refunds: nothing, earned: nothing });
        month = month.before();
    }
    sums.reverse();
    for line in it.lines.iter().filter(|line| earned(line)) {
        let Some(sum) = sums.iter_mut().find(|sum| sum.month == Month::of(line.line.at)) else { continue };
        let minor = line.line.amount.minor;
        let part = if sale(line) { &mut sum.sales } else { &mut sum.refunds };
        part.minor = part.minor.saturating_add(minor);
        sum.earned.minor = sum.earned.minor.saturating_add(minor);
    }
    sums
}

/// Sums by something, the largest first.
fn by<K: Ord>(
    it: &Account<'_>,
    key: impl Fn(&PlacedLine) -> K,
    named: impl Fn(&K) -> (String, String, String),
) -> Vec<NamedSum> {
    let mut sums = BTreeMap::<K, (i64, u32)>::new();
    for line in it.lines.iter().filter(|line| earned(line)) {
        let sum = sums.entry(key(line)).or_default();
        sum.0 = sum.0.saturating_add(line.line.amount.minor);
        sum.1 += u32::from(sale(line));
    }
    let mut named: Vec<NamedSum> = sums
        .iter()
        .map(|(key, (minor, sales))| {
            let (href, name, note) = named(key);
            NamedSum { href, name, note, earned: Money::new(*minor, it.currency), sales: *sales }
        })
        .collect();
    named.sort_by_key(|it| std::cmp::Reverse(it.earned.minor));
    named
}

fn listing_of(it: &PlacedLine) -> ListingId {
    it.line.reason.listing.clone().unwrap_or_default()
}

fn listings(it: &Account<'_>, names: &Names) -> Vec<NamedSum> {
    by(it, listing_of, |id| (format!("/integrations/{id}"), names.listing(id), String::new()))
}

fn plans(it: &Account<'_>, names: &Names) -> Vec<NamedSum> {
    let key = |line: &PlacedLine| (listing_of(line), line.line.reason.plan.clone());
    by(it, key, |(id, plan)| (String::new(), names.plan(id, plan), names.listing(id)))
}

fn statements(it: &Account<'_>) -> Vec<StatementSum> {
    let lines: Vec<PlacedLine> = it.lines.iter().map(|line| (*line).clone()).collect();
    let runs = it.runs.iter().enumerate().rev();
    let statement = |(at, run): (usize, &&PayoutRun)| {
        let carried = carried(&lines, &it.places, &it.runs, at)?;
        let earned = Money::new(run.amount.minor.checked_sub(carried.minor)?, it.currency);
        let (month, total, state) = (run.month, run.amount, run.state);
        Some(StatementSum { month, carried, earned, total, state, waits: run.waits.clone() })
    };
    runs.filter_map(statement).collect()
}
