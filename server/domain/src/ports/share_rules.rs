//! Shares that were agreed on.

use crate::billing::share::ShareRule;
use crate::error::Result;
use crate::ports::Effects;
use async_trait::async_trait;
use contract::Timestamp;

/// Where they are kept. A rule is never changed; it ends, and another follows.
#[async_trait]
pub trait ShareRules: Send + Sync {
    /// All rules that there ever were, the oldest first.
    async fn share_rules(&self) -> Result<Vec<ShareRule>>;

    /// Adds a rule.
    async fn add_share_rule(&self, rule: &ShareRule, effects: &Effects) -> Result<()>;

    /// Ends a rule that has no end. Gives whether there was one.
    async fn end_share_rule(&self, id: &str, until: Timestamp, effects: &Effects) -> Result<bool>;
}
