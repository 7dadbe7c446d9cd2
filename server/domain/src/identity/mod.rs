//! Sign-in and sessions. How an issuer is spoken to is the web server's; what follows from its answer is here.

mod demo;
mod pending;
mod session;

pub use demo::{demo_accounts, seed_demo, sign_in_demo};
pub use pending::{BeginSignIn, begin_sign_in, finish_sign_in, safe_return_to};
pub use session::{IDLE_LIMIT_MS, actor, sha256_hex, sign_in, sign_out};
