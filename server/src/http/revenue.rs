//! A partner's money outside of the pages: `POST /partner/payouts` leads to the processor's form, and
//! `GET /partner/statements/2026-11.csv` is a statement as a file.

use super::leave::leave;
use super::problem::Problem;
use crate::AppState;
use app::context::TraceId;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use contract::{ErrorCode, Month, PublicError};
use domain::Actor;
use domain::billing::{payout, statement_csv};

/// Sends the browser to where payouts are set up. When the processor does not answer, back to the page that says so.
pub async fn set_up(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
) -> Response {
    match payout::set_up(&state.services, &actor).await {
        Ok(address) => leave(&address, "Setting up payouts", "Taking you to the form for your payouts."),
        Err(domain::Error::Payments(error)) => {
            tracing::warn!(trace = trace.0, error, "payouts could not be set up");
            Redirect::to("/partner/revenue?payouts=failed").into_response()
        }
        Err(error) => Problem::of(error, &trace.0).into_response(),
    }
}

/// A statement.
pub async fn statement(
    State(state): State<AppState>,
    Extension(trace): Extension<TraceId>,
    Extension(actor): Extension<Actor>,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    // Whoever may not see it learns nothing about which files there are.
    let failed = |error| Problem::of(error, &trace.0);
    actor.require(domain::permission::Permission::SeeRevenue).map_err(failed)?;
    let month = file.strip_suffix(".csv").and_then(Month::parse).ok_or_else(|| {
        Problem(PublicError::new(
            ErrorCode::NotFound,
            "No such statement",
            "A statement is named after its month, such as 2026-11.csv.",
            "Take the address from the revenue page.",
        ))
    })?;
    let text = statement_csv(&state.services, &actor, month).await.map_err(failed)?;
    let name = format!("attachment; filename=\"statement-{month}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}
