//! What a listing costs whoever looks at it: plans and prices in the currency of their organization.

use super::currency::currency_of;
use crate::ports::Selling;
use crate::{Actor, Result, Services};
use contract::ListingId;
use contract::manifest::Manifest;
use contract::money::{Currency, Money};
use contract::plan::{MeterView, PlanView, PricingModel, PricingView, TierView};
use contract::pricing::{Amounts, Charge, Plan};

/// What a listing costs; nothing where that is not stated, as with entries of another catalogue. Anybody may see it.
pub async fn pricing(services: &Services, actor: &Actor, id: &ListingId) -> Result<Option<PricingView>> {
    match services.catalogue.listing(id).await? {
        Some(listing) if listing.feed.is_none() => pricing_view(services, actor, &listing.manifest).await.map(Some),
        _ => Ok(None),
    }
}

/// Plans and prices of a manifest, as this person sees them. Visitors see dollars.
pub async fn pricing_view(services: &Services, actor: &Actor, manifest: &Manifest) -> Result<PricingView> {
    let pricing = &manifest.pricing;
    // Most listings cost nothing: nothing is read for them.
    let currency = match actor.viewer() {
        Some(viewer) if pricing.model.sells() => currency_of(services, &viewer.organization_id).await?,
        _ => Currency::USD,
    };
    let selling = services.payments.selling();
    Ok(PricingView {
        model: pricing.model,
        model_label: pricing.model.label().to_owned(),
        summary: summary(manifest, currency),
        test_mode: selling == Selling::Test && pricing.model.sells(),
        sold_here: selling != Selling::Off && manifest.sold(),
        currency,
        plans: pricing.plan.iter().map(|plan| plan_view(plan, currency)).collect(),
    })
}

/// A plan with its prices in this currency, where it has them all, and in USD otherwise.
pub fn plan_view(plan: &Plan, wanted: Currency) -> PlanView {
    let currency = plan.currency(wanted);
    PlanView {
        id: plan.id.clone(),
        name: plan.name.clone(),
        summary: plan.summary.clone(),
        features: plan.features.clone(),
        charge: plan.charge,
        monthly: plan.month(currency),
        annual: plan.year(currency),
        saving_percent: plan.saving_percent(currency),
        trial_days: plan.trial_days,
        tiers: tiers(plan, currency),
        meter: plan.meter.as_ref().map(|it| MeterView { unit: it.unit, included: it.included, per: it.per }),
    }
}

fn tiers(plan: &Plan, currency: Currency) -> Vec<TierView> {
    let amount = |amounts: &Amounts| amounts.get(&currency).map(|minor| Money::new(*minor, currency));
    let mut from = 1;
    let mut tiers = Vec::new();
    for tier in &plan.tier {
        if let (Some(monthly), Some(annual)) = (amount(&tier.monthly), amount(&tier.annual)) {
            tiers.push(TierView { from, up_to: tier.up_to, monthly, annual });
        }
        from = tier.up_to.map_or(from, |up_to| up_to.saturating_add(1));
    }
    tiers
}

/// In a few words; of a free plan, also where the others begin.
fn summary(manifest: &Manifest, currency: Currency) -> String {
    let pricing = &manifest.pricing;
    let label = || pricing.model.label().to_owned();
    if pricing.model != PricingModel::Freemium {
        return pricing.summary(currency).unwrap_or_else(label);
    }
    let sold: Vec<Plan> = pricing.plan.iter().filter(|plan| plan.charge != Charge::Free).cloned().collect();
    let paid = contract::pricing::Pricing { model: PricingModel::Paid, plan: sold };
    paid.summary(currency).map_or_else(label, |price| format!("Free plan · others {}", lower(&price)))
}

/// `From $19/mo` within a sentence.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Plan {
        toml::from_str(&format!("id = \"team\"\nname = \"Team\"\nsummary = \"For one team.\"\n{text}")).unwrap()
    }

    #[test]
    fn a_plan_without_the_currency_is_shown_in_dollars() {
        let plan = plan("monthly = { USD = 1900, EUR = 1750 }\nannual = { USD = 19000, EUR = 17500 }\ntrial_days = 14");
        let euros = plan_view(&plan, Currency::EUR);
        assert_eq!(euros.monthly, Some(Money::new(1_750, Currency::EUR)));
        assert_eq!((euros.saving_percent, euros.trial_days), (Some(16), 14));
        assert_eq!(plan_view(&plan, Currency::CHF).annual, Some(Money::new(19_000, Currency::USD)));
    }

    #[test]
    fn tiers_follow_each_other_without_a_gap() {
        let tier = |head: &str, month: i64| {
            format!("[[tier]]\n{head}monthly = {{ USD = {month} }}\nannual = {{ USD = {} }}\n", month * 10)
        };
        let text =
            format!("charge = \"volume\"\n{}{}{}", tier("up_to = 10\n", 900), tier("up_to = 50\n", 750), tier("", 600));
        let view = plan_view(&plan(&text), Currency::EUR);
        let bounds: Vec<_> = view.tiers.iter().map(|tier| (tier.from, tier.up_to)).collect();
        assert_eq!(bounds, [(1, Some(10)), (11, Some(50)), (51, None)]);
        assert_eq!(view.tiers[1].annual, Money::new(7_500, Currency::USD));
        assert_eq!((view.monthly, view.annual, view.saving_percent), (None, None, Some(16)));
    }
}
