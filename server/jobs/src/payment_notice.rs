//! Follows up what the payment processor said. Key: the id of its event.

use crate::Next;
use domain::ports::Job;
use domain::{Result, Services};

/// Asks what it is now and keeps it; as often as wanted.
pub async fn run(services: &Services, job: &Job) -> Result<Next> {
    domain::billing::follow(services, &job.payload).await?;
    services.billing.followed(&job.key, services.clock.now()).await.map(|()| Next::Done)
}
