//! The client of `openidconnect` as we need it: with all claims of an issuer, and with a way out for each kind of issuer.

use contract::OrganizationId;
use domain::ports::{Outbound, OutboundRequest};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IdTokenFields, StandardErrorResponse, StandardTokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::pin::Pin;
use std::sync::Arc;

/// Claims that the standard does not name, such as `groups`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MoreClaims(pub Map<String, Value>);

impl AdditionalClaims for MoreClaims {}

type Fields = IdTokenFields<
    MoreClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// A client whose endpoints come from the issuer's discovery document.
pub type Client = openidconnect::Client<
    MoreClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The way to an issuer.
#[derive(Clone)]
pub enum Http {
    /// One that the operator configured.
    Direct(reqwest::Client),
    /// One that an organization named: guarded, on its behalf.
    Guarded(Arc<dyn Outbound>, OrganizationId),
}

/// A call that failed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct HttpFailure(String);

impl HttpFailure {
    fn of(cause: impl std::fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

async fn guarded(
    outbound: &dyn Outbound,
    organization: &OrganizationId,
    request: HttpRequest,
) -> Result<HttpResponse, HttpFailure> {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    let request = OutboundRequest { method: parts.method.to_string(), url: parts.uri.to_string(), headers, body };
    let reply = outbound.send(organization, request).await.map_err(HttpFailure::of)?;
    http::Response::builder().status(reply.status).body(reply.body).map_err(HttpFailure::of)
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFailure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFailure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            match self {
                Self::Direct(client) => AsyncHttpClient::call(client, request).await.map_err(HttpFailure::of),
                Self::Guarded(outbound, organization) => guarded(&**outbound, organization, request).await,
            }
        })
    }
}
