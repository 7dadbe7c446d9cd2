//! Trying the address out.

use super::message;
use super::sealed::Sealed;
use super::settings::find;
use crate::permission::Permission;
use crate::{Actor, Result, Services};
use contract::{ErrorCode, PublicError};

/// Sends a test message once and waits for the answer. It changes nothing: a stream that fails or is paused stays so.
pub async fn send_test(services: &Services, actor: &Actor) -> Result<()> {
    let person = actor.require(Permission::StreamAudit)?;
    let stream = find(services, person).await?;
    let sealed = Sealed::open(services, &stream).await?;
    let message = message::of_test(services, person.organization(), &sealed)?;
    services.webhooks.send(&message).await.map_err(|why| {
        PublicError::new(
            ErrorCode::Upstream,
            "The test event did not arrive",
            why.words,
            "Repair it there, or enter another address, then send a test event again.",
        )
        .into()
    })
}
