//! Streams an organization's audit trail. Key: the organization.

use crate::Next;
use domain::ports::Job;
use domain::{Result, Services};

/// Puts every stream into the queue unless it is there: one whose job was given up goes on when a worker starts.
pub async fn schedule(services: &Services) -> Result<()> {
    domain::audit_stream::schedule_all(services).await
}

/// Sends what is new, and comes back.
pub async fn run(services: &Services, job: &Job) -> Result<Next> {
    domain::audit_stream::deliver(services, &job.payload).await.map(Next::from)
}
