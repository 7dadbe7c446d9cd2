//! Closed months of partners, and what became of their totals.

use crate::Database;
use crate::effects::apply;
use crate::entity::{ledger_entry, ledger_posting, payout_run};
use crate::ledger::post;
use async_trait::async_trait;
use contract::money::{Currency, Money};
use contract::revenue::RunState;
use contract::{Month, PartnerId, Timestamp};
use domain::billing::ledger::{Account, Posting};
use domain::ports::{Effects, PayoutRun, PayoutRuns};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    TryInsertResult,
};

fn kept(row: payout_run::Model) -> Result<PayoutRun> {
    let wrong = |what: &str| Error::Corrupt(format!("{what} of payout run {}", row.id));
    let currency = Currency::parse(&row.currency).ok_or_else(|| wrong("currency"))?;
    let state = RunState::ALL.into_iter().find(|it| it.as_str() == row.state).ok_or_else(|| wrong("state"))?;
    Ok(PayoutRun {
        month: Month::parse(&row.month).ok_or_else(|| wrong("month"))?,
        attempt: u32::try_from(row.attempt).map_err(|_| wrong("attempt"))?,
        amount: Money::new(row.amount, currency),
        state,
        id: row.id,
        partner: PartnerId(row.partner_id),
        transfer: row.transfer,
        waits: row.waits,
        through: row.through,
        cutoff: Timestamp(row.cutoff),
        made_at: Timestamp(row.made_at),
        reversed_at: row.reversed_at.map(Timestamp),
    })
}

impl Database {
    async fn runs(&self, found: Select<payout_run::Entity>) -> Result<Vec<PayoutRun>> {
        let found = found
            .order_by_asc(payout_run::Column::Month)
            .order_by_asc(payout_run::Column::Currency)
            .order_by_asc(payout_run::Column::Id);
        found.all(&self.connection).await.map_err(Error::storage)?.into_iter().map(kept).collect()
    }
}

#[async_trait]
impl PayoutRuns for Database {
    async fn last_posting(&self) -> Result<i64> {
        let tx = self.begin().await?;
        if self.is_postgres() {
            // Numbers are drawn before a transaction is over. This waits for all that are under way, so that no smaller
            // number appears later. On SQLite there is one writer at a time: this one.
            tx.execute_unprepared("LOCK TABLE ledger_posting IN SHARE ROW EXCLUSIVE MODE")
                .await
                .map_err(Error::storage)?;
        }
        let last: Option<Option<i64>> = ledger_posting::Entity::find()
            .select_only()
            .column_as(ledger_posting::Column::Sequence.max(), "last")
            .into_tuple()
            .one(&tx)
            .await
            .map_err(Error::storage)?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(last.flatten().unwrap_or_default())
    }

    async fn earning_partners(&self) -> Result<Vec<PartnerId>> {
        let name = Account::PartnerPayable(PartnerId::default());
        let owners: Vec<String> = ledger_entry::Entity::find()
            .select_only()
            .column(ledger_entry::Column::Owner)
            .filter(ledger_entry::Column::Account.eq(name.name()))
            .distinct()
            .order_by_asc(ledger_entry::Column::Owner)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        Ok(owners.into_iter().map(PartnerId).collect())
    }

    async fn plan(&self, run: &PayoutRun) -> Result<bool> {
        let row = payout_run::ActiveModel {
            id: Set(run.id.clone()),
            partner_id: Set(run.partner.0.clone()),
            currency: Set(run.currency().code().to_owned()),
            month: Set(run.month.to_string()),
            amount: Set(run.amount.minor),
            state: Set(run.state.as_str().to_owned()),
            transfer: Set(run.transfer.clone()),
            attempt: Set(run.attempt.into()),
            waits: Set(run.waits.clone()),
            through: Set(run.through),
            cutoff: Set(run.cutoff.0),
            made_at: Set(run.made_at.0),
            reversed_at: Set(run.reversed_at.map(|it| it.0)),
        };
        let unique = [payout_run::Column::PartnerId, payout_run::Column::Currency, payout_run::Column::Month];
        let inserted = payout_run::Entity::insert(row).on_conflict_do_nothing_on(unique).exec(&self.connection).await;
        Ok(matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_)))
    }

    async fn runs_of(&self, partner: &PartnerId) -> Result<Vec<PayoutRun>> {
        self.runs(payout_run::Entity::find().filter(payout_run::Column::PartnerId.eq(partner.as_str()))).await
    }

    async fn open_runs(&self) -> Result<Vec<PayoutRun>> {
        let open = [RunState::Planned, RunState::Sent].map(RunState::as_str);
        self.runs(payout_run::Entity::find().filter(payout_run::Column::State.is_in(open))).await
    }

    async fn all_runs(&self) -> Result<Vec<PayoutRun>> {
        self.runs(payout_run::Entity::find()).await
    }

    async fn payout_run(&self, id: &str) -> Result<Option<PayoutRun>> {
        let row = payout_run::Entity::find_by_id(id).one(&self.connection).await.map_err(Error::storage)?;
        row.map(kept).transpose()
    }

    async fn advance(&self, run: &PayoutRun, from: RunState, postings: &[Posting], effects: &Effects) -> Result<bool> {
        use payout_run::Column;
        let tx = self.begin().await?;
        let changed = payout_run::Entity::update_many()
            .col_expr(Column::State, Expr::value(run.state.as_str()))
            .col_expr(Column::Transfer, Expr::value(run.transfer.clone()))
            .col_expr(Column::Attempt, Expr::value(i64::from(run.attempt)))
            .col_expr(Column::Waits, Expr::value(run.waits.as_str()))
            .col_expr(Column::ReversedAt, Expr::value(run.reversed_at.map(|it| it.0)))
            .filter(Column::Id.eq(&run.id))
            .filter(Column::State.eq(from.as_str()))
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        post(&tx, postings).await?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)?;
        Ok(true)
    }
}
