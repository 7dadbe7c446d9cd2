//! The fields of the index. Change anything here, in `analysis/`, `document` or `stored`, and raise `LAYOUT`: an index of
//! another [version] is thrown away and rebuilt.

use crate::analysis::{GRAMS, NAMES, PROSE, SPELLING, STARTS, register};
use crate::knowledge;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;
use tantivy::Index;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// Raised by hand.
const LAYOUT: u32 = 6;

/// Version of what is written to disk; recorded in every commit. It is another one when other things are known of products.
pub fn version() -> u64 {
    static VERSION: LazyLock<u64> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        (LAYOUT, knowledge::FILE).hash(&mut hasher);
        hasher.finish()
    });
    *VERSION
}

/// The fields, by role.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Listing id, to replace and find documents.
    pub id: Field,
    /// Words of the name.
    pub name: Field,
    /// The whole name run together, for exact matches.
    pub name_joined: Field,
    /// Prefixes of the whole name run together.
    pub name_start: Field,
    /// Prefixes of the name's words.
    pub name_grams: Field,
    /// Words of the aliases.
    pub alias: Field,
    /// Each alias run together, and what the name comes down to.
    pub alias_joined: Field,
    /// Prefixes of the aliases' words.
    pub alias_grams: Field,
    /// Words of tags, partner and categories.
    pub context: Field,
    /// Prefixes of those words.
    pub context_grams: Field,
    /// What is known of the product: its kinds and makers.
    pub facts: Field,
    /// Stems of the summary.
    pub summary: Field,
    /// Stems of what it can do.
    pub ability: Field,
    /// Stems of the README.
    pub readme: Field,
    /// Words to correct spelling with.
    pub spelling: Field,
    /// Category, tag and partner keys, for similar listings.
    pub keys: Field,
    /// The record results are made of.
    pub record: Field,
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let scored = |tokenizer| text(tokenizer, IndexRecordOption::WithFreqs, true);
    let present = |tokenizer, norms| text(tokenizer, IndexRecordOption::Basic, norms);
    let fields = Fields {
        id: builder.add_text_field("id", STRING),
        name: builder.add_text_field("name", scored(NAMES)),
        name_joined: builder.add_text_field("name_joined", STRING),
        name_start: builder.add_text_field("name_start", present(STARTS, false)),
        name_grams: builder.add_text_field("name_grams", present(GRAMS, true)),
        alias: builder.add_text_field("alias", scored(NAMES)),
        alias_joined: builder.add_text_field("alias_joined", STRING),
        alias_grams: builder.add_text_field("alias_grams", present(GRAMS, true)),
        context: builder.add_text_field("context", scored(NAMES)),
        context_grams: builder.add_text_field("context_grams", present(GRAMS, true)),
        facts: builder.add_text_field("facts", present("raw", false)),
        summary: builder.add_text_field("summary", scored(PROSE)),
        ability: builder.add_text_field("ability", scored(PROSE)),
        readme: builder.add_text_field("readme", scored(PROSE).set_stored()),
        spelling: builder.add_text_field("spelling", present(SPELLING, false)),
        keys: builder.add_text_field("keys", STRING),
        record: builder.add_bytes_field("record", STORED),
    };
    (builder.build(), fields)
}

/// Prepares an index handle, new or opened, for reading and writing.
pub fn prepare(index: &Index) {
    register(index.tokenizers());
}

fn text(tokenizer: &str, record: IndexRecordOption, norms: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}
