//! Errors of use cases. `Public` carries what a person is told; everything else becomes "internal" with its cause in the log.

use contract::{ErrorCode, PublicError};

/// What can go wrong in a use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the caller can act on.
    #[error("{0}")]
    Public(Box<PublicError>),
    /// The database failed.
    #[error("storage: {0}")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The search index failed.
    #[error("search index: {0}")]
    Search(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Stored data does not have the shape it should have.
    #[error("stored data: {0}")]
    Corrupt(String),
    /// A mail was not taken.
    #[error("mail: {0}")]
    Mail(String),
    /// The payment processor did not answer, or not as it should.
    #[error("payments: {0}")]
    Payments(String),
    /// Sealing or opening a secret failed.
    #[error("secrets: {0}")]
    Seal(String),
}

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl From<PublicError> for Error {
    fn from(error: PublicError) -> Self {
        Self::Public(Box::new(error))
    }
}

impl Error {
    /// Wraps a failure of the database.
    pub fn storage(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Storage(Box::new(cause))
    }

    /// Wraps a failure of the search index.
    pub fn search(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Search(Box::new(cause))
    }

    /// What the person is told. Internal causes go to the log under the trace id that the answer carries.
    pub fn into_public(self, trace_id: &str) -> PublicError {
        match self {
            Self::Public(error) => *error,
            internal => {
                tracing::error!(trace_id, error = %internal, cause = ?internal, "request failed");
                let mut error = PublicError::new(
                    ErrorCode::Internal,
                    "Something broke on our side",
                    "The request could not be completed; nothing was changed.",
                    "Try again in a moment. If it stays, report it with the trace id.",
                );
                error.trace_id = Some(trace_id.to_owned());
                error
            }
        }
    }
}
