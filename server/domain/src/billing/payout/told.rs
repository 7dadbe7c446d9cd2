//! Telling a partner's team about payouts.

use crate::notice::{Message, tell};
use crate::ports::{Effects, PayoutRun};
use crate::{Result, Services};
use contract::notice::NoticeKind;

async fn team(services: &Services, run: &PayoutRun, title: String, body: &str, link: String) -> Result<Effects> {
    let mut effects = Effects::default();
    let kind = NoticeKind::Payouts;
    let message = Message { kind, title, body: body.to_owned(), link, mail_only: String::new() };
    for (recipient, organization) in services.reviews.partner_team(&run.partner).await? {
        tell(services, &mut effects, &organization, &[recipient], &message).await?;
    }
    Ok(effects)
}

/// It was transferred.
pub(super) async fn paid(services: &Services, run: &PayoutRun) -> Result<Effects> {
    let title = format!("You are paid {} for {}", run.amount.short(), run.month.label());
    let body = "It is on its way to your account at the payment processor, which pays it out to your bank. The statement says \
                what it is for, line by line.";
    team(services, run, title, body, format!("/partner/revenue?month={}#lines", run.month)).await
}

/// It can't be transferred before somebody sets payouts up.
pub(super) async fn waits(services: &Services, run: &PayoutRun) -> Result<Effects> {
    let title = format!("{} for {} wait for you", run.amount.short(), run.month.label());
    let body =
        "Payouts are not set up yet, so nothing can be sent. It takes a few minutes, and nothing is lost meanwhile.";
    team(services, run, title, body, "/partner/revenue".to_owned()).await
}
