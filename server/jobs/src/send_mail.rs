//! Sends a mail from the outbox. Key: the mail.

use crate::Next;
use domain::ports::Job;
use domain::{Result, Services};

/// Sends it; a mail that was sent is not sent again.
pub async fn run(services: &Services, job: &Job) -> Result<Next> {
    domain::notice::send_mail(services, &job.payload).await.map(|()| Next::Done)
}
