//! Wrapped keys of organizations.

use crate::Database;
use crate::entity::organization;
use async_trait::async_trait;
use contract::OrganizationId;
use domain::ports::OrganizationKeys;
use domain::{Error, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

#[async_trait]
impl OrganizationKeys for Database {
    async fn wrapped_key(&self, organization: &OrganizationId) -> Result<Option<Vec<u8>>> {
        let row = organization::Entity::find_by_id(&organization.0).one(&self.connection).await;
        Ok(row.map_err(Error::storage)?.and_then(|row| row.wrapped_key))
    }

    async fn store_wrapped_key(&self, organization: &OrganizationId, wrapped: &[u8]) -> Result<Vec<u8>> {
        // Only the first writer wins; the loser reads what the winner stored.
        organization::Entity::update_many()
            .col_expr(organization::Column::WrappedKey, Expr::value(wrapped.to_vec()))
            .filter(organization::Column::Id.eq(&organization.0))
            .filter(organization::Column::WrappedKey.is_null())
            .exec(&self.connection)
            .await
            .map_err(Error::storage)?;
        self.wrapped_key(organization)
            .await?
            .ok_or_else(|| Error::Seal(format!("there is no organization {organization} to keep a key for")))
    }
}
