//! What a subscription used in an hour.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metered_usage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: String,
    pub quantity: i64,
    pub reported: i64,
    pub sending: Option<i64>,
    pub sending_at: Option<i64>,
    pub reports: i64,
    pub open: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
