//! What we keep of the payment processor.

use crate::Database;
use crate::effects::apply;
use crate::entity::{invoice, payment_notice, subscription};
use crate::ledger::post;
use async_trait::async_trait;
use contract::money::{Currency, Money};
use contract::{ListingId, OrganizationId, Timestamp};
use domain::billing::entitlement::Status;
use domain::billing::ledger::Posting;
use domain::ports::{
    Billing, Bought, Effects, InvoiceStatus, KeptSubscription, PaymentNotice, ProcessorInvoice, ProcessorSubscription,
};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, TryInsertResult,
};

pub(crate) fn kept(row: subscription::Model) -> Result<KeptSubscription> {
    let status = Status::parse(&row.status);
    let status = status.ok_or_else(|| Error::Corrupt(format!("status {:?} of {}", row.status, row.id)))?;
    let bought = Bought {
        organization: OrganizationId(row.organization_id),
        listing: ListingId(row.listing_id),
        plan: row.plan,
        contract: (!row.offer.is_empty()).then_some(row.offer),
    };
    Ok(KeptSubscription {
        state: ProcessorSubscription {
            id: row.id,
            customer: row.customer,
            bought: Some(bought.clone()),
            status,
            period_start: Timestamp(row.period_start),
            period_end: Timestamp(row.period_end),
            cancel_at_period_end: row.cancel_at_period_end,
            seats: u64::try_from(row.seats).unwrap_or_default(),
            item: row.item,
            price: row.price,
            currency: Currency::parse(&row.currency),
        },
        bought,
        past_due_since: row.past_due_since.map(Timestamp),
    })
}

fn to_invoice(row: invoice::Model) -> Result<ProcessorInvoice> {
    let wrong = |what: &str| Error::Corrupt(format!("{what} of invoice {}", row.id));
    let currency = Currency::parse(&row.currency).ok_or_else(|| wrong("currency"))?;
    let status = InvoiceStatus::parse(&row.status).ok_or_else(|| wrong("status"))?;
    Ok(ProcessorInvoice {
        status,
        currency,
        total: Money::new(row.total, currency),
        paid: Money::new(row.paid, currency),
        created: Timestamp(row.created_at),
        paid_at: row.paid_at.map(Timestamp),
        lines: Vec::new(),
        id: row.id,
        number: row.number,
        customer: row.customer,
        url: row.url,
    })
}

/// The row of a subscription, which nobody else changes until the transaction ends.
pub(crate) async fn locked(tx: &DatabaseTransaction, id: &str) -> Result<Option<subscription::Model>> {
    subscription::Entity::find_by_id(id).lock_exclusive().one(tx).await.map_err(Error::storage)
}

/// Stores a subscription as it was when asked at `asked`, in place of the row there was.
pub(crate) async fn put(
    tx: &DatabaseTransaction,
    before: Option<subscription::Model>,
    it: &ProcessorSubscription,
    bought: &Bought,
    asked: Timestamp,
) -> Result<()> {
    let since = before.as_ref().and_then(|row| row.past_due_since).unwrap_or(asked.0);
    let row = subscription::Model {
        id: it.id.clone(),
        organization_id: bought.organization.0.clone(),
        listing_id: bought.listing.0.clone(),
        plan: bought.plan.clone(),
        customer: it.customer.clone(),
        status: it.status.as_str().to_owned(),
        period_start: it.period_start.0,
        period_end: it.period_end.0,
        cancel_at_period_end: it.cancel_at_period_end,
        past_due_since: (it.status == Status::PastDue).then_some(since),
        seats: i64::try_from(it.seats).unwrap_or(i64::MAX),
        offer: bought.contract.clone().unwrap_or_default(),
        item: it.item.clone(),
        price: it.price.clone(),
        currency: it.currency.map(Currency::code).unwrap_or_default().to_owned(),
        created_at: before.as_ref().map_or(asked.0, |row| row.created_at),
        asked_at: asked.0,
    };
    let row = row.into_active_model().reset_all();
    match before {
        Some(_) => subscription::Entity::update(row).exec(tx).await.map(|_| ()),
        None => subscription::Entity::insert(row).exec(tx).await.map(|_| ()),
    }
    .map_err(Error::storage)
}

