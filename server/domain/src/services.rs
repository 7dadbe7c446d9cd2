//! Everything the use cases work with, put together by the composition root.

use crate::ports::{
    Approvals, AuditStreams, AuditTrail, Billing, Catalogue, Charges, Clock, Connector, DiscoveryCounts, EffectStore,
    Identities, Ids, Installations, Invitations, InvoiceBooks, KeptAnswers, Ledger, Mailer, Metering, Meters, Notices,
    Offers, Organizations, Outbound, PartnerAccounts, Payments, PayoutRuns, Payouts, Policies, Purchases, Queue,
    Reviews, SearchIndex, Sessions, ShareRules, Shop, Signer, SingleSignOn, Spending, Tokens, Usage, Vault, Webhooks,
};
use crate::template::Engine;
use std::sync::Arc;

/// What the operator decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address people reach us at, without a trailing slash.
    pub public_url: String,
    /// Address other systems deliver webhooks to, without a trailing slash. Usually the same.
    pub webhook_url: String,
    /// Whether demo accounts exist.
    pub demo: bool,
}

/// The ports with their adapters.
#[allow(missing_docs, reason = "the ports say what they are")]
pub struct Services {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub catalogue: Arc<dyn Catalogue>,
    pub discovery_counts: Arc<dyn DiscoveryCounts>,
    pub identities: Arc<dyn Identities>,
    pub sessions: Arc<dyn Sessions>,
    pub single_sign_on: Arc<dyn SingleSignOn>,
    pub organizations: Arc<dyn Organizations>,
    pub invitations: Arc<dyn Invitations>,
    pub installations: Arc<dyn Installations>,
    pub queue: Arc<dyn Queue>,
    pub audit: Arc<dyn AuditTrail>,
    pub audit_streams: Arc<dyn AuditStreams>,
    pub effects: Arc<dyn EffectStore>,
    pub notices: Arc<dyn Notices>,
    pub tokens: Arc<dyn Tokens>,
    pub usage: Arc<dyn Usage>,
    pub kept_answers: Arc<dyn KeptAnswers>,
    pub policies: Arc<dyn Policies>,
    pub approvals: Arc<dyn Approvals>,
    pub reviews: Arc<dyn Reviews>,
    pub billing: Arc<dyn Billing>,
    pub ledger: Arc<dyn Ledger>,
    pub offers: Arc<dyn Offers>,
    pub metering: Arc<dyn Metering>,
    pub meters: Arc<dyn Meters>,
    pub spending: Arc<dyn Spending>,
    pub payments: Arc<dyn Payments>,
    pub purchases: Arc<dyn Purchases>,
    pub shop: Arc<dyn Shop>,
    pub charges: Arc<dyn Charges>,
    pub invoice_books: Arc<dyn InvoiceBooks>,
    pub payouts: Arc<dyn Payouts>,
    pub partner_accounts: Arc<dyn PartnerAccounts>,
    pub payout_runs: Arc<dyn PayoutRuns>,
    pub share_rules: Arc<dyn ShareRules>,
    pub mailer: Arc<dyn Mailer>,
    pub signer: Arc<dyn Signer>,
    pub search: Arc<dyn SearchIndex>,
    pub connector: Arc<dyn Connector>,
    pub outbound: Arc<dyn Outbound>,
    pub webhooks: Arc<dyn Webhooks>,
    pub vault: Arc<dyn Vault>,
    pub engine: Engine,
    pub settings: Settings,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services").field("settings", &self.settings).finish_non_exhaustive()
    }
}
