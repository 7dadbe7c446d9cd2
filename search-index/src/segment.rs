//! What a search needs of each document, held in memory per segment. A segment never changes, so this is read once
//! in its life, whatever is committed around it.

use crate::prominence::{popularity, prominence};
use crate::schema::Fields;
use crate::stored::Record;
use crate::tally::Bits;
use crate::values::{ValueId, Values};
use contract::listing::Certification;
use contract::search::FacetField;
use domain::{Error, Result};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tantivy::schema::Value as _;
use tantivy::schema::document::CompactDocValue;
use tantivy::{DocId, SegmentReader, TantivyDocument};

/// Values that more than one of so many documents have are kept as sets.
const MANY: usize = 64;

/// Columns and records of one segment, indexed by document number.
#[derive(Debug, Default)]
pub struct SegmentData {
    records: Vec<u8>,
    record_ends: Vec<u32>,
    /// Facet values that few have.
    rare: Vec<ValueId>,
    rare_ends: Vec<u32>,
    /// Facet values that many have.
    common: Vec<ValueId>,
    common_ends: Vec<u32>,
    /// Documents of each of these.
    pub frequent: Vec<(ValueId, Bits)>,
    /// Average rating.
    pub ratings: Vec<f32>,
    /// When it first appeared, Unix milliseconds.
    pub published: Vec<i64>,
    /// Order without a query; see [`popularity`].
    pub popularity: Vec<u64>,
    /// What a score is multiplied by; see [`prominence`].
    pub prominence: Vec<f32>,
    /// Documents by id.
    pub by_id: Vec<DocId>,
    /// Documents by name, then id.
    pub by_name: Vec<DocId>,
}

fn slice<'a, T>(data: &'a [T], ends: &[u32], doc: DocId) -> &'a [T] {
    let doc = doc as usize;
    let start = doc.checked_sub(1).map_or(0, |before| ends[before] as usize);
    &data[start..ends[doc] as usize]
}

fn end(len: usize) -> Result<u32> {
    u32::try_from(len).map_err(|_| Error::Corrupt("a segment of the search index exceeds 4 GiB of records".into()))
}

