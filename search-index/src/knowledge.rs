//! What well-known products are and who makes them, read from `products.toml`: whoever types "secrets management" or
//! "hashicorp" finds what is called Vault, though its texts have neither.

use crate::analysis::{fold, joined, phrase_key, words};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The file.
pub const FILE: &str = include_str!("../products.toml");

/// Most products that a name may be about: one that has more is a list of words to be found by.
const MOST_PRODUCTS: usize = 3;

/// Something known of a product.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// It is of a kind.
    Is(String),
    /// Somebody makes it.
    By(String),
    /// Somebody made it once, or is a parent of who makes it.
    Of(String),
    /// It is this product.
    Called(String),
}

impl Fact {
    /// How it is written in the index.
    pub fn term(&self) -> String {
        match self {
            Self::Is(kind) => format!("is {kind}"),
            Self::By(maker) => format!("by {maker}"),
            Self::Of(maker) => format!("of {maker}"),
            Self::Called(name) => format!("called {name}"),
        }
    }
}

/// What an integration does, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// It changes something elsewhere.
    Act,
    /// It reads how something is.
    Watch,
}

impl Does {
    /// How it is written in the index, next to facts.
    pub const fn term(self) -> &'static str {
        match self {
            Self::Act => "does act",
            Self::Watch => "does watch",
        }
    }

    /// What an ability of a kind does, in the words of manifests and of other catalogues.
    pub fn by_ability(kind: &str) -> Option<Self> {
        match kind {
            "action" | "actions" | "notify_or_act" | "tool" => Some(Self::Act),
            "collect" | "data_source" | "metrics" | "monitors" | "service_checks" => Some(Self::Watch),
            _ => None,
        }
    }
}

