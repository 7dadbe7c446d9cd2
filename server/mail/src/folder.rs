//! Into a folder: what the demo and development do with mail.

use crate::message::message;
use async_trait::async_trait;
use domain::ports::{Mailer, NewMail};
use lettre::message::Mailbox;
use std::path::PathBuf;

/// Writes each mail into a file of its own, named after its id, as any mail program opens it.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    from: Mailbox,
    host: String,
}

impl Folder {
    /// The folder is made with the first mail.
    pub fn new(path: PathBuf, from: &str, host: &str) -> Result<Self, String> {
        let from = from.parse().map_err(|error| format!("the sender {from:?}: {error}"))?;
        Ok(Self { path, from, host: host.to_owned() })
    }
}

#[async_trait]
impl Mailer for Folder {
    async fn send(&self, mail: &NewMail) -> Result<(), String> {
        let message = message(mail, &self.from, &self.host)?;
        let failed = |error: std::io::Error| format!("{}: {error}", self.path.display());
        tokio::fs::create_dir_all(&self.path).await.map_err(failed)?;
        tokio::fs::write(self.path.join(format!("{}.eml", mail.id)), message.formatted()).await.map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't be set up fails")]
    use super::*;
    use contract::{MailId, Timestamp};

    async fn written(to: &str, subject: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let mail = NewMail {
            id: MailId::from("mail_1"),
            to: to.to_owned(),
            subject: subject.to_owned(),
            text: "Grüße\n.\nBcc: x@evil.example".to_owned(),
            unsubscribe: Some("https://market.test/unsubscribe?p=1".to_owned()),
            at: Timestamp(0),
        };
        Folder::new(folder.path().to_owned(), "OpenConductor <no-reply@market.test>", "market.test")?
            .send(&mail)
            .await?;
        Ok(std::fs::read_to_string(folder.path().join("mail_1.eml")).unwrap())
    }

    #[tokio::test]
    async fn no_text_becomes_a_header() {
        let text = written("ada@example.com", "Hello\r\nBcc: all@evil.example").await.unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
        assert!(head.contains("Message-ID: <mail_1@market.test>"), "{head}");
        assert!(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{head}");
    }

    #[tokio::test]
    async fn an_address_is_an_address() {
        for bad in ["ada@example.com\r\nBcc: all@evil.example", "ada@example.com, bob@example.com", "", "ada"] {
            assert!(written(bad, "Hello").await.is_err(), "{bad:?}");
        }
    }
}
