//! What counts how much. Tuned against judged queries (`relevance/`, `make bench-relevance`).

/// Word in the name.
pub const NAME: f32 = 6.0;
/// Word in an alias.
pub const ALIAS: f32 = 4.0;
/// Word in a tag, the partner's name or a category.
pub const CONTEXT: f32 = 3.2;
/// Kind of the product, where it is known.
pub const KIND: f32 = 6.0;
/// Maker of the product, where it is known.
pub const MAKER: f32 = 3.0;
/// Who made it once, or is a parent of who makes it.
pub const MAKER_ONCE: f32 = 1.2;
/// Another name of the product, where it is known.
pub const ALSO_CALLED: f32 = 7.0;
/// Added when it does what a word of several asks for.
pub const DOES: f32 = 12.0;
/// Word in the summary.
pub const SUMMARY: f32 = 2.2;
/// Word in what it can do.
pub const ABILITY: f32 = 2.2;
/// What that counts more where a query asks for something to be done.
pub const ABILITY_ASKED: f32 = 1.6;
/// Word in the README.
pub const README: f32 = 0.7;
/// Beginning of a word in the name.
pub const NAME_PREFIX: f32 = 2.5;
/// Beginning of a word in an alias.
pub const ALIAS_PREFIX: f32 = 1.5;
/// Beginning of a word in a tag, the partner's name or a category.
pub const CONTEXT_PREFIX: f32 = 0.8;
/// A word of the same stem in a name, alias, tag … against the word itself.
pub const STEMMED: f32 = 0.3;
/// The same where the word may still be typed.
pub const STEMMED_UNFINISHED: f32 = 0.25;
/// Added to names with the most usual completion of what is being typed.
pub const USUAL_COMPLETION: f32 = 6.0;
/// A corrected word against a typed one.
pub const CORRECTED: f32 = 0.8;
/// Each further field a word occurs in, as a share of what it would count alone.
pub const FURTHER_FIELD: f32 = 0.5;
/// Added when the query is the whole name.
pub const WHOLE_NAME: f32 = 60.0;
/// Added when the query is a whole alias.
pub const WHOLE_ALIAS: f32 = 30.0;
/// Added when the name begins with the query.
pub const NAME_START: f32 = 12.0;
/// A listing has so many points of a word in its README only, of a word elsewhere, and in the name of a word that is
/// the whole name of something: that is half of what was asked more often than not.
pub const POINTS_OF_README: u8 = 1;
pub const POINTS: u8 = 2;
pub const POINTS_OF_NAME: u8 = 3;
/// With fewer matches than this, matches with fewer points are added.
pub const ENOUGH: u64 = 12;
/// README occurrences up to which an otherwise unknown word may be a misspelling.
pub const RARE: u64 = 2;
/// Another name of the typed words.
pub const SAME: f32 = 0.8;
/// An English word for a typed word of another language.
pub const TRANSLATED: f32 = 0.9;
/// What the typed words stand for, such as products for a task.
pub const MEANT: f32 = 0.5;
/// A word that says little, when it is there.
pub const LIGHT: f32 = 0.4;
/// Added to what has texts in the language that was typed.
pub const SPEAKS: f32 = 40.0;
/// What a word that says little stands for.
pub const LIGHT_MEANT: f32 = 0.6;
/// What words here and there stand for together, for each of them.
pub const SCATTERED: f32 = 0.5;
/// The words of a meaning apart from each other.
pub const APART: f32 = 0.5;
/// Added when some words of the query are the whole name.
pub const NAMED: f32 = 9.0;
/// Added when one word of several is.
pub const NAMED_BY_ONE: f32 = 9.0;
/// Added when the whole name is another name of some words of the query.
pub const NAMED_MEANT: f32 = 5.0;
/// Added when it is another name of the whole query.
pub const WHOLE_MEANT: f32 = 25.0;
/// An alias against a name there.
pub const NAMED_BY_ALIAS: f32 = 0.8;
/// What each further word of a phrase adds to what its meanings count.
pub const LONGER_PHRASE: f32 = 0.5;
/// What one word of several stands for, against its being the only one.
pub const ONE_OF_SEVERAL: f32 = 0.6;
/// The words of a phrase, each by itself.
pub const OF_PHRASE: f32 = 0.3;
/// Added when name, alias, tags, categories, partner and summary have every word as typed.
pub const ALL_AS_TYPED: f32 = 16.0;
/// Most words of such a name.
pub const LONGEST_NAMED: usize = 3;
/// Beginnings against what they count otherwise, where the typed word is a whole word already.
pub const WHOLE_ALREADY: f32 = 0.4;
