//! What was answered, as text.

use crate::server_fns::Problem;
use contract::json::{self, FromJson};
use contract::{ErrorCode, PublicError};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// JSON of what was asked for, or of the problem. Cheap to clone; [`Reply::read`] when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    good: bool,
    json: Arc<str>,
}

impl Reply {
    /// What was asked for.
    pub fn good(json: impl Into<Arc<str>>) -> Self {
        Self { good: true, json: json.into() }
    }

    /// A [`Problem`].
    pub fn bad(json: impl Into<Arc<str>>) -> Self {
        Self { good: false, json: json.into() }
    }

    /// The answer of a server function, on the server.
    #[cfg(feature = "ssr")]
    pub fn of<T: serde::Serialize>(answer: &crate::server_fns::Answer<T>) -> Self {
        let json = |it: serde_json::Result<String>| it.unwrap_or_default();
        match answer {
            Ok(it) => Self::good(json(serde_json::to_string(it))),
            Err(problem) => Self::bad(json(serde_json::to_string(problem))),
        }
    }

    /// What was asked for, when all is well.
    pub fn text(&self) -> Option<&str> {
        self.good.then_some(&*self.json)
    }

    /// Reads it.
    pub fn read<T: FromJson>(&self) -> Result<T, Problem> {
        if self.good { json::read(&self.json).ok_or_else(not_understood) } else { Err(self.problem()) }
    }

    /// The problem that it is.
    pub fn problem(&self) -> Problem {
        json::read(&self.json).map_or_else(not_understood, Problem)
    }
}

fn not_understood() -> Problem {
    Problem(PublicError::new(
        ErrorCode::Internal,
        "Something broke on our side",
        "The answer was not understood.",
        "Try again in a moment.",
    ))
}

/// As it is kept in a page for the browser.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.good { "+" } else { "-" })?;
        f.write_str(&self.json)
    }
}

impl FromStr for Reply {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let json = text.get(1..).unwrap_or_default();
        Ok(if text.starts_with('+') { Self::good(json) } else { Self::bad(json) })
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;

    #[test]
    fn survives_the_page() {
        for reply in [Reply::good("[1]"), Reply::bad("{}"), Reply::good("")] {
            assert_eq!(reply.to_string().parse(), Ok(reply));
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_problem() {
        assert_eq!(Reply::good("[1]").read::<Vec<u8>>(), Ok(vec![1]));
        assert!(Reply::good("[1").read::<Vec<u8>>().is_err());
        assert!(Reply::bad("<html>").read::<Vec<u8>>().is_err());
    }
}
