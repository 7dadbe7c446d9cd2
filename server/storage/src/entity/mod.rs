//! The tables as SeaORM sees them, one file each. What the columns mean stands with the domain's types; nothing outside
//! this crate sees a model.
#![allow(missing_docs, reason = "columns are documented where they become the domain's types")]

pub mod api_token;
pub mod approval;
pub mod approval_comment;
pub mod audit_event;
pub mod audit_head;
pub mod audit_stream;
pub mod change;
pub mod connection_check;
pub mod discovery_count;
pub mod event;
pub mod feed_entry;
pub mod idempotency;
pub mod identity;
pub mod install_policy;
pub mod installation;
pub mod invitation;
pub mod invoice;
pub mod job;
pub mod ledger_entry;
pub mod ledger_posting;
pub mod listing;
pub mod listing_request;
pub mod mail;
pub mod membership;
pub mod notice;
pub mod notice_preference;
pub mod organization;
pub mod organization_domain;
pub mod organization_issuer;
pub mod partner;
pub mod payment_notice;
pub mod pending_sign_in;
pub mod person;
pub mod probe;
pub mod raw_payload;
pub mod rejection;
pub mod release;
pub mod review;
pub mod review_effort;
pub mod review_report;
pub mod review_version;
pub mod review_vote;
pub mod session;
pub mod subscription;
