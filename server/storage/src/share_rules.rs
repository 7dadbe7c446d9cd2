//! Shares that were agreed on.

use crate::Database;
use crate::effects::{apply, conclude};
use crate::entity::share_rule;
use async_trait::async_trait;
use contract::{ListingId, PartnerId, Timestamp};
use domain::billing::share::{Kind, Scope, ShareRule};
use domain::billing::split::BasisPoints;
use domain::ports::{Effects, ShareRules};
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Kind, subject and part of a scope.
fn columns(scope: &Scope) -> (&'static str, &str, &str) {
    match scope {
        Scope::Contract(contract) => ("contract", contract, ""),
        Scope::Feature(listing, feature) => ("feature", listing.as_str(), feature),
        Scope::Listing(listing, kind) => ("listing", listing.as_str(), kind.as_str()),
        Scope::Partner(partner, kind) => ("partner", partner.as_str(), kind.as_str()),
    }
}

fn kept(row: share_rule::Model) -> Result<ShareRule> {
    let wrong = |what: &str| Error::Corrupt(format!("{what} of share rule {}", row.id));
    let kind = || Kind::parse(&row.part).ok_or_else(|| wrong("kind"));
    let scope = match row.scope.as_str() {
        "contract" => Scope::Contract(row.subject.clone()),
        "feature" => Scope::Feature(ListingId(row.subject.clone()), row.part.clone()),
        "listing" => Scope::Listing(ListingId(row.subject.clone()), kind()?),
        "partner" => Scope::Partner(PartnerId(row.subject.clone()), kind()?),
        _ => return Err(wrong("scope")),
    };
    Ok(ShareRule {
        scope,
        partner: BasisPoints::new(u16::try_from(row.share).map_err(|_| wrong("share"))?),
        from: Timestamp(row.valid_from),
        until: row.valid_until.map(Timestamp),
        id: row.id,
    })
}

#[async_trait]
impl ShareRules for Database {
    async fn share_rules(&self) -> Result<Vec<ShareRule>> {
        let found =
            share_rule::Entity::find().order_by_asc(share_rule::Column::ValidFrom).order_by_asc(share_rule::Column::Id);
        found.all(&self.connection).await.map_err(Error::storage)?.into_iter().map(kept).collect()
    }

    async fn add_share_rule(&self, rule: &ShareRule, effects: &Effects) -> Result<()> {
        let tx = self.begin().await?;
        let (scope, subject, part) = columns(&rule.scope);
        let row = share_rule::ActiveModel {
            id: Set(rule.id.clone()),
            scope: Set(scope.to_owned()),
            subject: Set(subject.to_owned()),
            part: Set(part.to_owned()),
            share: Set(rule.partner.get().into()),
            valid_from: Set(rule.from.0),
            valid_until: Set(rule.until.map(|it| it.0)),
        };
        share_rule::Entity::insert(row).exec(&tx).await.map_err(Error::storage)?;
        apply(&tx, effects).await?;
        tx.commit().await.map_err(Error::storage)
    }

    async fn end_share_rule(&self, id: &str, until: Timestamp, effects: &Effects) -> Result<bool> {
        let tx = self.begin().await?;
        let changed = share_rule::Entity::update_many()
            .col_expr(share_rule::Column::ValidUntil, Expr::value(until.0))
            .filter(share_rule::Column::Id.eq(id))
            .filter(share_rule::Column::ValidUntil.is_null())
            .exec(&tx)
            .await
            .map_err(Error::storage)?;
        conclude(tx, changed.rows_affected, effects).await
    }
}
