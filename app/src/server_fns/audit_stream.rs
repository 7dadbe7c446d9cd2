//! The stream of the audit trail.

use super::Problem;
use super::text_json::Text;
use crate::remote::{Ask, read};
use contract::audit_stream::{NewStreamSecret, StreamPage};
use leptos::prelude::server;
use leptos::server_fn::codec::GetUrl;

/// Where its section is.
#[cfg(feature = "ssr")]
const HERE: &str = "/audit";
/// The same, with the word that the test event arrived.
#[cfg(feature = "ssr")]
const TESTED: &str = "/audit?stream=tested";

/// How it stands with the stream.
#[server(name = FetchAuditStream, prefix = "/api/fn", endpoint = "audit_stream", input = GetUrl, output = Text)]
pub async fn audit_stream() -> Result<StreamPage, Problem> {
    use crate::context::{Flash, actor, answer, services};
    let services = services();
    let stream = answer(domain::audit_stream::overview(&services, &actor()).await)?;
    let made = Flash::Stream.take(&stream.iter().map(|it| it.hint.as_str()).collect::<Vec<_>>());
    Ok(StreamPage { stream, made, now: services.clock.now() })
}

/// Sends the trail to this address from now on. The secret is in this answer and nowhere else.
#[server(prefix = "/api/fn", endpoint = "set_audit_stream", output = Text)]
pub async fn set_audit_stream(url: String) -> Result<NewStreamSecret, Problem> {
    use crate::context::{Flash, actor, answer, services};
    let secret = answer(domain::audit_stream::set_up(&services(), &actor(), &url).await)?;
    Flash::Stream.leave(&secret);
    leptos_axum::redirect(HERE);
    Ok(NewStreamSecret { secret })
}

/// Sends a test event and waits for the answer.
#[server(prefix = "/api/fn", endpoint = "test_audit_stream", output = Text)]
pub async fn test_audit_stream() -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::audit_stream::send_test(&services(), &actor()).await)?;
    leptos_axum::redirect(TESTED);
    Ok(())
}

/// Goes on after a pause, or tries again at once.
#[server(prefix = "/api/fn", endpoint = "resume_audit_stream", output = Text)]
pub async fn resume_audit_stream() -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::audit_stream::resume(&services(), &actor()).await)?;
    leptos_axum::redirect(HERE);
    Ok(())
}

/// Ends the stream.
#[server(prefix = "/api/fn", endpoint = "turn_off_audit_stream", output = Text)]
pub async fn turn_off_audit_stream() -> Result<(), Problem> {
    use crate::context::{actor, answer, services};
    answer(domain::audit_stream::turn_off(&services(), &actor()).await)?;
    leptos_axum::redirect(HERE);
    Ok(())
}

/// Asks how it stands with the stream.
pub fn ask_audit_stream() -> Ask {
    read!("audit_stream".to_owned(), audit_stream())
}
