//! Polls a data source. Key: installation and capability.

use crate::Next;
use domain::ports::Job;
use domain::{Result, Services};

/// Polls, and comes back.
pub async fn run(services: &Services, job: &Job) -> Result<Next> {
    domain::connection::poll_scheduled(services, &job.payload).await.map(Next::from)
}
