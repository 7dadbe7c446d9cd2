//! An organization's own sign-in: its issuer, the e-mail domains that the issuer may vouch for, the roles of those who come
//! in, and requiring it.
//!
//! Whoever runs an organization's issuer can sign in as anybody there. So what it vouches for counts for that organization
//! alone: only addresses of domains the organization has verified come in, their sessions are bound to it, and what they
//! are elsewhere (other organizations, a partner's team, staff) is out of reach with such a session.
//!
//! How an issuer is spoken to is the web server's; sign-in without an organization is in [`crate::identity`].

mod arrive;
mod domains;
mod find;
mod issuer;
mod require;
mod roles;
mod settings;

pub use arrive::{Refused, Vouched, arrive};
pub use domains::{add as add_domain, remove as remove_domain, verify as verify_domain};
pub(crate) use find::elsewhere;
pub use find::{Relying, by_address, offered, relying};
pub use issuer::{NewIssuer, remove as remove_issuer, save as save_issuer, save_roles};
pub use require::{make_optional, require};
pub use settings::settings;
