//! Judges a new release for everybody who has the listing installed. Key: listing and version.

use crate::Next;
use domain::ports::Job;
use domain::{Result, Services};

/// Judges it; who was told of this release is not told again.
pub async fn run(services: &Services, job: &Job) -> Result<Next> {
    domain::policy::judge_release(services, &job.payload).await.map(|()| Next::Done)
}
