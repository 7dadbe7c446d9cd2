//! Telling people when a connection gets into trouble, and when it is over.

use super::target::Target;
use crate::notice::{Message, tell};
use crate::ports::{Effects, Recipient};
use crate::{Result, Services};
use contract::account::OrganizationRole;
use contract::install::ConnectionState as State;
use contract::notice::NoticeKind;

const fn in_trouble(state: State) -> bool {
    matches!(state, State::Failing | State::Silent | State::Degraded)
}

/// What to say of a change of state; nothing where nobody has to know.
fn message(target: &Target, before: State, now: State) -> Option<Message> {
    let name = &target.manifest.name;
    let (title, body) = match (in_trouble(before), now) {
        _ if before == now => return None,
        (_, State::Failing) => (
            format!("{name} fails"),
            "The credential or the connection test fails. The connection's page says what to do.".to_owned(),
        ),
        (_, State::Silent) => (
            format!("{name} is silent"),
            "Nothing has arrived for longer than is normal for it. Check that the other side still sends.".to_owned(),
        ),
        (_, State::Degraded) => {
            (format!("{name} is degraded"), "Some of its calls fail. The connection's page shows which.".to_owned())
        }
        (true, State::Receiving | State::Authorised) => {
            (format!("{name} works again"), "The trouble is over; nothing has to be done.".to_owned())
        }
        _ => return None,
    };
    Some(Message {
        kind: NoticeKind::ConnectionTrouble,
        title,
        body,
        link: format!("/installed/{}", target.installation.id),
        mail_only: String::new(),
    })
}

/// Adds notices for administrators and for whoever installed it.
pub(super) async fn announce(
    services: &Services,
    effects: &mut Effects,
    target: &Target,
    before: State,
    now: State,
) -> Result<()> {
    let Some(message) = message(target, before, now) else { return Ok(()) };
    let organization = &target.installation.organization;
    let mut people = services.notices.recipients(organization, &[OrganizationRole::Admin.as_str()]).await?;
    let installer = &target.installation.created_by;
    if people.iter().all(|it: &Recipient| it.person != *installer) {
        let members = services.notices.recipients(organization, &[]).await?;
        people.extend(members.into_iter().filter(|it| it.person == *installer));
    }
    tell(services, effects, organization, &people, &message).await
}
