//! API tokens, and the answers to requests that may be repeated.

use super::Effects;
use crate::error::Result;
use async_trait::async_trait;
use contract::account::Viewer;
use contract::token::{Scope, TokenView};
use contract::{OrganizationId, Timestamp, TokenId, UserId};

/// A token about to be stored; its secret only as a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner sees of it.
    pub view: TokenView,
    /// Whose it is.
    pub person: UserId,
    /// The organization it acts for.
    pub organization: OrganizationId,
    /// SHA-256 of the secret.
    pub hash: String,
}

/// Who is behind a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOwner {
    /// The token.
    pub id: TokenId,
    /// The person, acting for the token's organization with the role they have now.
    pub viewer: Viewer,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
}

/// Repository of tokens. Every finder takes the tenant and the owner, but for the one that serves a secret.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// Stores a token.
    async fn create_token(&self, token: &NewToken, effects: &Effects) -> Result<()>;

    /// A person's tokens of an organization that are neither revoked nor expired, newest first.
    async fn tokens(&self, organization: &OrganizationId, person: &UserId, now: Timestamp) -> Result<Vec<TokenView>>;

    /// Revokes a token; gives whether there was one.
    async fn revoke_token(
        &self,
        organization: &OrganizationId,
        person: &UserId,
        id: &TokenId,
        effects: &Effects,
        now: Timestamp,
    ) -> Result<bool>;

    /// Who is behind a valid token whose owner still belongs to its organization. Remembers that it was used, to the
    /// minute.
    async fn token_owner(&self, hash: &str, now: Timestamp) -> Result<Option<TokenOwner>>;
}

/// What a repeated request was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Hash of the request: another request under the same key is a mistake.
    pub fingerprint: String,
    /// HTTP status; 0 while the first request is being worked on.
    pub status: u16,
    /// Body.
    pub body: String,
    /// When the first request came.
    pub at: Timestamp,
}

/// Answers kept under idempotency keys.
#[async_trait]
pub trait KeptAnswers: Send + Sync {
    /// Claims a key. `None`: the key is free and now ours; otherwise what is known of it. A claim that was never completed
    /// is free again after `abandoned` .
    async fn claim_key(
        &self,
        organization: &OrganizationId,
        key: &str,
        fingerprint: &str,
        now: Timestamp,
        abandoned: Timestamp,
    ) -> Result<Option<KeptAnswer>>;

    /// Keeps the answer.
    async fn keep_answer(&self, organization: &OrganizationId, key: &str, status: u16, body: &str) -> Result<()>;

    /// Frees a key whose request failed on our side, so that it can be tried again.
    async fn free_key(&self, organization: &OrganizationId, key: &str) -> Result<()>;

    /// Deletes answers older than this.
    async fn purge_answers(&self, before: Timestamp) -> Result<u64>;
}
