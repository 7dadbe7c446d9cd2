//! How many calls an organization may have under way at once, so that one with slow systems can't starve the others.

use contract::OrganizationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Entries after which idle organizations are forgotten.
const FORGET_ABOVE: usize = 1024;

/// One semaphore per organization.
#[derive(Debug)]
pub(crate) struct Permits {
    each: usize,
    by_organization: Mutex<HashMap<OrganizationId, Arc<Semaphore>>>,
}

impl Permits {
    /// At most `each` calls per organization.
    pub(crate) fn new(each: usize) -> Self {
        Self { each, by_organization: Mutex::default() }
    }

    /// Waits for a permit, at most `patience`. The call is over when the permit is dropped.
    pub(crate) async fn acquire(
        &self,
        organization: &OrganizationId,
        patience: Duration,
    ) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(patience, self.of(organization).acquire_owned()).await.ok()?.ok()
    }

    fn of(&self, organization: &OrganizationId) -> Arc<Semaphore> {
        let mut map = self.by_organization.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() > FORGET_ABOVE {
            // Permits and waiters hold a reference; an entry with none is idle.
            map.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
        }
        Arc::clone(map.entry(organization.clone()).or_insert_with(|| Arc::new(Semaphore::new(self.each))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_organization_waits_and_another_does_not() {
        let permits = Permits::new(1);
        let (a, b) = (OrganizationId::from("a"), OrganizationId::from("b"));
        let held = permits.acquire(&a, Duration::from_millis(20)).await;
        assert!(held.is_some());
        assert!(permits.acquire(&a, Duration::from_millis(20)).await.is_none());
        assert!(permits.acquire(&b, Duration::from_millis(20)).await.is_some());
        drop(held);
        assert!(permits.acquire(&a, Duration::from_millis(20)).await.is_some());
    }
}
