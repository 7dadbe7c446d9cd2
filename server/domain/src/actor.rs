//! Who asks. Built once per request from the session; use cases read nothing before they asked it.

use crate::error::Result;
use contract::account::{OrganizationRole, StaffRole, Viewer};
use contract::{OrganizationId, PartnerId, PublicError, UserId};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody is signed in.
    Visitor,
    /// A signed-in person, acting for one organization.
    Person(Box<Viewer>),
    /// The marketplace itself: jobs, seeding.
    System,
}

impl Actor {
    /// The signed-in person.
    pub fn viewer(&self) -> Option<&Viewer> {
        match self {
            Self::Person(viewer) => Some(viewer),
            Self::Visitor | Self::System => None,
        }
    }

    /// The signed-in person, or "sign in first".
    pub fn person(&self) -> Result<&Viewer> {
        self.viewer().ok_or_else(|| PublicError::sign_in_required().into())
    }

    /// The organization whose installations they may see.
    pub fn member(&self) -> Result<&OrganizationId> {
        Ok(&self.person()?.organization_id)
    }

    /// The organization whose installations they may change, and who they are.
    pub fn admin(&self, what: &str) -> Result<(&OrganizationId, &UserId)> {
        let viewer = self.person()?;
        if viewer.role < OrganizationRole::Admin {
            return Err(PublicError::forbidden(what).into());
        }
        Ok((&viewer.organization_id, &viewer.user_id))
    }

    /// The partner they publish for.
    pub fn partner(&self) -> Result<&PartnerId> {
        self.person()?.partner.as_ref().ok_or_else(|| PublicError::forbidden("see a partner's dashboard").into())
    }

    /// Whether they review for the marketplace.
    pub fn reviewer(&self) -> Result<()> {
        match self.person()?.staff {
            Some(StaffRole::Reviewer) => Ok(()),
            None => Err(PublicError::forbidden("see the staff pages").into()),
        }
    }
}
