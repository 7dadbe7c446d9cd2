//! An e-mail domain that an organization claims.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_domain")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub domain: String,
    #[sea_orm(column_type = "Text")]
    pub token: String,
    pub created_at: i64,
    pub verified_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable, unique)]
    pub verified: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
