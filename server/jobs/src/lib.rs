//! The worker of the durable queue, and one file per kind of job.
//!
//! A job is a row, claimed under a lease. It is removed when done, put back with growing pauses when it fails, and given
//! up after the last try, where it stays for people to see; one that comes back by itself is never given up. Every job is
//! idempotent in its key.

mod check_connection;
mod delete_organizations;
mod digest;
mod expire_approvals;
mod judge_release;
mod payment_notice;
mod payouts;
mod poll_source;
mod purge;
mod reconcile_payments;
mod report_usage;
mod send_mail;
mod spend;
mod stream_audit;
mod sync_prices;
mod trial_notices;

use domain::ports::Job;
use domain::{Error, Result, Services};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A worker holds a job for this long; a crashed worker's job is free again afterwards.
const LEASE_MS: i64 = 60_000;
/// Pause when the queue is empty.
const IDLE: Duration = Duration::from_secs(1);
/// Tries before a job is given up.
const MAX_ATTEMPTS: u32 = 8;
/// First pause after a failure; it doubles with each further one.
const BACKOFF_MS: i64 = 5_000;

/// Jobs that come back by themselves: given up they would be missing until the next start.
const PERIODIC: [&str; 10] = [
    domain::approval::EXPIRE_JOB,
    domain::billing::PRICES_JOB,
    domain::billing::RECONCILE_JOB,
    domain::billing::REPORT_JOB,
    domain::billing::SPEND_JOB,
    domain::billing::TRIAL_JOB,
    domain::billing::payout::PAYOUTS_JOB,
    domain::notice::DIGEST_JOB,
    domain::organization::DELETE_JOB,
    purge::KIND,
];

/// What a job that went well wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it is done.
    Done,
    /// To run again in so many milliseconds.
    In(i64),
}

impl From<Option<i64>> for Next {
    fn from(pause: Option<i64>) -> Self {
        pause.map_or(Self::Done, Self::In)
    }
}

async fn run(services: &Services, job: &Job) -> Result<Next> {
    match job.kind.as_str() {
        domain::connection::CHECK_JOB => check_connection::run(services, job).await,
        domain::connection::POLL_JOB => poll_source::run(services, job).await,
        domain::notice::MAIL_JOB => send_mail::run(services, job).await,
        domain::notice::DIGEST_JOB => digest::run(services).await,
        domain::organization::DELETE_JOB => delete_organizations::run(services).await,
        domain::approval::EXPIRE_JOB => expire_approvals::run(services).await,
        domain::policy::JUDGE_JOB => judge_release::run(services, job).await,
        domain::audit_stream::STREAM_JOB => stream_audit::run(services, job).await,
        domain::billing::NOTICE_JOB => payment_notice::run(services, job).await,
        domain::billing::payout::PAYOUTS_JOB => payouts::run(services).await,
        domain::billing::RECONCILE_JOB => reconcile_payments::run(services).await,
        domain::billing::PRICES_JOB => sync_prices::run(services).await,
        domain::billing::REPORT_JOB => report_usage::run(services).await,
        domain::billing::SPEND_JOB => spend::run(services).await,
        domain::billing::TRIAL_JOB => trial_notices::run(services).await,
        purge::KIND => purge::run(services).await,
        unknown => Err(Error::Corrupt(format!("there is no job of kind {unknown:?}"))),
    }
}

/// Works off one due job; gives whether there was one.
pub async fn work_once(services: &Services, worker: &str) -> Result<bool> {
    let Some(job) = services.queue.claim(worker, services.clock.now(), LEASE_MS).await? else { return Ok(false) };
    let outcome = run(services, &job).await;
    let now = services.clock.now();
    match outcome {
        Ok(Next::Done) => services.queue.complete(job.id).await?,
        Ok(Next::In(ms)) => services.queue.reschedule(job.id, now.plus_ms(ms), None).await?,
        Err(error) if job.attempt >= MAX_ATTEMPTS && !PERIODIC.contains(&job.kind.as_str()) => {
            tracing::error!(kind = job.kind, key = job.key, %error, "job given up");
            services.queue.dead_letter(job.id, &error.to_string()).await?;
        }
        Err(error) => {
            let pause = BACKOFF_MS << job.attempt.min(10);
            tracing::warn!(kind = job.kind, key = job.key, attempt = job.attempt, %error, "job failed; trying again");
            services.queue.reschedule(job.id, now.plus_ms(pause), Some(&error.to_string())).await?;
        }
    }
    Ok(true)
}

/// Puts the periodic jobs into the queue unless they are there.
pub async fn schedule_periodic(services: &Services) -> Result<()> {
    purge::schedule(services).await?;
    delete_organizations::schedule(services).await?;
    expire_approvals::schedule(services).await?;
    payouts::schedule(services).await?;
    reconcile_payments::schedule(services).await?;
    report_usage::schedule(services).await?;
    spend::schedule(services).await?;
    trial_notices::schedule(services).await?;
    stream_audit::schedule(services).await?;
    sync_prices::schedule(services).await?;
    digest::schedule(services).await
}

/// Works until told to stop.
pub async fn work(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    let worker = services.ids.id("wrk", services.clock.now());
    if let Err(error) = schedule_periodic(&services).await {
        tracing::error!(%error, "the periodic jobs could not be scheduled");
    }
    while !*stop.borrow() {
        let busy = work_once(&services, &worker).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the queue could not be read; trying again");
            false
        });
        if !busy {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}
