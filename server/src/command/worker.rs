//! `marketplace worker`: works off the queue, for installations of more than one machine.

use crate::compose;
use crate::config::Config;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::watch;

/// Works until it is told to stop.
pub async fn run(config: &Config) -> Result<ExitCode, String> {
    let services = Arc::new(compose::beside(config).await?);
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::work(services, stopped));
    super::serve::interrupted().await;
    let _ = stop.send(true);
    worker.await.map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}
