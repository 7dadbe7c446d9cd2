//! Adding notices and mail to a change.

use super::mail::{MAIL_JOB, unsubscribe_link};
use crate::ports::{Effects, NewJob, NewMail, NewNotice, Recipient};
use crate::{Result, Services};
use contract::notice::{MailChoice, NoticeKind};
use contract::{MailId, NoticeId, OrganizationId};
use serde_json::json;

/// What to tell.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is about.
    pub kind: NoticeKind,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub body: String,
    /// Path of the page to go to.
    pub link: String,
    /// What stands in the mail besides, such as links that answer at once.
    pub mail_only: String,
}

/// One line: nothing in it can begin another header or line.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// A mail for somebody.
pub fn new_mail(services: &Services, to: &str, subject: &str, text: String) -> NewMail {
    let now = services.clock.now();
    NewMail {
        id: MailId(services.ids.id("mail", now)),
        to: line(to),
        subject: line(subject),
        text,
        unsubscribe: None,
        at: now,
    }
}

/// The job that sends it.
pub fn mail_job(mail: &NewMail) -> NewJob {
    NewJob { kind: MAIL_JOB, key: mail.id.0.clone(), payload: json!({ "mail": mail.id }), run_at: mail.at }
}

/// Adds a notice for each of these people, and mail for those who want it at once.
pub async fn tell(
    services: &Services,
    effects: &mut Effects,
    organization: &OrganizationId,
    people: &[Recipient],
    message: &Message,
) -> Result<()> {
    tell_each(services, effects, organization, people, message, &|_| message.mail_only.clone()).await
}

/// The same, where what stands in the mail besides differs from person to person, such as links that answer for them.
pub async fn tell_each(
    services: &Services,
    effects: &mut Effects,
    organization: &OrganizationId,
    people: &[Recipient],
    message: &Message,
    mail_only: &(dyn Fn(&Recipient) -> String + Sync),
) -> Result<()> {
    let now = services.clock.now();
    for recipient in people {
        let chosen = services.notices.preferences(&recipient.person).await?;
        let kind = message.kind.as_str();
        let choice = chosen.iter().find(|(it, _)| it == kind).map_or(message.kind.usual(), |(_, choice)| *choice);
        effects.notices.push(NewNotice {
            id: NoticeId(services.ids.id("ntc", now)),
            person: recipient.person.clone(),
            organization: organization.clone(),
            kind,
            title: line(&message.title),
            body: message.body.clone(),
            link: message.link.clone(),
            at: now,
            digest: choice == MailChoice::Digest,
        });
        if choice == MailChoice::Now && !recipient.email.is_empty() {
            let leave = unsubscribe_link(services, &recipient.person, message.kind);
            let text = format!(
                "Hello {},\n\n{}\n{}\n{}{}\n\n{}\n\nYou hear of this because you chose it. Only in the inbox from now on: {leave}\n",
                line(&recipient.name),
                message.title,
                message.body,
                services.settings.public_url,
                message.link,
                mail_only(recipient),
            );
            let mut mail = new_mail(services, &recipient.email, &message.title, text);
            mail.unsubscribe = Some(leave);
            effects.jobs.push(mail_job(&mail));
            effects.mail.push(mail);
        }
    }
    Ok(())
}
