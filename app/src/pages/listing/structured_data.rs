//! What search engines read: <https://schema.org/SoftwareApplication>.

use crate::markup::{Node, html};
use contract::listing::ListingDetail;
use contract::plan::PricingView;

/// A block of JSON-LD. The browser keeps what the server sent and does not build it.
pub fn structured_data(detail: &ListingDetail, pricing: Option<&PricingView>) -> Node {
    let json = json(detail, pricing);
    let nonce = leptos::nonce::use_nonce().map(|nonce| nonce.to_string());
    html! { <script type="application/ld+json" nonce=nonce inner_html=json></script> }
}

#[cfg(feature = "ssr")]
fn json(detail: &ListingDetail, pricing: Option<&PricingView>) -> String {
    let card = &detail.card;
    let mut value = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "SoftwareApplication",
        "name": card.name,
        "description": card.summary,
        "url": detail.canonical_url,
        "applicationCategory": "BusinessApplication",
        "operatingSystem": "Any",
        "softwareVersion": detail.version,
        "datePublished": detail.published_at.rfc3339(),
        "dateModified": detail.updated_at.rfc3339(),
        "keywords": detail.tags.join(", "),
    });
    // An entry of another catalogue states neither.
    if detail.feed.is_none() {
        value["license"] = detail.license.clone().into();
        value["author"] = serde_json::json!({ "@type": "Organization", "name": card.partner_name });
    }
    // What is sold by the event or by agreement has no price that could stand here.
    let offers: Vec<serde_json::Value> = pricing.map(offers).unwrap_or_default();
    if !offers.is_empty() {
        value["offers"] = offers.into();
    }
    if let Some(rating) = card.rating {
        value["aggregateRating"] = serde_json::json!({
            "@type": "AggregateRating",
            "ratingValue": rating.stars(),
            "bestRating": "5",
            "worstRating": "1",
            "reviewCount": rating.count,
        });
    }
    // `</script>` in a text must not end the element.
    value.to_string().replace('<', "\\u003c")
}

/// What can be had, and the price of a month.
#[cfg(feature = "ssr")]
fn offers(pricing: &PricingView) -> Vec<serde_json::Value> {
    use contract::money::Money;
    use contract::plan::{Charge, Interval};
    let offer = |name: Option<&str>, price: Money| {
        let price_of = price.digits().replace(',', "");
        let mut offer = serde_json::json!({
            "@type": "Offer", "price": price_of, "priceCurrency": price.currency.code()
        });
        if let Some(name) = name {
            offer["name"] = name.into();
        }
        offer
    };
    let nothing = Money::new(0, pricing.currency);
    if !pricing.model.sells() {
        return vec![offer(None, nothing)];
    }
    let plans = pricing.plans.iter().filter_map(|plan| {
        let price = match plan.charge {
            Charge::Free => Some(nothing),
            Charge::Metered | Charge::Contract => None,
            Charge::Flat | Charge::PerSeat | Charge::Volume => plan.price(Interval::Monthly),
        };
        price.map(|price| offer(Some(&plan.name), price))
    });
    plans.collect()
}

#[cfg(not(feature = "ssr"))]
fn json(_detail: &ListingDetail, _pricing: Option<&PricingView>) -> String {
    "{}".to_owned()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::json;
    use contract::Timestamp;
    use contract::listing::{Certification, ListingCard, ListingDetail, Readme};

    #[test]
    fn a_text_cannot_end_the_script() {
        let card = ListingCard {
            id: "x".into(),
            name: "</script><script>alert(1)</script>".to_owned(),
            summary: String::new(),
            partner_id: "p".into(),
            partner_name: String::new(),
            icon: None,
            certification: Certification::None,
            installable: false,
            category: String::new(),
            installs: 0,
            rating: None,
            price: None,
        };
        let detail = ListingDetail {
            card,
            version: String::new(),
            published_at: Timestamp(0),
            updated_at: Timestamp(0),
            readme: Readme { overview_html: String::new(), setup_html: String::new() },
            categories: Vec::new(),
            tags: Vec::new(),
            support: String::new(),
            license: String::new(),
            data_regions: Vec::new(),
            deployment: String::new(),
            pricing: String::new(),
            auth: String::new(),
            links: Vec::new(),
            hosts: Vec::new(),
            scopes: Vec::new(),
            capabilities: Vec::new(),
            releases: Vec::new(),
            related: Vec::new(),
            requests: 0,
            feed: None,
            canonical_url: String::new(),
        };
        assert!(!json(&detail, None).contains('<'));
        assert!(!json(&detail, None).contains("aggregateRating"), "nobody has reviewed it");
        let mut rated = detail;
        rated.card.rating = contract::review::Rating::of(4250, 7);
        let json = json(&rated, None);
        assert!(json.contains(r#""ratingValue":"4.3""#) && json.contains(r#""reviewCount":7"#), "{json}");
    }
}
