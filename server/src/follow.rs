//! Background work of a serving node: the search index follows the database.

use domain::Services;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Time between two looks at the feed of changes.
const PERIOD: Duration = Duration::from_millis(500);

/// Brings the index up to date; blocking index work stays off the async threads.
pub async fn catch_up(services: &Arc<Services>) -> domain::Result<bool> {
    domain::catalog::follow(services).await
}

/// Follows the feed until told to stop. Failures are logged and tried again: search then serves what it has.
pub async fn follow(services: Arc<Services>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = catch_up(&services).await {
            tracing::error!(%error, "the search index could not follow the database; trying again");
        }
        tokio::select! {
            () = tokio::time::sleep(PERIOD) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
