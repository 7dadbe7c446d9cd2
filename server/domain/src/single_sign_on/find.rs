//! From an address or a key to the issuer to go to.

use super::issuer::secret;
use crate::{Actor, Result, Services};
use contract::account::SignInProvider;
use contract::{OrganizationId, PublicError};
use zeroize::Zeroizing;

/// What is needed to speak to an organization's issuer.
#[derive(Clone)]
pub struct Relying {
    /// The organization.
    pub organization: OrganizationId,
    /// The issuer's identifier.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: Option<Zeroizing<String>>,
    /// Claim that names a person's groups.
    pub groups_claim: String,
}

impl std::fmt::Debug for Relying {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relying({} at {})", self.organization, self.issuer)
    }
}

/// The sign-in of an organization. Known to everybody who knows its key, as its button on a sign-in page would be.
pub async fn relying(services: &Services, key: &str) -> Result<Option<Relying>> {
    let organization = OrganizationId(key.to_owned());
    let Some(stored) = services.single_sign_on.issuer_of(&organization).await? else { return Ok(None) };
    let client_secret = secret(services, &organization, &stored).await?;
    Ok(Some(Relying {
        organization,
        client_secret,
        issuer: stored.issuer,
        client_id: stored.client_id,
        groups_claim: stored.mapping.claim,
    }))
}

/// The key of the sign-in that an address belongs to. Says nothing of the person: only the domain counts.
pub async fn by_address(services: &Services, address: &str) -> Result<Option<OrganizationId>> {
    let Some((_, domain)) = address.trim().rsplit_once('@') else { return Ok(None) };
    services.single_sign_on.organization_of_domain(&domain.to_ascii_lowercase()).await
}

/// What the sign-in page offers: whether any organization has a sign-in of its own, and that of whoever looks.
pub async fn offered(services: &Services, actor: &Actor) -> Result<(bool, Option<SignInProvider>)> {
    let any = services.single_sign_on.any_issuer().await?;
    let Some(viewer) = actor.viewer() else { return Ok((any, None)) };
    let stored = services.single_sign_on.issuer_of(&viewer.organization_id).await?;
    let own = stored
        .map(|_| SignInProvider { key: viewer.organization_id.0.clone(), name: viewer.organization_name.clone() });
    Ok((any, own))
}

/// An organization that only takes sessions of its own sign-in was asked for with another one.
pub(crate) fn elsewhere(organization: &str) -> PublicError {
    PublicError::new(
        contract::ErrorCode::Forbidden,
        "This organization has its own sign-in",
        format!("{organization} only lets people in who signed in with its own sign-in."),
        "Sign in with your address there; you become a member by that, if you are not one yet.",
    )
}
