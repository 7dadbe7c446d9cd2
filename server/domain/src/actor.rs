//! Who asks. Built once per request from the session or the API token; use cases read nothing before they asked it.

use crate::error::Result;
use crate::permission::{Permission, Role};
use contract::account::Viewer;
use contract::token::Scope;
use contract::{ErrorCode, OrganizationId, PartnerId, PublicError, SessionId, Timestamp, TokenId, UserId};

/// Where a request comes from, for the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Address, as far as it is known.
    pub ip: String,
    /// What the client says it is; cut to 200 characters.
    pub user_agent: String,
    /// Finds the request in the log.
    pub trace_id: String,
}

/// What somebody showed to be recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A session cookie, and when its owner last signed in with an issuer.
    Session(SessionId, Timestamp),
    /// An API token and what it may be used for.
    Token(TokenId, Vec<Scope>),
}

impl Via {
    /// For the audit trail: the id, never the secret.
    pub fn id(&self) -> &str {
        match self {
            Self::Session(id, _) => id.as_str(),
            Self::Token(id, _) => id.as_str(),
        }
    }
}

/// A signed-in person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who they are and whom they act for.
    pub viewer: Viewer,
    /// What they showed.
    pub via: Via,
    /// Where the request comes from.
    pub origin: Origin,
    /// Whether they came in with their organization's own issuer, so that they act for it and nothing else.
    pub bound: bool,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody is signed in.
    Visitor,
    /// A signed-in person, acting for one organization.
    Person(Box<Person>),
    /// The marketplace itself: jobs, seeding.
    System,
}

/// A sign-in counts as fresh for this long.
pub const FRESH_MS: i64 = 15 * 60_000;

impl Person {
    /// The organization they act for.
    pub fn organization(&self) -> &OrganizationId {
        &self.viewer.organization_id
    }

    /// Themselves.
    pub fn user(&self) -> &UserId {
        &self.viewer.user_id
    }

    /// Whether one of their roles allows it, and their token, if they came with one.
    pub fn may(&self, permission: Permission) -> bool {
        let role = Role::of(&self.viewer).any(|role| permission.roles().contains(&role));
        let token = match &self.via {
            Via::Session(..) => true,
            Via::Token(_, scopes) => permission.scope().is_some_and(|scope| scopes.contains(&scope)),
        };
        role && token
    }

    /// What is told to somebody who may not.
    fn refusal(&self, permission: Permission) -> PublicError {
        match (&self.via, permission.scope()) {
            (Via::Token(..), Some(scope)) => PublicError::new(
                ErrorCode::Forbidden,
                "Not allowed",
                format!("This needs the scope {} and a role that may {}.", scope.as_str(), permission.what()),
                "Make a token with this scope, or ask an administrator of your organization.",
            ),
            (Via::Token(..), None) => PublicError::new(
                ErrorCode::Forbidden,
                "Not possible with a token",
                format!("No API token may be used to {}.", permission.what()),
                "Do it on the pages of the marketplace.",
            ),
            (Via::Session(..), _) => PublicError::forbidden(permission.what()),
        }
    }

    /// Refuses whoever came in with their organization's own issuer: what it vouches for counts there and nowhere else.
    /// `what` is what they want to do.
    pub fn unbound(&self, what: &str) -> Result<()> {
        if !self.bound {
            return Ok(());
        }
        Err(PublicError::new(
            ErrorCode::Forbidden,
            "This needs another sign-in",
            format!("You came in with the sign-in of {}, which counts there only.", self.viewer.organization_name),
            &format!("Sign in another way to {what}."),
        )
        .into())
    }

    /// Refuses unless the person signed in a moment ago: what is about to happen is worth stealing a session for.
    pub fn fresh(&self, now: Timestamp) -> Result<()> {
        match self.via {
            Via::Session(_, at) if now.since(at) <= FRESH_MS => Ok(()),
            _ => Err(PublicError::new(
                ErrorCode::SignInAgain,
                "Sign in once more",
                "This changes who can get in or what is allowed, so it needs a sign-in that is at most 15 minutes old.",
                "Sign in again; you come back to this page.",
            )
            .into()),
        }
    }
}

impl Actor {
    /// The signed-in person.
    pub fn viewer(&self) -> Option<&Viewer> {
        match self {
            Self::Person(person) => Some(&person.viewer),
            Self::Visitor | Self::System => None,
        }
    }

    /// The signed-in person, or "sign in first".
    pub fn person(&self) -> Result<&Person> {
        match self {
            Self::Person(person) => Ok(person),
            Self::Visitor | Self::System => Err(PublicError::sign_in_required().into()),
        }
    }

    /// The signed-in person, who may do this; or why not.
    pub fn require(&self, permission: Permission) -> Result<&Person> {
        let person = self.person()?;
        if person.may(permission) { Ok(person) } else { Err(person.refusal(permission).into()) }
    }

    /// Whether the signed-in person may do this.
    pub fn may(&self, permission: Permission) -> bool {
        matches!(self, Self::Person(person) if person.may(permission))
    }

    /// The partner they publish for.
    pub fn partner(&self) -> Result<&PartnerId> {
        let person = self.require(Permission::SeePartner)?;
        let partner = person.viewer.partner.as_ref();
        partner.ok_or_else(|| PublicError::forbidden(Permission::SeePartner.what()).into())
    }
}
