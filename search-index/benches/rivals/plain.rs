//! Tantivy as its first example has it: default tokenizer, default query parser, one index of all texts. Facets are
//! counted by its aggregations.

use super::{FACETS, Rival, facet_values, texts};
use domain::ports::SearchDocument;
use std::error::Error;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::TopDocs;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::QueryParser;
use tantivy::schema::{FAST, Field, STORED, STRING, Schema, TEXT, Value};
use tantivy::{Index, IndexReader, TantivyDocument};

/// Tantivy without any of our own.
pub struct Plain {
    reader: IndexReader,
    parser: QueryParser,
    id: Field,
    counted: Aggregations,
    dir: tempfile::TempDir,
}

/// The column of a facet.
fn column(facet: &str) -> String {
    format!("facet_{facet}")
}

impl Plain {
    /// Indexes the listings.
    pub fn new(listings: &[SearchDocument]) -> Result<Self, Box<dyn Error>> {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let names = ["name", "partner", "summary", "tags", "categories", "text"];
        let fields = names.map(|name| schema.add_text_field(name, TEXT));
        let columns = FACETS.map(|facet| schema.add_text_field(&column(facet), FAST));
        let dir = tempfile::tempdir()?;
        let index = Index::create_in_dir(dir.path(), schema.build())?;
        let mut writer = index.writer_with_num_threads(1, 64 << 20)?;
        // Merges of its own would take segments away from the one merge at the end.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for listing in listings {
            let mut document = TantivyDocument::new();
            document.add_text(id, listing.card.id.as_str());
            for (field, text) in fields.iter().zip(texts(listing)) {
                document.add_text(*field, text);
            }
            for (column, value) in columns.iter().zip(facet_values(listing)) {
                document.add_text(*column, value);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let parser = QueryParser::for_index(&index, fields.to_vec());
        let counted =
            FACETS.map(|facet| (facet, serde_json::json!({ "terms": { "field": column(facet), "size": 30 } })));
        let counted = serde_json::from_value(serde_json::Value::Object(
            counted.into_iter().map(|(facet, request)| (facet.to_owned(), request)).collect(),
        ))?;
        Ok(Self { reader: index.reader()?, parser, id, counted, dir })
    }
}

impl Rival for Plain {
    fn name(&self) -> &'static str {
        "untuned Tantivy"
    }

    fn search(&self, q: &str, limit: u32) -> Result<Vec<String>, Box<dyn Error>> {
        let searcher = self.reader.searcher();
        let (query, _) = self.parser.parse_query_lenient(q);
        let top = searcher.search(&query, &TopDocs::with_limit(limit as usize).order_by_score())?;
        let mut ids = Vec::new();
        for (_, address) in top {
            let document: TantivyDocument = searcher.doc(address)?;
            ids.extend(document.get_first(self.id).as_ref().and_then(Value::as_str).map(str::to_owned));
        }
        Ok(ids)
    }

    fn facets(&self, q: &str) -> Result<usize, Box<dyn Error>> {
        let (query, _) = self.parser.parse_query_lenient(q);
        let collector = AggregationCollector::from_aggs(self.counted.clone(), AggContextParams::default());
        Ok(self.reader.searcher().search(&query, &collector)?.0.len())
    }

    fn size(&self) -> Result<u64, Box<dyn Error>> {
        Ok(std::fs::read_dir(self.dir.path())?
            .map(|entry| Ok(entry?.metadata()?.len()))
            .sum::<std::io::Result<u64>>()?)
    }
}
