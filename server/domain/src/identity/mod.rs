//! Sign-in, sessions and accounts. How an issuer is spoken to is the web server's; what follows from its answer is here.

mod account;
mod demo;
mod device;
mod pending;
mod roles;
mod session;
mod sessions;

pub use account::{delete as delete_account, export as export_account};
pub use demo::{demo_accounts, seed_demo, sign_in_demo};
pub use pending::{BeginSignIn, begin_sign_in, finish_sign_in, safe_return_to};
pub use roles::{Roles, assign};
pub(crate) use session::{Begin, arrival, begin_session};
pub use session::{IDLE_LIMIT_MS, SESSION_LIMIT_MS, actor, sha256_hex, sign_in, sign_out};
pub use sessions::{revoke as revoke_session, revoke_others as revoke_other_sessions, sessions};
