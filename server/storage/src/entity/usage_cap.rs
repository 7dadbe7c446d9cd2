//! How much of a metered plan may be used in a billing period.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_cap")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription: String,
    #[sea_orm(column_type = "Text")]
    pub organization_id: String,
    pub cap: i64,
    pub stops: bool,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