#[async_trait]
impl Billing for Database {
    async fn take_notice(&self, notice: &PaymentNotice, effects: &Effects, now: Timestamp) -> Result<bool> {
        let tx = self.begin().await?;
        let row = payment_notice::ActiveModel {
            id: Set(notice.id.clone()),
            kind: Set(notice.kind.clone()),
            object: Set(notice.object.clone()),
            at: Set(notice.at.0),
            received_at: Set(now.0),
            followed_at: Set(None),
            account: Set(notice.account.clone()),
        };
        let inserted = payment_notice::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
        let new = matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_));
        if new {
            apply(&tx, effects).await?;
        }
        tx.commit().await.map_err(Error::storage)?;
        Ok(new)
    }

    async fn followed(&self, id: &str, now: Timestamp) -> Result<()> {
        payment_notice::Entity::update_many()
            .col_expr(payment_notice::Column::FollowedAt, Expr::value(now.0))
            .filter(payment_notice::Column::Id.eq(id))
            .exec(&self.connection)
            .await
            .map(|_| ())
            .map_err(Error::storage)
    }

    async fn waiting_notices(&self, before: Timestamp, limit: u64) -> Result<Vec<PaymentNotice>> {
        let rows = payment_notice::Entity::find()
            .filter(payment_notice::Column::FollowedAt.is_null())
            .filter(payment_notice::Column::ReceivedAt.lt(before.0))
            .order_by_asc(payment_notice::Column::ReceivedAt)
            .order_by_asc(payment_notice::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        let notice = |row: payment_notice::Model| PaymentNotice {
            id: row.id,
            kind: row.kind,
            object: row.object,
            at: Timestamp(row.at),
            account: row.account,
        };
        Ok(rows.into_iter().map(notice).collect())
    }

    async fn keep_subscription(&self, it: &ProcessorSubscription, bought: &Bought, asked: Timestamp) -> Result<()> {
        let tx = self.begin().await?;
        let before = locked(&tx, &it.id).await?;
        if before.as_ref().is_some_and(|row| row.asked_at > asked.0) {
            return Ok(());
        }
        put(&tx, before, it, bought, asked).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn kept_subscription(&self, id: &str) -> Result<Option<KeptSubscription>> {
        let row = subscription::Entity::find_by_id(id).one(&self.connection).await.map_err(Error::storage)?;
        row.map(kept).transpose()
    }

    async fn subscriptions_of(&self, organization: &OrganizationId) -> Result<Vec<KeptSubscription>> {
        let rows = subscription::Entity::find()
            .filter(subscription::Column::OrganizationId.eq(&organization.0))
            .order_by_desc(subscription::Column::CreatedAt)
            .order_by_asc(subscription::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(kept).collect()
    }

    async fn keep_invoice(
        &self,
        it: &ProcessorInvoice,
        organization: &OrganizationId,
        postings: &[Posting],
        asked: Timestamp,
    ) -> Result<()> {
        let tx = self.begin().await?;
        // What is paid stays paid: postings are added even when somebody asked later.
        post(&tx, postings).await?;
        let before = invoice::Entity::find_by_id(&it.id).lock_exclusive().one(&tx).await.map_err(Error::storage)?;
        let later = before.as_ref().is_some_and(|row| row.asked_at > asked.0);
        let row = invoice::Model {
            id: it.id.clone(),
            organization_id: organization.0.clone(),
            customer: it.customer.clone(),
            number: it.number.clone(),
            status: it.status.as_str().to_owned(),
            currency: it.currency.code().to_owned(),
            total: it.total.minor,
            paid: it.paid.minor,
            created_at: it.created.0,
            paid_at: it.paid_at.map(|at| at.0),
            url: it.url.clone(),
            asked_at: asked.0,
        };
        let row = row.into_active_model().reset_all();
        match before {
            Some(_) if later => Ok(()),
            Some(_) => invoice::Entity::update(row).exec(&tx).await.map(|_| ()),
            None => invoice::Entity::insert(row).exec(&tx).await.map(|_| ()),
        }
        .map_err(Error::storage)?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn paid_invoices(&self, after: &str, limit: u64) -> Result<Vec<String>> {
        invoice::Entity::find()
            .select_only()
            .column(invoice::Column::Id)
            .filter(invoice::Column::Status.eq(InvoiceStatus::Paid.as_str()))
            .filter(invoice::Column::Id.gt(after))
            .order_by_asc(invoice::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(&self.connection)
            .await
            .map_err(Error::storage)
    }

    async fn invoices_of(&self, organization: &OrganizationId) -> Result<Vec<ProcessorInvoice>> {
        let rows = invoice::Entity::find()
            .filter(invoice::Column::OrganizationId.eq(&organization.0))
            .order_by_desc(invoice::Column::CreatedAt)
            .order_by_asc(invoice::Column::Id)
            .all(&self.connection)
            .await
            .map_err(Error::storage)?;
        rows.into_iter().map(to_invoice).collect()
    }
}
