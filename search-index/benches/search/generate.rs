//! Listings to measure with: generated ones, the same in every run, and those of a catalogue directory.

use contract::Timestamp;
use contract::listing::{Certification, ListingCard};
use domain::ports::{CategoryName, SearchDocument};
use std::error::Error;
use std::path::Path;

const SYLLABLES: [&str; 24] = [
    "ar", "ba", "cor", "da", "el", "fi", "gra", "hel", "in", "jo", "ka", "lo", "mon", "na", "ops", "pro", "qua", "ra",
    "si", "ta", "un", "ver", "wa", "zen",
];
const NOUNS: [&str; 12] =
    ["Alerts", "Metrics", "Logs", "Traces", "Cloud", "Monitor", "Gateway", "Queue", "Store", "Desk", "Chat", "Deploy"];
const GROUPS: [&str; 5] = ["infrastructure", "monitoring", "incidents", "delivery", "collaboration"];

/// Repeatable noise (Marsaglia's xorshift).
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit
    }

    /// A word of a vocabulary in which small numbers are frequent.
    fn word(&mut self) -> String {
        let spread = 1 + self.below(6000);
        made_up(self.below(spread))
    }

    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// The word with this number.
fn made_up(mut n: usize) -> String {
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[n % SYLLABLES.len()]);
        n /= SYLLABLES.len();
        if n == 0 && word.len() > 3 {
            return word;
        }
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn category(path: &str) -> CategoryName {
    let (group, leaf) = path.split_once('/').unwrap_or((path, path));
    CategoryName { path: path.to_owned(), group: group.to_owned(), leaf: leaf.to_owned() }
}

fn pair(value: &str) -> (String, String) {
    (value.to_owned(), value.to_owned())
}

/// `count` listings with names, partners and texts of uneven frequency.
pub fn listings(count: usize) -> Vec<SearchDocument> {
    let mut noise = Noise(0x2545_f491_4f6c_dd1d);
    (0..count).map(|n| listing(n, &mut noise)).collect()
}

fn listing(n: usize, noise: &mut Noise) -> SearchDocument {
    let product = capital(&made_up(500 + n * 7));
    let name = format!("{product} {}", NOUNS[noise.below(NOUNS.len())]);
    let partner = made_up(noise.below(1 + n / 20));
    let path = format!("{}/{}", GROUPS[noise.below(5)], made_up(noise.below(4)));
    let mut summary = noise.text(9);
    if noise.below(3) == 0 {
        summary.push_str(" alerts");
    }
    let small = |noise: &mut Noise, limit| u32::try_from(noise.below(limit)).unwrap_or(0);
    SearchDocument {
        card: ListingCard {
            id: format!("listing-{n}").into(),
            name,
            summary,
            partner_id: partner.clone().into(),
            partner_name: capital(&partner),
            icon: None,
            certification: [Certification::None, Certification::Bronze, Certification::Gold][noise.below(3)],
            installable: noise.below(3) == 0,
            category: path.clone(),
            installs: small(noise, 5000),
            rating: None,
            price: None,
        },
        aliases: vec![noise.word()],
        tags: (0..4).map(|_| noise.word()).collect(),
        categories: vec![category(&path)],
        readme: noise.text(150),
        pricing: pair(["free", "byol"][noise.below(2)]),
        support: pair(["community", "24x7"][noise.below(2)]),
        capabilities: vec![pair(["webhook", "data_source", "action"][noise.below(3)])],
        auth: pair(["api_key", "oauth2", "basic"][noise.below(3)]),
        rating: f64::from(small(noise, 50)) / 10.0,
        requests: small(noise, 40),
        looks: 0,
        published_at: Timestamp(i64::from(small(noise, 1_000_000)) * 1000),
    }
}

/// The listings of a catalogue directory, as far as search needs them.
pub fn catalogue(dir: &Path) -> Result<Vec<SearchDocument>, Box<dyn Error>> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let folder = entry?.path();
        let Ok(text) = std::fs::read_to_string(folder.join("integration.toml")) else {
            continue;
        };
        let manifest: toml::Table = text.parse()?;
        let readme = std::fs::read_to_string(folder.join("README.md")).unwrap_or_default();
        documents.push(from_manifest(&manifest, readme));
    }
    Ok(documents)
}

fn from_manifest(manifest: &toml::Table, readme: String) -> SearchDocument {
    let text = |key: &str| manifest.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let list = |key: &str| -> Vec<String> {
        let values = manifest.get(key).and_then(toml::Value::as_array);
        values.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned).collect()
    };
    let inner = |table: &str, key: &str| {
        let value = manifest.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_str);
        pair(value.unwrap_or("none"))
    };
    let capabilities = manifest.get("capability").and_then(toml::Value::as_array);
    let categories = list("categories");
    SearchDocument {
        card: ListingCard {
            id: text("id").into(),
            name: text("name"),
            summary: text("summary"),
            partner_id: text("partner").into(),
            partner_name: capital(&format!("{} ", text("partner"))).trim().to_owned(),
            icon: None,
            certification: Certification::None,
            installable: true,
            category: categories.first().cloned().unwrap_or_default(),
            installs: 0,
            rating: None,
            price: None,
        },
        aliases: list("aliases"),
        tags: list("tags"),
        categories: categories.iter().map(|path| category(path)).collect(),
        readme,
        pricing: inner("pricing", "model"),
        support: pair(&text("support")),
        capabilities: capabilities
            .into_iter()
            .flatten()
            .filter_map(|capability| capability.get("type").and_then(toml::Value::as_str).map(pair))
            .collect(),
        auth: inner("auth", "type"),
        rating: 0.0,
        requests: 0,
        looks: 0,
        published_at: Timestamp(0),
    }
}
