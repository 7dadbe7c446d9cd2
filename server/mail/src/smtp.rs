//! Over a server.

use crate::message::message;
use async_trait::async_trait;
use domain::ports::{Mailer, NewMail};
use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// A server has this long for each answer.
const TIME_LIMIT: Duration = Duration::from_secs(15);

/// Sends over an SMTP server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Smtp {
    /// `smtps://user:password@host` (TLS from the start), `smtp://…?tls=required` (STARTTLS), or `smtp://host:port` (plain,
    /// for a server on the same machine). `host` is the right side of message ids.
    pub fn new(url: &str, from: &str, host: &str) -> Result<Self, String> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("the mail server's address: {error}"))?
            .timeout(Some(TIME_LIMIT))
            .build();
        let from = from.parse().map_err(|error| format!("the sender {from:?}: {error}"))?;
        Ok(Self { transport, from, host: host.to_owned() })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &NewMail) -> Result<(), String> {
        let message = message(mail, &self.from, &self.host)?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| error.to_string())
    }
}
