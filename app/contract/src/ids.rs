//! Identifiers. Each is a newtype so that one can't be passed for another.

use crate::json::FromJson;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, FromJson, Default)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

id!(
    /// A listing's slug, unique in the marketplace and never reused.
    ListingId
);
id!(
    /// A partner's slug.
    PartnerId
);
id!(
    /// An organization: the tenant of everything that is installed.
    OrganizationId
);
id!(
    /// A person.
    UserId
);
id!(
    /// One release of a listing installed in one organization.
    InstallationId
);
id!(
    /// A normalised event.
    EventId
);
id!(
    /// A synthetic event that proves a path.
    ProbeId
);
id!(
    /// One recorded connection check.
    CheckId
);
id!(
    /// A signed-in browser.
    SessionId
);
id!(
    /// An invitation into an organization.
    InvitationId
);
id!(
    /// An API token; never its secret.
    TokenId
);
id!(
    /// A request for approval of an installation.
    ApprovalId
);
id!(
    /// A review of a listing.
    ReviewId
);
id!(
    /// An audit event.
    AuditId
);
id!(
    /// A notice in somebody's inbox.
    NoticeId
);
id!(
    /// A mail in the outbox.
    MailId
);
