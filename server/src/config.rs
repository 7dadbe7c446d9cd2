//! Configuration: flags and environment variables. The README has the table.

use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What every subcommand may need.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Folder for the database, the search index and the master key.
    #[arg(long, env = "MARKETPLACE_DATA", default_value = "data", global = true)]
    pub data: PathBuf,
    /// `sqlite://…` or `postgres://…`; SQLite in the data folder by default.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder of the listings that we ship.
    #[arg(long, env = "MARKETPLACE_CATALOG", default_value = "catalog", global = true)]
    pub catalog: PathBuf,
    /// Folder of the browser files, made by `cargo xtask web`.
    #[arg(long, env = "MARKETPLACE_SITE", default_value = "target/site", global = true)]
    pub site: PathBuf,
    /// Address to listen on.
    #[arg(long, env = "MARKETPLACE_LISTEN", default_value = "127.0.0.1:3000", global = true)]
    pub listen: SocketAddr,
    /// Address people use, such as `https://marketplace.example.com`.
    #[arg(long, env = "MARKETPLACE_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Address other systems deliver webhooks to, where it differs.
    #[arg(long, env = "MARKETPLACE_WEBHOOK_URL", global = true)]
    pub webhook_url: Option<String>,
    /// TOML file with the issuers people sign in with.
    #[arg(long, env = "MARKETPLACE_SIGN_IN", global = true)]
    pub sign_in: Option<PathBuf>,
    /// Private addresses that connections may call: `127.0.0.0/8,alerts.internal:9093`.
    #[arg(long, env = "MARKETPLACE_ALLOW_PRIVATE", default_value = "", global = true)]
    pub allow_private: String,
    /// Name server that is asked for the records of organizations' domains: `127.0.0.1:53`; the system's by default.
    #[arg(long, env = "MARKETPLACE_NAME_SERVER", global = true)]
    pub name_server: Option<SocketAddr>,
    /// Master key, 32 bytes in base 64; made in the data folder by default.
    #[arg(long, env = "MARKETPLACE_MASTER_KEY", global = true, hide_env_values = true)]
    pub master_key: Option<String>,
    /// Server that mail is sent over: `smtps://user:password@mail.example.com`; without it mail is written to `mail/` in
    /// the data folder.
    #[arg(long, env = "MARKETPLACE_SMTP", global = true, hide_env_values = true)]
    pub smtp: Option<String>,
    /// Sender of mail.
    #[arg(
        long,
        env = "MARKETPLACE_MAIL_FROM",
        default_value = "OpenConductor <no-reply@localhost.localdomain>",
        global = true
    )]
    pub mail_from: String,
    /// Secret key of the Stripe account; without it nothing is sold.
    #[arg(long, env = "MARKETPLACE_STRIPE_KEY", global = true, hide_env_values = true)]
    pub stripe_key: Option<String>,
    /// Secret of Stripe's webhook, which sends to `/webhooks/stripe`.
    #[arg(long, env = "MARKETPLACE_STRIPE_WEBHOOK_SECRET", global = true, hide_env_values = true)]
    pub stripe_webhook_secret: Option<String>,
    /// Address of Stripe's interface, where it is not Stripe's own.
    #[arg(long, env = "MARKETPLACE_STRIPE_URL", global = true)]
    pub stripe_url: Option<String>,
    /// Let Stripe compute taxes; the account has to be registered for them.
    #[arg(long, env = "MARKETPLACE_STRIPE_TAX", global = true)]
    pub stripe_tax: bool,
    /// Proxies in front of us whose `X-Forwarded-For` is believed; 0 when clients connect directly.
    #[arg(long, env = "MARKETPLACE_TRUSTED_PROXIES", default_value_t = 0, global = true)]
    pub trusted_proxies: usize,
    /// Multiplies every rate limit; for load tests.
    #[arg(long, env = "MARKETPLACE_RATE_FACTOR", default_value_t = 1, global = true)]
    pub rate_factor: u32,
    /// Reload pages when the server restarts. For development only.
    #[arg(long, env = "MARKETPLACE_DEV", global = true, value_parser = clap::builder::FalseyValueParser::new())]
    pub dev: bool,
}

impl Config {
    /// The database's address.
    pub fn database(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", self.data.join("marketplace.db").display()))
    }

    /// Address people use, without a trailing slash.
    pub fn public_url(&self) -> String {
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// Address for webhooks, without a trailing slash.
    pub fn webhook_url(&self) -> String {
        self.webhook_url.as_deref().map_or_else(|| self.public_url(), |url| url.trim_end_matches('/').to_owned())
    }
}
