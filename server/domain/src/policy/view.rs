//! Reading the policy.

use super::names::Names;
use crate::catalog::categories::CategoryTree;
use crate::permission::Permission;
use crate::ports::Listing;
use crate::{Actor, Result, Services};
use contract::policy::{Choice, Policy, PolicyChoices, PolicyView, REGIONS};

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

fn categories() -> Vec<Choice> {
    let groups = CategoryTree::builtin().groups.iter();
    let of_group = |group: &'static crate::catalog::categories::Group| {
        let leaves = group
            .leaves
            .iter()
            .map(|leaf| choice(&format!("{}/{}", group.id, leaf.id), &format!("{} › {}", group.name, leaf.name)));
        std::iter::once(choice(&group.id, &group.name)).chain(leaves).collect::<Vec<_>>()
    };
    groups.flat_map(of_group).collect()
}

async fn choices(services: &Services, listings: &[Listing]) -> Result<PolicyChoices> {
    let partners = services.catalogue.partners().await?;
    let installable = listings.iter().filter(|it| it.manifest.installable());
    Ok(PolicyChoices {
        regions: REGIONS.iter().map(|(value, label)| choice(value, label)).collect(),
        categories: categories(),
        partners: partners.iter().map(|it| choice(it.id.as_str(), &it.name)).collect(),
        listings: installable.map(|it| choice(it.id.as_str(), &it.manifest.name)).collect(),
    })
}

/// The policy in force, and for people who may change it what an editor needs.
pub async fn policy(services: &Services, actor: &Actor) -> Result<PolicyView> {
    let person = actor.require(Permission::SeePolicy)?;
    let stored = services.policies.policy_of(person.organization()).await?;
    let (policy, changed) = match stored {
        Some(stored) => (stored.policy, Some((stored.changed_by, stored.changed_at))),
        None => (Policy::default(), None),
    };
    let can_change = person.may(Permission::ChangePolicy);
    let listings = services.catalogue.listings().await?;
    let names = Names::load(services, &listings).await?;
    Ok(PolicyView {
        sentences: names.sentences(&policy),
        otherwise: policy.otherwise_sentence().to_owned(),
        can_change,
        changed_by: changed.as_ref().map(|(by, _)| by.clone()),
        changed_at: changed.map(|(_, at)| at),
        choices: if can_change { choices(services, &listings).await? } else { PolicyChoices::default() },
        policy,
    })
}
