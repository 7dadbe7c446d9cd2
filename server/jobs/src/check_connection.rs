//! Tests a connection now and then. Key: the installation.

use crate::Next;
use domain::ports::Job;
use domain::{Result, Services};

/// Tests, looks for silence, and comes back.
pub async fn run(services: &Services, job: &Job) -> Result<Next> {
    domain::connection::check_scheduled(services, &job.payload).await.map(Next::from)
}
