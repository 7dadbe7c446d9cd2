//! The mail server of the tests: keeps what it takes, and refuses when it is told to.

use async_trait::async_trait;
use domain::ports::{Mailer, NewMail};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// What was sent.
#[derive(Default)]
pub struct Mailbox {
    sent: Mutex<Vec<NewMail>>,
    refuses: AtomicBool,
}

impl Mailbox {
    /// From now on every mail is refused, or taken again.
    pub fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::SeqCst);
    }

    /// All mail, in the order it was taken.
    pub fn sent(&self) -> Vec<NewMail> {
        self.sent.lock().unwrap().clone()
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &NewMail) -> Result<(), String> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err("the server is busy".to_owned());
        }
        self.sent.lock().unwrap().push(mail.clone());
        Ok(())
    }
}
