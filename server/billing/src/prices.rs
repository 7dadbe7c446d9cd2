//! Products and prices.

use crate::call::{Form, get, post};
use crate::failure::{failed, found};
use contract::billing::Interval;
use contract::money::Currency;
use domain::Result;
use domain::ports::{ListedPrice, PriceStep, PriceSteps, Scheme, WantedPrice};
use miniserde::Deserialize;
use std::collections::BTreeMap;
use stripe::Client;

/// Asked for at once: the most there can be.
const STEP: u8 = 100;

#[derive(Deserialize)]
struct Prices {
    data: Vec<Price>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Price {
    id: String,
    lookup_key: Option<String>,
    active: bool,
    currency: Option<String>,
    tiers: Option<Vec<Tier>>,
    currency_options: Option<BTreeMap<String, CurrencyOption>>,
}

#[derive(Deserialize)]
struct CurrencyOption {
    unit_amount: Option<i64>,
    unit_amount_decimal: Option<String>,
    tiers: Option<Vec<Tier>>,
}

#[derive(Deserialize)]
struct Tier {
    up_to: Option<u64>,
    unit_amount: Option<i64>,
    unit_amount_decimal: Option<String>,
}

#[derive(Deserialize)]
struct Product {
    name: String,
}

#[derive(Deserialize)]
struct Made {
    id: String,
}

/// A whole amount, or the decimal where it is none; both without needless zeros.
fn unit(whole: Option<i64>, decimal: Option<&str>) -> String {
    let text = whole.map(|whole| whole.to_string()).or(decimal.map(str::to_owned)).unwrap_or_default();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn listed(price: Price) -> ListedPrice {
    let mut steps = PriceSteps::new();
    let step = |tier: &Tier| PriceStep {
        up_to: tier.up_to,
        unit: unit(tier.unit_amount, tier.unit_amount_decimal.as_deref()),
    };
    let own = price.currency.as_deref().and_then(Currency::parse);
    for (code, it) in price.currency_options.into_iter().flatten() {
        let Some(currency) = Currency::parse(&code) else { continue };
        let tiers = it.tiers.as_ref().or(if own == Some(currency) { price.tiers.as_ref() } else { None });
        let found = match (tiers, &price.tiers) {
            (Some(tiers), _) if !tiers.is_empty() => tiers.iter().map(step).collect(),
            // Steps of another currency are not told here.
            (_, Some(tiers)) if !tiers.is_empty() => continue,
            _ => vec![PriceStep { up_to: None, unit: unit(it.unit_amount, it.unit_amount_decimal.as_deref()) }],
        };
        steps.insert(currency, found);
    }
    ListedPrice { id: price.id, key: price.lookup_key.unwrap_or_default(), active: price.active, steps }
}

fn expanded(query: Form) -> Form {
    query.set("expand[0]", "data.currency_options").set("expand[1]", "data.tiers")
}

/// All prices with a key, of the active and then of the other ones.
pub async fn all(client: &Client) -> Result<Vec<ListedPrice>> {
    let mut prices: Vec<ListedPrice> = Vec::new();
    let mut last = None;
    loop {
        let query = expanded(Form::default().set("limit", STEP).maybe("starting_after", last.as_ref()));
        let page: Prices = get(client, "/prices", &query).await.map_err(failed)?;
        last = page.data.last().map(|price| price.id.clone());
        let end = !page.has_more || last.is_none();
        prices.extend(page.data.into_iter().map(listed).filter(|price| !price.key.is_empty()));
        if end {
            return Ok(prices);
        }
    }
}

/// Makes product and price unless they are there.
pub async fn put(client: &Client, wanted: &WantedPrice) -> Result<String> {
    put_product(client, wanted).await?;
    let query = Form::default().set("lookup_keys[0]", &wanted.key).set("limit", 1);
    let page: Prices = get(client, "/prices", &query).await.map_err(failed)?;
    if let Some(price) = page.data.into_iter().next() {
        if !price.active {
            let path = format!("/prices/{}", price.id);
            let _: Made = post(client, &path, &Form::default().set("active", true), None).await.map_err(failed)?;
        }
        return Ok(price.id);
    }
    let made: Made = post(client, "/prices", &form(wanted), Some(&wanted.key)).await.map_err(failed)?;
    Ok(made.id)
}

/// Nobody can buy at it any more.
pub async fn retire(client: &Client, id: &str) -> Result<()> {
    let form = Form::default().set("active", false);
    post::<Made>(client, &format!("/prices/{id}"), &form, None).await.map(|_| ()).map_err(failed)
}

async fn put_product(client: &Client, wanted: &WantedPrice) -> Result<()> {
    let path = format!("/products/{}", wanted.product);
    let form = Form::default().set("name", &wanted.name);
    match found(get::<Product>(client, &path, &Form::default()).await)? {
        Some(it) if it.name == wanted.name => return Ok(()),
        Some(_) => post::<Made>(client, &path, &form, None).await,
        None => post::<Made>(client, "/products", &form.set("id", &wanted.product), Some(&wanted.product)).await,
    }
    .map(|_| ())
    .map_err(failed)
}

fn form(wanted: &WantedPrice) -> Form {
    let every = match wanted.interval {
        Interval::Monthly => "month",
        Interval::Annual => "year",
    };
    let mut form = Form::default()
        .set("product", &wanted.product)
        .set("lookup_key", &wanted.key)
        .set("recurring[interval]", every)
        .set("tax_behavior", "exclusive");
    if let Some(meter) = &wanted.meter {
        form = form.set("recurring[usage_type]", "metered").set("recurring[meter]", meter);
    }
    let mode = match wanted.scheme {
        Scheme::PerUnit => None,
        Scheme::Volume => Some("volume"),
        Scheme::Graduated => Some("graduated"),
    };
    if let Some(mode) = mode {
        form = form.set("billing_scheme", "tiered").set("tiers_mode", mode);
    }
    // The processor wants one currency to be the price's own. Everything is sold in dollars, but for offers to one customer.
    let dollars = wanted.steps.contains_key(&Currency::USD);
    for (currency, steps) in &wanted.steps {
        let code = currency.code().to_lowercase();
        let own = !dollars || *currency == Currency::USD;
        let place = |name: &str| match (own, name.split_once('[')) {
            (true, _) => name.to_owned(),
            (false, Some((first, rest))) => format!("currency_options[{code}][{first}][{rest}"),
            (false, None) => format!("currency_options[{code}][{name}]"),
        };
        if own {
            form = form.set("currency", &code);
        } else {
            form = form.set(place("tax_behavior"), "exclusive");
        }
        for (number, step) in steps.iter().enumerate() {
            form = match (mode, &step.up_to) {
                (None, _) => form.set(place("unit_amount_decimal"), &step.unit),
                (Some(_), up_to) => {
                    let up_to = up_to.map_or_else(|| "inf".to_owned(), |up_to| up_to.to_string());
                    form.set(place(&format!("tiers[{number}][up_to]")), up_to)
                        .set(place(&format!("tiers[{number}][unit_amount_decimal]")), &step.unit)
                }
            };
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn amounts_are_written_without_needless_zeros() {
        assert_eq!(unit(Some(4_900), None), "4900");
        assert_eq!(unit(None, Some("0.0250")), "0.025");
        assert_eq!(unit(None, Some("25.0")), "25");
        assert_eq!(unit(None, None), "");
    }
}
