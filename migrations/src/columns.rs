//! Short forms for the few kinds of columns there are.

use sea_orm_migration::prelude::*;

/// `TEXT NOT NULL`.
pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

/// `TEXT`.
pub fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().null().take()
}

/// `BIGINT NOT NULL`: a number or an instant.
pub fn big(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().take()
}

/// `BIGINT`.
pub fn big_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().null().take()
}

/// `BOOLEAN NOT NULL`.
pub fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().take()
}

/// Bytes, `NOT NULL`.
pub fn blob(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().not_null().take()
}

/// Bytes.
pub fn blob_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().null().take()
}

/// `TEXT NOT NULL DEFAULT ''`, for tables that have rows.
pub fn text_default(name: &'static str) -> ColumnDef {
    text(name).default("").take()
}

/// `BIGINT NOT NULL DEFAULT 0`, for tables that have rows.
pub fn big_default(name: &'static str) -> ColumnDef {
    big(name).default(0).take()
}

/// `BOOLEAN NOT NULL DEFAULT FALSE`, for tables that have rows.
pub fn flag_default(name: &'static str) -> ColumnDef {
    flag(name).default(false).take()
}

/// Adds a column to a table.
pub fn add(table: &'static str, column: ColumnDef) -> TableAlterStatement {
    Table::alter().table(Alias::new(table)).add_column(column).take()
}

/// A primary key that counts up.
pub fn counter(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().auto_increment().primary_key().take()
}

/// A table of these columns, with a primary key unless a column brings one.
pub fn table(name: &'static str, key: &[&'static str], columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut statement = Table::create();
    statement.table(Alias::new(name));
    for column in columns {
        statement.col(column);
    }
    if !key.is_empty() {
        let mut index = Index::create();
        for column in key {
            index.col(Alias::new(*column));
        }
        statement.primary_key(&mut index);
    }
    statement
}

/// An index over these columns.
pub fn index(table: &'static str, name: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement.name(name).table(Alias::new(table));
    for column in columns {
        statement.col(Alias::new(*column));
    }
    if unique {
        statement.unique();
    }
    statement
}