/// The file, ready to look names up in.
#[derive(Debug, Default)]
pub struct Knowledge {
    products: Vec<Product>,
    /// Products by each of their names run together, and whether a listing must be called nothing else.
    by_name: HashMap<String, (usize, bool)>,
    /// Words of the longest name.
    longest: usize,
    kinds: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kinds: BTreeMap<String, Vec<String>>,
    wider: BTreeMap<String, Vec<String>>,
    products: BTreeMap<String, Product>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Product {
    /// What it is called most, run together.
    #[serde(skip)]
    name: String,
    /// How listings write its name, where they do so otherwise.
    #[serde(default)]
    names: Vec<String>,
    /// Those of its names that mean it only where a listing is called nothing else.
    #[serde(default)]
    alone: Vec<String>,
    /// Names that listings do not have.
    #[serde(default)]
    also: Vec<String>,
    /// Who makes it, then who did and their parents.
    #[serde(default)]
    by: Vec<String>,
    /// Its kinds.
    #[serde(default)]
    is: Vec<String>,
}

impl Product {
    fn facts(&self) -> impl Iterator<Item = Fact> {
        let makers = self.by.iter().enumerate().map(|(n, maker)| match n {
            0 => Fact::By(phrase_key(maker)),
            _ => Fact::Of(phrase_key(maker)),
        });
        let called = (!self.also.is_empty()).then(|| Fact::Called(self.name.clone()));
        self.is.iter().map(|kind| Fact::Is(phrase_key(kind))).chain(makers).chain(called)
    }
}

impl Knowledge {
    /// The program's own file. One that can't be read is reported, and searching goes on without it.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Knowledge> = LazyLock::new(|| {
            Knowledge::parse(FILE).unwrap_or_else(|error| {
                tracing::error!(%error, "products.toml cannot be read: searching without what is known of products");
                Knowledge::default()
            })
        });
        &BUILTIN
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut knowledge = Self { kinds: file.kinds, ..Self::default() };
        for (n, (name, mut product)) in file.products.into_iter().enumerate() {
            for name in product.names.iter().chain([&name]) {
                knowledge.longest = knowledge.longest.max(words(name).count());
                knowledge.by_name.insert(joined(name), (n, product.alone.contains(name)));
            }
            product.name = joined(&name);
            let of_its_kinds = |kinds: &[String]| kinds.iter().any(|kind| product.is.contains(kind));
            let wider = file.wider.iter().filter(|(_, kinds)| of_its_kinds(kinds)).map(|(kind, _)| kind.clone());
            let wider: Vec<String> = wider.collect();
            product.is.extend(wider);
            knowledge.products.push(product);
        }
        Ok(knowledge)
    }

    /// What is known of what a listing's name has: the longest names first, none within another. `cores` are what the
    /// name comes down to.
    pub fn of(&self, name: &str, cores: &[String]) -> Vec<Fact> {
        let folded: Vec<String> = words(name).map(|word| fold(&name[word.start..word.end])).collect();
        let (mut facts, mut products) = (Vec::new(), 0);
        let mut start = 0;
        while start < folded.len() && products < MOST_PRODUCTS {
            let longest = self.longest.min(folded.len() - start);
            let found = (1..=longest).rev().find_map(|length| {
                let name = folded[start..start + length].concat();
                let (product, alone) = self.by_name.get(&name)?;
                let whole = length == folded.len() || cores.contains(&name);
                (whole || !alone).then_some((length, &self.products[*product]))
            });
            start += found.map_or(1, |(length, _)| length);
            products += usize::from(found.is_some());
            facts.extend(found.into_iter().flat_map(|(_, product)| product.facts()));
        }
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// Every phrase that stands for something known of products.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, Fact)> {
        let kinds = self.kinds.iter().flat_map(|(kind, others)| {
            let phrases = others.iter().chain([kind]);
            phrases.map(|phrase| (phrase.as_str(), Fact::Is(phrase_key(kind))))
        });
        let makers = self
            .products
            .iter()
            .flat_map(|product| &product.by)
            .flat_map(|maker| [Fact::By, Fact::Of].map(|fact| (maker.as_str(), fact(phrase_key(maker)))));
        let names = self
            .products
            .iter()
            .flat_map(|product| product.also.iter().map(|name| (name.as_str(), Fact::Called(product.name.clone()))));
        kinds.chain(makers).chain(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
        [kinds]
        "secrets management" = ["secret store"]
        firewall = []
        network = []
        [wider]
        network = ["firewall"]
        [products]
        "HashiCorp Vault" = { names = ["Vault"], alone = ["Vault"], also = ["Vault Enterprise"], by = ["HashiCorp", "IBM"], is = ["secrets management"] }
        "Palo Alto" = { by = ["Palo Alto Networks"], is = ["firewall"] }
        "Palo Alto Panorama" = { by = ["Palo Alto Networks"] }
    "#;

    fn facts(name: &str, cores: &[&str]) -> Vec<String> {
        let cores: Vec<String> = cores.iter().map(|core| (*core).to_owned()).collect();
        Knowledge::parse(TEXT).unwrap().of(name, &cores).iter().map(Fact::term).collect()
    }

    #[test]
    fn the_file_can_be_read_and_its_kinds_are_known() {
        let knowledge = Knowledge::parse(FILE).unwrap();
        let unknown = |product: &&Product| product.is.iter().any(|kind| !knowledge.kinds.contains_key(kind));
        assert!(!knowledge.products.is_empty());
        assert_eq!(
            knowledge.products.iter().filter(unknown).map(|product| &product.is).collect::<Vec<_>>(),
            Vec::<&Vec<String>>::new()
        );
    }

    #[test]
    fn names_are_found_within_names_the_longest_first() {
        assert_eq!(
            facts("hashicorp-vault metrics", &[]),
            ["is secret manag", "by hashicorp", "of ibm", "called hashicorpvault"]
        );
        assert_eq!(facts("PaloAlto Panorama", &[]), ["by palo alto network"]);
        assert_eq!(facts("Palo Alto Firewall", &[]), ["is firewal", "is network", "by palo alto network"]);
    }

    #[test]
    fn a_list_of_products_is_about_the_first() {
        let name = "HashiCorp Vault, HashiCorp Vault, HashiCorp Vault, Palo Alto";
        assert_eq!(facts(name, &[]), ["is secret manag", "by hashicorp", "of ibm", "called hashicorpvault"]);
    }

    #[test]
    fn common_words_count_only_alone() {
        assert_eq!(facts("Vault", &[]).len(), 4);
        assert_eq!(facts("Vault Input Plugin", &["vault"]).len(), 4);
        assert_eq!(facts("Veeva Vault", &["veevavault"]), Vec::<String>::new());
    }
}
