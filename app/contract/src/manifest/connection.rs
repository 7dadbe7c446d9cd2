//! How a connection authenticates, and how it is tested.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the integration authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum AuthKind {
    /// Not at all.
    #[default]
    None,
    /// A key in a header or in the query.
    ApiKey,
    /// `Authorization: Bearer …`.
    Bearer,
    /// User name and password.
    Basic,
    /// Inbound calls carry a secret of ours; nothing is called.
    WebhookSecret,
}

impl AuthKind {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ApiKey => "api_key",
            Self::Bearer => "bearer",
            Self::Basic => "basic",
            Self::WebhookSecret => "webhook_secret",
        }
    }

    /// Name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::ApiKey => "API key",
            Self::Bearer => "Token",
            Self::Basic => "User name and password",
            Self::WebhookSecret => "Webhook secret",
        }
    }
}

/// `[auth]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// Kind.
    #[serde(rename = "type", default)]
    pub kind: AuthKind,
    /// Whether the other side may run without.
    #[serde(default)]
    pub optional: bool,
    /// Where to get the credential.
    #[serde(default)]
    pub help: String,
    /// `api_key`: the header that carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// `api_key`: text before the key in the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// `api_key`: the query parameter that carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// `basic`: label of the user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username_label: Option<String>,
    /// `basic`: label of the password. `bearer`, `api_key`: label of the secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_label: Option<String>,
    /// What the credential must be allowed to do.
    #[serde(default)]
    pub scopes: Vec<Scope>,
}

/// Something the credential must be allowed to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The vendor's name for it.
    pub name: String,
    /// Read or write.
    pub access: Access,
    /// Why it is needed.
    pub why: String,
}

/// Read or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Access {
    Read,
    Write,
}

impl Access {
    /// Wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// An HTTP request. Every string is a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    /// `GET`, `POST` …
    #[serde(default = "get")]
    pub method: String,
    /// Address.
    pub url: String,
    /// Headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// JSON body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<serde_json::Value>,
    /// Form body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<BTreeMap<String, String>>,
    /// Any other body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

fn get() -> String {
    "GET".to_owned()
}

/// What a good answer looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Good statuses; empty means any 2xx.
    #[serde(default)]
    pub status: Vec<u16>,
    /// Expression that must be true.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// What a bad answer means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestError {
    /// Statuses it applies to; empty means any.
    #[serde(default)]
    pub status: Vec<u16>,
    /// Expression that must be true for it to apply.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What happened.
    pub say: String,
    /// What to do.
    pub fix: String,
}

/// `[test]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionTest {
    /// The request.
    pub request: RequestSpec,
    /// What a good answer looks like.
    #[serde(default)]
    pub expect: Expect,
    /// Who answered, in words.
    pub identify: String,
    /// What bad answers mean.
    #[serde(default)]
    pub error: Vec<TestError>,
}
