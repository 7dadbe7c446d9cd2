//! Listings: published through the same use case as the catalogue we ship.

use contract::PartnerId;
use domain::catalog::check::{CheckInput, ManifestText, check};
use domain::catalog::{publish as publish_release, put_partner};
use domain::ports::{Partner, Published};
use domain::{Actor, Services};

/// Manifest of `monitor`: a webhook with a probe, a data source and an action, behind a token.
pub const MONITOR: &str = include_str!("monitor.toml");

const README: &str = "Watches things.

## What it does here

- Receives alerts and opens tickets for the ones that matter.

## Set-up

1. Create a token under Settings, API tokens, and enter it here together with the address.

## Troubleshooting

- **The token is refused**: it was revoked or belongs to another account.
";

/// Manifest of a listing that can't be installed.
pub fn wish(id: &str, name: &str) -> String {
    format!(
        r#"
manifest = 1
id = "{id}"
name = "{name}"
version = "1.0.0"
summary = "Keeps an eye on {name}."
partner = "example-labs"
categories = ["monitoring/metrics"]
support = "community"
license = "Apache-2.0"
listing = "saas"
pricing = {{ model = "byol" }}
[links]
homepage = "https://www.example.com"
documentation = "https://docs.example.com"
"#
    )
}

/// Publishes a manifest that must be free of errors.
pub async fn publish(services: &Services, manifest: &str) -> Published {
    release(services, manifest, README, None).await
}

/// Publishes a manifest with its README and icon.
pub async fn release(services: &Services, manifest: &str, readme: &str, icon: Option<&str>) -> Published {
    let table: toml::Table = manifest.parse().unwrap();
    let input = CheckInput {
        folder: table["id"].as_str().unwrap(),
        manifest: ManifestText::Toml(manifest),
        readme: Some(readme),
        icon,
        partners: None,
        others: &[],
    };
    let report = check(&input);
    assert!(!report.has_errors(), "{:#?}", report.problems);
    publish_release(services, &Actor::System, &report, readme, icon).await.unwrap()
}

/// The listings of the demo's seller: freemium, by the seat and in volumes, by the event and by agreement.
const SOLD: [&str; 3] = [
    include_str!("../../../../catalog-demo/fjord-noise-filter/integration.toml"),
    include_str!("../../../../catalog-demo/fjord-oncall-bridge/integration.toml"),
    include_str!("../../../../catalog-demo/fjord-event-relay/integration.toml"),
];

/// Publishes what the demo's seller sells.
pub async fn seed_sold(services: &Services) {
    let partner = toml::from_str(include_str!("../../../../catalog-demo/_partners/fjord-labs.toml")).unwrap();
    put_partner(services, &Actor::System, &partner).await.unwrap();
    for manifest in SOLD {
        publish(services, manifest).await;
    }
}

/// The partners, `monitor` and `lumen`.
pub async fn seed(services: &Services) {
    for (id, name) in [("prometheus", "Prometheus"), ("example-labs", "Example Labs")] {
        let partner = Partner {
            id: PartnerId::from(id),
            name: name.to_owned(),
            homepage: "https://www.example.com".to_owned(),
            summary: "Makes examples.".to_owned(),
        };
        put_partner(services, &Actor::System, &partner).await.unwrap();
    }
    publish(services, MONITOR).await;
    publish(services, &wish("lumen", "Lumen")).await;
}
