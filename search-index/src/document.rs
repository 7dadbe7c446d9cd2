//! From a listing to a Tantivy document.

use crate::analysis::{MAX_WORD_CHARS, fold, head, joined, words};
use crate::knowledge::{Does, Knowledge};
use crate::schema::Fields;
use crate::stored;
use domain::ports::SearchDocument;
use std::collections::BTreeSet;
use tantivy::TantivyDocument;

/// Characters of a README that are indexed; what follows adds nothing to find a product by.
const MAX_README_CHARS: usize = 30_000;

/// Key of a category leaf among `keys`.
pub fn leaf_key(path: &str) -> String {
    format!("leaf:{path}")
}

/// Key of a category group among `keys`.
pub fn group_key(path: &str) -> String {
    format!("group:{}", path.split('/').next().unwrap_or(path))
}

/// Key of a tag among `keys`.
pub fn tag_key(tag: &str) -> String {
    format!("tag:{}", joined(tag))
}

/// Key of a partner among `keys`.
pub fn partner_key(id: &str) -> String {
    format!("partner:{id}")
}

/// Among `facts`: it has texts in Chinese, Japanese or Korean.
pub const SPEAKS_CJK: &str = "speaks cjk";

/// Words by which a name says what kind of thing it is, not which.
const KINDS: [&str; 20] = [
    "agent",
    "alerts",
    "app",
    "collector",
    "connector",
    "exporter",
    "extension",
    "input",
    "integration",
    "logs",
    "log",
    "metrics",
    "monitor",
    "monitoring",
    "output",
    "plugin",
    "processor",
    "receiver",
    "scaler",
    "server",
];

/// What a name comes down to: `Jenkins Input Plugin` is Jenkins, and `Acme Vault` by Acme is Vault.
fn cores(name: &str, partner: &str) -> Vec<String> {
    let name = name.split(" (").next().unwrap_or(name);
    let folded: Vec<String> = words(name).map(|word| fold(&name[word.start..word.end])).collect();
    let core: Vec<&str> = folded.iter().map(String::as_str).filter(|word| !KINDS.contains(word)).collect();
    let core = core.concat();
    let without_partner = core.strip_prefix(&joined(partner)).unwrap_or_default().to_owned();
    let mut cores = vec![core, without_partner];
    cores.retain(|core| core.len() > 1 && *core != joined(name));
    cores
}

/// What Tantivy indexes and stores of a listing.
pub fn document(fields: &Fields, source: &SearchDocument) -> postcard::Result<TantivyDocument> {
    let mut document = TantivyDocument::new();
    let card = &source.card;
    document.add_text(fields.id, card.id.as_str());
    document.add_bytes(fields.record, &stored::encode(source)?);

    for field in [fields.name, fields.name_start, fields.name_grams, fields.spelling] {
        document.add_text(field, &card.name);
    }
    let name = joined(&card.name);
    document.add_text(fields.name_joined, head(&name, MAX_WORD_CHARS));
    document.add_text(fields.spelling, &name);
    let cores = cores(&card.name, &card.partner_name);
    let does: BTreeSet<Does> = source.capabilities.iter().filter_map(|(kind, _)| Does::by_ability(kind)).collect();
    for does in does {
        document.add_text(fields.facts, does.term());
    }
    for fact in Knowledge::builtin().of(&card.name, &cores) {
        document.add_text(fields.facts, fact.term());
    }
    for core in cores {
        document.add_text(fields.alias_joined, head(&core, MAX_WORD_CHARS));
    }
    for alias in &source.aliases {
        for field in [fields.alias, fields.alias_grams, fields.spelling] {
            document.add_text(field, alias);
        }
        let alias = joined(alias);
        document.add_text(fields.alias_joined, head(&alias, MAX_WORD_CHARS));
        document.add_text(fields.spelling, &alias);
    }

    let texts = [&card.name, &card.summary, &source.readme];
    if texts.into_iter().chain(&source.aliases).any(|text| words(text).any(|word| word.cjk)) {
        document.add_text(fields.facts, SPEAKS_CJK);
    }

    let mut context: Vec<&str> = source.tags.iter().map(String::as_str).collect();
    context.push(&card.partner_name);
    for category in &source.categories {
        for name in [category.group.as_str(), category.leaf.as_str()] {
            if !context.contains(&name) {
                context.push(name);
            }
        }
        document.add_text(fields.keys, leaf_key(&category.path));
        document.add_text(fields.keys, group_key(&category.path));
    }
    for text in context {
        for field in [fields.context, fields.context_grams, fields.spelling] {
            document.add_text(field, text);
        }
    }
    for tag in &source.tags {
        document.add_text(fields.keys, tag_key(tag));
    }
    document.add_text(fields.keys, partner_key(card.partner_id.as_str()));

    document.add_text(fields.summary, &card.summary);
    document.add_text(fields.spelling, &card.summary);
    for (_, ability) in &source.capabilities {
        document.add_text(fields.ability, ability);
    }
    document.add_text(fields.readme, head(&source.readme, MAX_README_CHARS));
    Ok(document)
}
