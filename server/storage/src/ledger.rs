//! The books.

use crate::Database;
use crate::convert::to_currency;
use crate::entity::{ledger_entry, ledger_posting};
use async_trait::async_trait;
use contract::money::Money;
use contract::{ListingId, PartnerId, Timestamp};
use domain::billing::ledger::{Account, Balances, Entry, Posting, Reason};
use domain::ports::{Ledger, Posted};
use domain::{Error, Result};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, TryInsertResult,
};
use std::collections::HashMap;

/// Its row number, unless it was posted before.
async fn add(tx: &DatabaseTransaction, posting: &Posting) -> Result<Option<i64>> {
    let reason = &posting.reason;
    let row = ledger_posting::ActiveModel {
        sequence: NotSet,
        key: Set(posting.key.clone()),
        at: Set(posting.at.0),
        invoice: Set(reason.invoice.clone()),
        line: Set(reason.line.clone()),
        listing_id: Set(reason.listing.as_ref().map(|it| it.0.clone()).unwrap_or_default()),
        plan: Set(reason.plan.clone()),
        rule: Set(reason.rule.clone()),
        share: Set(reason.share.into()),
    };
    match ledger_posting::Entity::insert(row)
        .on_conflict_do_nothing_on([ledger_posting::Column::Key])
        .exec(tx)
        .await
        .map_err(Error::storage)?
    {
        TryInsertResult::Inserted(done) => Ok(Some(done.last_insert_id)),
        TryInsertResult::Conflicted | TryInsertResult::Empty => Ok(None),
    }
}

fn entry_row(posting: i64, entry: &Entry) -> ledger_entry::ActiveModel {
    ledger_entry::ActiveModel {
        sequence: NotSet,
        posting: Set(posting),
        account: Set(entry.account.name().to_owned()),
        owner: Set(entry.account.owner().unwrap_or_default().to_owned()),
        currency: Set(entry.money.currency.code().to_owned()),
        minor: Set(entry.money.minor),
    }
}

/// Adds postings in a transaction; gives how many are new.
pub(crate) async fn post(tx: &DatabaseTransaction, postings: &[Posting]) -> Result<u64> {
    let mut new = 0;
    for posting in postings {
        let Some(sequence) = add(tx, posting).await? else { continue };
        new += 1;
        let rows = posting.entries().iter().map(|it| entry_row(sequence, it));
        // One that moves nothing, such as the line of a free month, is still posted once.
        if !posting.entries().is_empty() {
            ledger_entry::Entity::insert_many(rows).exec_without_returning(tx).await.map_err(Error::storage)?;
        }
    }
    Ok(new)
}

fn account(name: &str, owner: &str) -> Result<Account> {
    let text = if owner.is_empty() { name.to_owned() } else { format!("{name}:{owner}") };
    Account::parse(&text).ok_or_else(|| Error::Corrupt(format!("there is no account {text:?}")))
}

fn entry(row: &ledger_entry::Model) -> Result<Entry> {
    let money = Money::new(row.minor, to_currency(&row.currency)?);
    Ok(Entry { account: account(&row.account, &row.owner)?, money })
}

fn posted(row: ledger_posting::Model, entries: Vec<Entry>) -> Result<Posted> {
    let reason = Reason {
        invoice: row.invoice,
        line: row.line,
        listing: (!row.listing_id.is_empty()).then_some(ListingId(row.listing_id)),
        plan: row.plan,
        rule: row.rule,
        share: u16::try_from(row.share).map_err(|_| Error::Corrupt(format!("{} of 10000 is no share", row.share)))?,
    };
    let unbalanced = Error::Corrupt(format!("posting {} does not balance", row.key));
    let posting = Posting::kept(row.key, Timestamp(row.at), reason, entries).ok_or(unbalanced)?;
    Ok(Posted { sequence: row.sequence, posting })
}

impl Database {
    pub(crate) async fn with_entries(&self, found: Select<ledger_posting::Entity>, limit: u64) -> Result<Vec<Posted>> {
        let found = found.order_by_asc(ledger_posting::Column::Sequence).limit(limit);
        let rows = found.all(&self.connection).await.map_err(Error::storage)?;
        let entries = ledger_entry::Entity::find()
            .filter(ledger_entry::Column::Posting.is_in(rows.iter().map(|row| row.sequence)))
            .order_by_asc(ledger_entry::Column::Sequence)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let mut by_posting = HashMap::<i64, Vec<Entry>>::new();
        for row in &entries {
            by_posting.entry(row.posting).or_default().push(entry(row)?);
        }
        rows.into_iter()
            .map(|row| {
                let entries = by_posting.remove(&row.sequence).unwrap_or_default();
                posted(row, entries)
            })
            .collect()
    }
}

#[async_trait]
impl Ledger for Database {
    async fn post(&self, postings: &[Posting]) -> Result<u64> {
        let tx = self.begin().await?;
        let new = post(&tx, postings).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(new)
    }

    async fn posted_after(&self, sequence: i64, limit: u64) -> Result<Vec<Posted>> {
        let later = ledger_posting::Entity::find().filter(ledger_posting::Column::Sequence.gt(sequence));
        self.with_entries(later, limit).await
    }

    async fn posted_for(&self, partner: &PartnerId, after: i64, limit: u64) -> Result<Vec<Posted>> {
        let names = [Account::PartnerPayable(partner.clone()), Account::PartnerTransit(partner.clone())];
        let theirs = Query::select()
            .column(ledger_entry::Column::Posting)
            .from(ledger_entry::Entity)
            .and_where(ledger_entry::Column::Owner.eq(partner.as_str()))
            .and_where(ledger_entry::Column::Account.is_in(names.iter().map(Account::name)))
            .to_owned();
        let found = ledger_posting::Entity::find()
            .filter(ledger_posting::Column::Sequence.gt(after))
            .filter(ledger_posting::Column::Sequence.in_subquery(theirs));
        self.with_entries(found, limit).await
    }

    async fn balances(&self) -> Result<Balances> {
        let mut balances = Balances::default();
        let mut after = 0;
        loop {
            let step = self.posted_after(after, 500).await?;
            let Some(last) = step.last() else { return Ok(balances) };
            after = last.sequence;
            for it in &step {
                balances.add(&it.posting);
            }
        }
    }
}
