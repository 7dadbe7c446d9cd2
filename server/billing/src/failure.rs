//! What went wrong at the processor.

use contract::{ErrorCode, PublicError};
use domain::Error;
use stripe::StripeError;

/// What is not there is nothing; everything else is tried again by whoever asked.
pub fn found<T>(answer: Result<T, StripeError>) -> domain::Result<Option<T>> {
    match answer {
        Ok(it) => Ok(Some(it)),
        Err(StripeError::Stripe(_, 404)) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// Its words without what was sent, which may be personal.
pub fn failed(error: StripeError) -> Error {
    Error::Payments(match error {
        StripeError::Stripe(error, status) => {
            let code = error.code.map(|code| code.to_string()).unwrap_or_default();
            format!("{status} {code} {}", error.message.unwrap_or_default())
        }
        other => other.to_string(),
    })
}

/// The same where a payment may be refused, which the customer has to hear.
pub fn refused(error: StripeError) -> Error {
    let StripeError::Stripe(said, 402) = &error else { return failed(error) };
    let detail = said.message.clone().unwrap_or_else(|| "The bank refused it.".to_owned());
    PublicError::new(
        ErrorCode::PaymentRequired,
        "The payment was refused",
        format!("{detail} Nothing was changed."),
        "Use another card under Payment method, or ask your bank, and try again.",
    )
    .into()
}