impl SegmentData {
    /// Reads a segment, deleted documents included: they may be deleted in one commit and counted in another snapshot.
    pub fn load(reader: &SegmentReader, fields: &Fields, values: &mut Arc<Values>) -> Result<Self> {
        let mut data = Self::default();
        let (mut facets, mut facet_ends) = (Vec::new(), Vec::new());
        let store = reader.get_store_reader(1).map_err(Error::search)?;
        for document in store.iter::<TantivyDocument>(None) {
            let document = document.map_err(Error::search)?;
            let bytes = document.get_first(fields.record).and_then(|value: CompactDocValue<'_>| value.as_bytes());
            let bytes = bytes.ok_or_else(|| Error::Corrupt("a document of the search index has no record".into()))?;
            data.push(bytes, values, &mut facets)?;
            facet_ends.push(facets.len());
        }
        data.order()?;
        data.separate(&facets, &facet_ends)?;
        data.records.shrink_to_fit();
        Ok(data)
    }

    fn push(&mut self, bytes: &[u8], values: &mut Arc<Values>, facets: &mut Vec<ValueId>) -> Result<()> {
        let record = Record::decode(bytes).map_err(Error::search)?;
        self.records.extend_from_slice(bytes);
        self.record_ends.push(end(self.records.len())?);
        collect_facets(&record, values, facets);
        #[expect(clippy::cast_possible_truncation, reason = "five stars need no more precision")]
        self.ratings.push(record.rating as f32);
        self.published.push(record.published_at);
        self.popularity.push(popularity(&record));
        self.prominence.push(prominence(&record));
        Ok(())
    }

    fn order(&mut self) -> Result<()> {
        let mut heads = Vec::with_capacity(self.record_ends.len());
        for doc in 0..end(self.record_ends.len())? {
            heads.push(Record::decode_head(self.bytes(doc)).map_err(Error::search)?);
        }
        let mut by_id: Vec<DocId> = (0..end(heads.len())?).collect();
        by_id.sort_by_key(|doc| heads[*doc as usize].0);
        let mut by_name = by_id.clone();
        by_name.sort_by_key(|doc| heads[*doc as usize].1);
        self.by_id = by_id;
        self.by_name = by_name;
        Ok(())
    }

    /// Keeps the documents of values that many have as sets, and the few others apart: counting reads nothing else.
    fn separate(&mut self, facets: &[ValueId], ends: &[usize]) -> Result<()> {
        let mut counts: HashMap<ValueId, usize> = HashMap::new();
        for id in facets {
            *counts.entry(*id).or_default() += 1;
        }
        let mut sets: BTreeMap<ValueId, Bits> = BTreeMap::new();
        let mut start = 0;
        for (doc, facets_end) in (0..).zip(ends) {
            for id in &facets[start..*facets_end] {
                if counts[id] * MANY > ends.len() {
                    self.common.push(*id);
                    sets.entry(*id).or_insert_with(|| Bits::none(ends.len())).insert(doc);
                } else {
                    self.rare.push(*id);
                }
            }
            self.rare_ends.push(end(self.rare.len())?);
            self.common_ends.push(end(self.common.len())?);
            start = *facets_end;
        }
        self.rare.shrink_to_fit();
        self.common.shrink_to_fit();
        self.frequent = sets.into_iter().collect();
        Ok(())
    }

    /// Number of documents, deleted ones included.
    pub fn len(&self) -> usize {
        self.record_ends.len()
    }

    /// Facet values of a document that are not among the frequent ones.
    pub fn rare_facets(&self, doc: DocId) -> &[ValueId] {
        slice(&self.rare, &self.rare_ends, doc)
    }

    /// Facet values of a document.
    pub fn facets(&self, doc: DocId) -> impl Iterator<Item = &ValueId> {
        self.rare_facets(doc).iter().chain(slice(&self.common, &self.common_ends, doc))
    }

    fn bytes(&self, doc: DocId) -> &[u8] {
        slice(&self.records, &self.record_ends, doc)
    }

    /// The record of a document.
    pub fn record(&self, doc: DocId) -> Result<Record<'_>> {
        Record::decode(self.bytes(doc)).map_err(Error::search)
    }

    /// Id and sort name of a document; empty for a record that cannot be read, which [`Self::load`] rules out.
    pub fn head(&self, doc: DocId) -> (&str, &str) {
        Record::decode_head(self.bytes(doc)).unwrap_or_default()
    }
}

fn collect_facets(record: &Record<'_>, values: &mut Arc<Values>, facets: &mut Vec<ValueId>) {
    let first = facets.len();
    let mut add = |field, value: &str, label: &str| {
        if value.is_empty() {
            return;
        }
        let known = values.knows(field, value, label);
        let id = known.unwrap_or_else(|| Arc::make_mut(values).add(field, value, label));
        if !facets[first..].contains(&id) {
            facets.push(id);
        }
    };
    for (path, group, leaf) in &record.categories {
        if let Some((group_path, _)) = path.split_once('/') {
            add(FacetField::Category, group_path, group);
        }
        add(FacetField::Category, path, leaf);
    }
    let (installable, installable_label) = if record.installable { ("yes", "Yes") } else { ("no", "No") };
    add(FacetField::Installable, installable, installable_label);
    // Rounded as it is shown: who sees 4.0 expects it among "4 and up".
    let stars = (record.rating * 10.0).round();
    for (least, value, label) in [(40.0, "4", "4 stars and up"), (30.0, "3", "3 stars and up")] {
        if stars >= least {
            add(FacetField::Rating, value, label);
        }
    }
    for (kind, label) in &record.capabilities {
        add(FacetField::Capability, kind, label);
    }
    let certification = Certification::parse(record.certification).unwrap_or_default();
    add(FacetField::Certification, certification.as_str(), certification.label());
    add(FacetField::Pricing, record.pricing.0, record.pricing.1);
    add(FacetField::Support, record.support.0, record.support.1);
    add(FacetField::Auth, record.auth.0, record.auth.1);
    add(FacetField::Partner, record.partner_id, record.partner_name);
}
