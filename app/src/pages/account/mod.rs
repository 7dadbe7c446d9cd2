//! Signing in. What the buttons do is outside of the pages: they are plain forms, because who is signed in changes every
//! page.

mod sign_in;

pub use sign_in::SignIn;
