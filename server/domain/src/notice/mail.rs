//! Sending mail from the outbox, the daily digest, and links that end mail.

use super::tell::new_mail;
use crate::ports::Digest;
use crate::{Error, Result, Services};
use contract::notice::{MailChoice, NoticeKind};
use contract::{ErrorCode, MailId, PublicError, UserId};
use serde_json::Value;
use std::fmt::Write as _;

/// Kind of the job that sends one mail.
pub const MAIL_JOB: &str = "send_mail";
/// Kind of the job that sends the digests.
pub const DIGEST_JOB: &str = "send_digests";

/// Sends a mail, unless it was sent. The mail's id makes a repeated delivery recognisable.
pub async fn send_mail(services: &Services, payload: &Value) -> Result<()> {
    let id = payload.get("mail").and_then(Value::as_str).map(MailId::from);
    let id = id.ok_or_else(|| Error::Corrupt(format!("job without mail: {payload}")))?;
    let Some(mail) = services.notices.unsent(&id).await? else { return Ok(()) };
    let outcome = services.mailer.send(&mail).await;
    let tried = outcome.clone().map(|()| services.clock.now());
    services.notices.mail_tried(&id, tried).await?;
    outcome.map_err(Error::Mail)
}

/// Puts everybody's digest into the outbox.
pub async fn send_digests(services: &Services) -> Result<()> {
    for digest in services.notices.digests().await? {
        let Some(last) = digest.notices.last().map(|notice| notice.at) else { continue };
        let (subject, text) = digest_text(services, &digest);
        let mail = new_mail(services, &digest.recipient.email, &subject, text);
        services.notices.send_digest(&digest.recipient.person, &mail, last).await?;
    }
    Ok(())
}

fn digest_text(services: &Services, digest: &Digest) -> (String, String) {
    let url = &services.settings.public_url;
    let number = digest.notices.len();
    let subject = if number == 1 { digest.notices[0].title.clone() } else { format!("{number} notices of today") };
    let mut text = format!("Hello {},\n", digest.recipient.name);
    for notice in &digest.notices {
        _ = write!(text, "\n- {} ({})\n  {}\n  {url}{}\n", notice.title, notice.organization, notice.body, notice.link);
    }
    _ = write!(text, "\nWhat you hear of, and when: {url}/inbox\n");
    (subject, text)
}

fn claim(person: &UserId, kind: &str) -> String {
    format!("unsubscribe:{person}:{kind}")
}

/// A link that ends mail of a kind for a person, without signing in (RFC 8058).
pub fn unsubscribe_link(services: &Services, person: &UserId, kind: NoticeKind) -> String {
    let signature = services.signer.sign(&claim(person, kind.as_str()));
    format!("{}/unsubscribe?p={person}&k={}&s={signature}", services.settings.public_url, kind.as_str())
}

/// Follows such a link: notices of this kind stay in the inbox from now on.
pub async fn unsubscribe(services: &Services, person: &UserId, kind: &str, signature: &str) -> Result<NoticeKind> {
    let known = NoticeKind::parse(kind).filter(|_| services.signer.verify(&claim(person, kind), signature));
    let kind = known.ok_or_else(|| {
        PublicError::new(
            ErrorCode::Invalid,
            "This link does not work",
            "It is not complete, or was not made by us.",
            "Copy the whole link from the mail, or sign in and choose what you want to hear of.",
        )
    })?;
    services.notices.set_preference(person, kind.as_str(), MailChoice::Off).await?;
    Ok(kind)
}
