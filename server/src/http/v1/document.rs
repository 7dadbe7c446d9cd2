//! The description of the interface (OpenAPI 3.1).

use super::super::api;
use super::{approvals, audit, catalog, installations, listings, members, reviews};
use axum::Json;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// Tokens, as the document says it.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An API token, made under Settings, API tokens. Scopes are part of the token."))
            .build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The whole document; schemas follow from the paths.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "OpenConductor Marketplace",
        version = "1",
        description = "Find integrations, see what is installed and what arrives, answer approvals, read the audit trail, \
            import catalogue feeds. \
            Errors are problem details (RFC 9457); lists are pages with a cursor; good answers carry an ETag; \
            POST takes an Idempotency-Key."
    ),
    paths(
        api::search,
        listings::list,
        listings::one,
        reviews::list,
        reviews::write,
        catalog::import,
        installations::list,
        installations::begin,
        installations::one,
        installations::remove,
        installations::events,
        approvals::list,
        approvals::one,
        approvals::answer,
        members::list,
        audit::list
    ),
    components(schemas(
        contract::search::Sort,
        contract::audit::AuditAction,
        contract::review::ReviewOrder,
        contract::review::OrganizationSize
    )),
    modifiers(&Tokens)
)]
struct Document;

/// The document.
pub async fn openapi() -> Response {
    Json(Document::openapi()).into_response()
}
