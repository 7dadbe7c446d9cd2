//! The composition root: the only place that names concrete adapters.

use crate::config::Config;
use crate::random::{OsIds, SystemClock};
use crate::sign_in_config::SignInConfig;
use connect::{
    AddressPolicy, EnvelopeVault, GuardedClient, GuardedOutbound, HttpConnector, LinkSigner, MasterKey, WebhookSender,
};
use domain::Services;
use domain::ports::{Charges, Clock, Ids, Mailer, Meters, Payments, Payouts, Shop};
use domain::services::Settings;
use domain::template::Engine;
use search_index::TantivyIndex;
use std::sync::Arc;
use storage::Database;

/// Opens the database in the data folder or wherever it is configured.
pub async fn database(config: &Config) -> Result<Database, String> {
    std::fs::create_dir_all(&config.data)
        .map_err(|error| format!("the data folder {} can't be made: {error}", config.data.display()))?;
    Database::connect(&config.database()).await.map_err(|error| error.to_string())
}

/// The sign-in configuration; empty when no file is named.
pub fn sign_in(config: &Config) -> Result<SignInConfig, String> {
    config.sign_in.as_deref().map_or_else(|| Ok(SignInConfig::default()), SignInConfig::load)
}

/// Puts everything together for a node that serves, or builds, the search index in the data folder. Only one process may
/// have that index open.
pub async fn serving(config: &Config) -> Result<Services, String> {
    let index = TantivyIndex::open(&config.data.join("index")).map_err(|error| {
        format!(
            "{error}. Another server may be running on the same data folder; stop it, or choose another with --data."
        )
    })?;
    assemble(config, index).await
}

/// Puts everything together for work beside a serving node: its search index stays empty and is never asked.
pub async fn beside(config: &Config) -> Result<Services, String> {
    assemble(config, TantivyIndex::in_memory().map_err(|error| error.to_string())?).await
}

async fn assemble(config: &Config, index: TantivyIndex) -> Result<Services, String> {
    let database = database(config).await?;
    database.migrate().await.map_err(|error| error.to_string())?;
    let demo = sign_in(config)?.is_empty() && config.listen.ip().is_loopback();
    with(config, database, Arc::new(index), Arc::new(SystemClock), Arc::new(OsIds), demo)
}

/// Over the configured server, or into the data folder.
fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, String> {
    let url = config.public_url();
    let host = url.split("://").last().and_then(|rest| rest.split([':', '/']).next()).unwrap_or("localhost");
    Ok(match &config.smtp {
        Some(server) => Arc::new(mail::Smtp::new(server, &config.mail_from, host)?),
        None => Arc::new(mail::Folder::new(config.data.join("mail"), &config.mail_from, host)?),
    })
}

/// The processor, as each port sees it.
#[derive(Clone)]
#[allow(missing_docs, reason = "the ports say what they are")]
#[allow(missing_debug_implementations, reason = "a port has none")]
pub struct Processor {
    pub payments: Arc<dyn Payments>,
    pub shop: Arc<dyn Shop>,
    pub meters: Arc<dyn Meters>,
    pub charges: Arc<dyn Charges>,
    pub payouts: Arc<dyn Payouts>,
}

impl Processor {
    /// One that does everything.
    pub fn of<T: Payments + Shop + Meters + Charges + Payouts + 'static>(it: T) -> Self {
        let it = Arc::new(it);
        Self { payments: it.clone(), shop: it.clone(), meters: it.clone(), charges: it.clone(), payouts: it }
    }
}

/// Stripe, or nobody.
fn processor(config: &Config) -> Result<Processor, String> {
    let stripe = config.stripe_key.as_deref().zip(config.stripe_webhook_secret.as_deref());
    Ok(match stripe {
        Some((key, secret)) => {
            let stripe = billing::Stripe::new(key, secret, config.stripe_url.as_deref())?;
            Processor::of(stripe.computing_taxes(config.stripe_tax))
        }
        None if config.stripe_key.is_some() || config.stripe_webhook_secret.is_some() => {
            return Err("MARKETPLACE_STRIPE_KEY and MARKETPLACE_STRIPE_WEBHOOK_SECRET are set both or neither".into());
        }
        None => Processor::of(billing::Nobody),
    })
}

/// Puts everything together with these parts; tests bring their own clock and ids.
pub fn with(
    config: &Config,
    database: Database,
    index: Arc<TantivyIndex>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    demo: bool,
) -> Result<Services, String> {
    let master = match &config.master_key {
        Some(text) => MasterKey::from_base64(text),
        None => MasterKey::load_or_create(&config.data.join("master.key"), &*ids),
    }
    .map_err(|error| error.to_string())?;
    let policy = AddressPolicy::allowing(&config.allow_private)
        .map_err(|error| format!("MARKETPLACE_ALLOW_PRIVATE: {error}"))?;
    let client = Arc::new(GuardedClient::new(policy.clone()).map_err(|error| error.to_string())?);
    // A client of its own: streams must not wait for slow connections, nor these for them.
    let webhooks = WebhookSender::new(GuardedClient::new(policy).map_err(|error| error.to_string())?);
    let database = Arc::new(database);
    let processor = processor(config)?;
    Ok(Services {
        catalogue: database.clone(),
        discovery_counts: database.clone(),
        identities: database.clone(),
        sessions: database.clone(),
        single_sign_on: database.clone(),
        organizations: database.clone(),
        invitations: database.clone(),
        installations: database.clone(),
        queue: database.clone(),
        audit: database.clone(),
        audit_streams: database.clone(),
        effects: database.clone(),
        notices: database.clone(),
        tokens: database.clone(),
        usage: database.clone(),
        kept_answers: database.clone(),
        policies: database.clone(),
        approvals: database.clone(),
        reviews: database.clone(),
        billing: database.clone(),
        ledger: database.clone(),
        metering: database.clone(),
        meters: processor.meters,
        spending: database.clone(),
        payments: processor.payments,
        offers: database.clone(),
        purchases: database.clone(),
        shop: processor.shop,
        charges: processor.charges,
        invoice_books: database.clone(),
        payouts: processor.payouts,
        partner_accounts: database.clone(),
        payout_runs: database.clone(),
        share_rules: database.clone(),
        mailer: mailer(config)?,
        signer: Arc::new(LinkSigner::new(&master)),
        search: index,
        outbound: Arc::new(GuardedOutbound::new(client.clone(), config.name_server)?),
        connector: Arc::new(HttpConnector::new(client, clock.clone())),
        webhooks: Arc::new(webhooks),
        vault: Arc::new(EnvelopeVault::new(master, database, ids.clone())),
        engine: Engine::new(),
        settings: Settings { public_url: config.public_url(), webhook_url: config.webhook_url(), demo },
        clock,
        ids,
    })
}
