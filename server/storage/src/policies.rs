//! Install policies.

use crate::Database;
use crate::convert::{from_json, to_json};
use crate::effects::apply;
use crate::entity::{install_policy, person};
use async_trait::async_trait;
use contract::policy::{Outcome, Policy, Rule};
use contract::{OrganizationId, Timestamp, UserId};
use domain::ports::{Effects, Policies, StoredPolicy};
use domain::{Error, Result};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult};
use serde::{Deserialize, Serialize};

/// The column `rules`: the policy without its revision, which is a column of its own.
#[derive(Serialize, Deserialize)]
struct Stored {
    rules: Vec<Rule>,
    otherwise: Outcome,
}

#[async_trait]
impl Policies for Database {
    async fn policy_of(&self, organization: &OrganizationId) -> Result<Option<StoredPolicy>> {
        let db = &self.connection;
        let row = install_policy::Entity::find_by_id(&organization.0).one(db).await.map_err(Error::storage)?;
        let Some(row) = row else { return Ok(None) };
        let changer = person::Entity::find_by_id(&row.updated_by).one(db).await.map_err(Error::storage)?;
        let stored: Stored = from_json(&row.rules, &format!("policy of {organization}"))?;
        Ok(Some(StoredPolicy {
            policy: Policy { rules: stored.rules, otherwise: stored.otherwise, revision: row.revision },
            changed_by: changer.map(|it| it.name).unwrap_or_default(),
            changed_at: Timestamp(row.updated_at),
        }))
    }

    async fn put_policy(
        &self,
        organization: &OrganizationId,
        policy: &Policy,
        by: &UserId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool> {
        let stored = Stored { rules: policy.rules.clone(), otherwise: policy.otherwise };
        let row = install_policy::ActiveModel {
            organization_id: Set(organization.0.clone()),
            rules: Set(to_json(&stored, "policy")?),
            revision: Set(policy.revision + 1),
            updated_by: Set(by.0.clone()),
            updated_at: Set(now.0),
        };
        let tx = self.begin().await?;
        let done = if policy.revision == 0 {
            let inserted = install_policy::Entity::insert(row).on_conflict_do_nothing().exec(&tx).await;
            matches!(inserted.map_err(Error::storage)?, TryInsertResult::Inserted(_))
        } else {
            let changed = install_policy::Entity::update_many()
                .set(row)
                .filter(install_policy::Column::OrganizationId.eq(&organization.0))
                .filter(install_policy::Column::Revision.eq(policy.revision))
                .exec(&tx)
                .await
                .map_err(Error::storage)?;
            changed.rows_affected == 1
        };
        if done {
            apply(&tx, effects).await?;
            tx.commit().await.map_err(Error::storage)?;
        }
        Ok(done)
    }
}
