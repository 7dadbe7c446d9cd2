//! Why a listing is among the results, where its name and summary do not show it.

use crate::highlight::{Marks, any_hit};
use crate::query::Reading;
use crate::snapshot::{Place, Snapshot};
use crate::stored::Record;
use contract::search::{Fragment, MatchReason};
use domain::{Error, Result};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

/// Text shown on either side of a match in a README, bytes.
const AROUND: usize = 70;

/// The first of alias, tag, category, partner and README that shows a match.
pub fn reason(
    snapshot: &Snapshot,
    place: Place,
    record: &Record<'_>,
    reading: &Reading,
) -> Result<Option<MatchReason>> {
    let marks = &reading.marks;
    let categories = record.categories.iter().flat_map(|(_, group, leaf)| [*leaf, *group]);
    let texts = (record.aliases.iter().map(|alias| ("alias", *alias)))
        .chain(record.tags.iter().map(|tag| ("tag", *tag)))
        .chain(categories.map(|name| ("category", name)))
        .chain(std::iter::once(("partner", record.partner_name)));
    for (field, text) in texts {
        let fragments = marks.fragments(text);
        if any_hit(&fragments) {
            return Ok(Some(MatchReason { field: field.to_owned(), fragments }));
        }
    }
    // Its text is kept compressed, and most have nothing to show.
    if !reading.in_readme(snapshot, place)? {
        return Ok(None);
    }
    let address = DocAddress::new(place.segment, place.doc);
    let document: TantivyDocument = snapshot.searcher.doc(address).map_err(Error::search)?;
    let readme = document.get_first(snapshot.fields.readme);
    let excerpt = readme.as_ref().and_then(Value::as_str).and_then(|text| excerpt(text, marks));
    Ok(excerpt.map(|fragments| MatchReason { field: "readme".to_owned(), fragments }))
}

/// The surroundings of the first match, cut at spaces.
fn excerpt(text: &str, marks: &Marks) -> Option<Vec<Fragment>> {
    let (start, end) = marks.first(text)?;
    let from = text[..text.floor_char_boundary(start)]
        .char_indices()
        .rev()
        .take_while(|(at, c)| start - at <= AROUND && *c != '\n')
        .filter(|(at, c)| c.is_whitespace() || *at == 0)
        .last()
        .map_or(start, |(at, c)| if c.is_whitespace() { at + c.len_utf8() } else { at });
    let to = text[end..]
        .char_indices()
        .take_while(|(at, c)| *at <= AROUND && *c != '\n')
        .filter(|(_, c)| c.is_whitespace())
        .last()
        .map_or(end, |(at, _)| end + at);
    let to = if text.len() - end <= AROUND && !text[end..].contains('\n') { text.len() } else { to };
    let mut fragments = marks.fragments(text[from..to].trim_end());
    if from > 0 {
        fragments.insert(0, Fragment { text: "… ".to_owned(), hit: false });
    }
    if to < text.trim_end().len() {
        fragments.push(Fragment { text: " …".to_owned(), hit: false });
    }
    any_hit(&fragments).then_some(fragments)
}
