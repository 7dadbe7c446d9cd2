//! Who publishes an entry.
//!
//! What a catalogue names as the provider is often the catalogue's own keeper, for every product in it. Made into partners,
//! keepers would fill the partner filter and stand as makers of what is not theirs. So a feed never makes a partner, and an
//! entry is a partner's only when the partner exists and its name is part of the product's name; otherwise the name is
//! kept as a text: who lists it.

use crate::ports::Partner;
use contract::PartnerId;
use std::collections::HashMap;

/// Words of a company's name that say nothing about which one it is.
const FORMS: [&str; 16] = [
    "ag",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "inc",
    "labs",
    "limited",
    "llc",
    "ltd",
    "sa",
    "software",
    "technologies",
    "the",
];

/// The partners there are, by their names.
#[derive(Debug, Default)]
pub(super) struct Makers(HashMap<String, PartnerId>);

impl Makers {
    pub fn new(partners: Vec<Partner>) -> Self {
        let names =
            |partner: Partner| [(joined(&partner.name), partner.id.clone()), (joined(&partner.id.0), partner.id)];
        Self(partners.into_iter().flat_map(names).filter(|(name, _)| !name.is_empty()).collect())
    }

    /// The partner that makes the product with this name, if the provider is one and does.
    pub fn maker(&self, provider: &str, product: &str) -> Option<&PartnerId> {
        let wanted = words(provider);
        let product: Vec<String> = split(product).collect();
        let part_of_it = !wanted.is_empty() && product.windows(wanted.len()).any(|part| part == wanted);
        self.0.get(&joined(provider)).filter(|_| part_of_it)
    }
}

fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The words of a company's name, unless there are no others, without those of [`FORMS`].
fn words(name: &str) -> Vec<String> {
    let own: Vec<String> = split(name).filter(|word| !FORMS.contains(&word.as_str())).collect();
    if own.is_empty() { split(name).collect() } else { own }
}

fn joined(name: &str) -> String {
    words(name).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_partner_whose_product_it_is_becomes_one() {
        let partner = |id: &str, name: &str| Partner {
            id: id.into(),
            name: name.to_owned(),
            homepage: String::new(),
            summary: String::new(),
        };
        let makers = Makers::new(vec![partner("grafana-labs", "Grafana Labs"), partner("keep", "Keep")]);
        let maker = |provider, product| makers.maker(provider, product).map(PartnerId::as_str);
        assert_eq!(maker("Grafana Labs", "Grafana Loki"), Some("grafana-labs"));
        assert_eq!(maker("grafana labs, Inc.", "Loki by Grafana"), Some("grafana-labs"));
        assert_eq!(maker("Grafana Labs", "PostgreSQL"), None, "it lists what others make");
        assert_eq!(maker("Keep", "Datadog"), None);
        assert_eq!(maker("Keep", "Keeper"), None, "a part of a word is another word");
        assert_eq!(maker("Nobody", "Nobody's Monitor"), None, "a feed makes no partners");
        assert_eq!(maker("", "Anything"), None);
        assert_eq!(maker("The Labs", "Grafana"), None);
    }
}
