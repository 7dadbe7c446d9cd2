//! Finding words in text, and the parts of compound words.

use unicode_normalization::char::is_combining_mark;

/// A word by its place in the text (bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is a run of Chinese, Japanese or Korean.
    pub cjk: bool,
}

/// Whether a character is Chinese, Japanese or Korean.
pub const fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// `None` between words, otherwise whether the character is Chinese, Japanese or Korean.
fn script(c: char) -> Option<bool> {
    if c.is_ascii() {
        c.is_ascii_alphanumeric().then_some(false)
    } else if is_cjk(c) {
        Some(true)
    } else if c.is_alphanumeric() {
        Some(false)
    } else {
        None
    }
}

/// The character at a byte and where the next one is. Most texts are nearly all ASCII.
fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some((char::from(*byte), at + 1)),
        _ => text[at..].chars().next().map(|c| (c, at + c.len_utf8())),
    }
}

/// The words of a text: runs of letters and digits of one kind of script.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, cjk) = loop {
            let start = at;
            let (c, next) = char_at(text, at)?;
            at = next;
            if let Some(cjk) = script(c) {
                break (start, cjk);
            }
        };
        while let Some((c, next)) = char_at(text, at) {
            if script(c) != Some(cjk) && (c.is_ascii() || !is_combining_mark(c)) {
                break;
            }
            at = next;
        }
        Some(Word { start, end: at, cjk })
    })
}

/// Whether a word may be a compound: most are not.
pub fn may_have_parts(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// The parts of a compound: `PagerDuty` → `Pager`, `Duty`; `AWSLambda` → `AWS`, `Lambda`. One range when it has none:
/// parts of a single character, and plural acronyms (`GPUs`), are not parts.
pub fn parts(word: &str) -> Vec<(usize, usize)> {
    if !may_have_parts(word) {
        return vec![(0, word.len())];
    }
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = vec![0];
    for i in 1..chars.len() {
        let (before, here) = (chars[i - 1].1, chars[i].1);
        let rest = chars.len() - i;
        let hump = before.is_lowercase() && here.is_uppercase();
        let acronym_ends = before.is_uppercase()
            && here.is_uppercase()
            && rest > 2
            && chars.get(i + 1).is_some_and(|(_, next)| next.is_lowercase());
        if hump || acronym_ends {
            cuts.push(chars[i].0);
        }
    }
    cuts.push(word.len());
    let ranges: Vec<(usize, usize)> = cuts.windows(2).map(|pair| (pair[0], pair[1])).collect();
    if ranges.len() > 1 && ranges.iter().any(|(start, end)| word[*start..*end].chars().nth(1).is_none()) {
        return vec![(0, word.len())];
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        words(text).map(|word| &text[word.start..word.end]).collect()
    }

    fn split(word: &str) -> Vec<&str> {
        parts(word).into_iter().map(|(start, end)| &word[start..end]).collect()
    }

    #[test]
    fn finds_words_of_each_script() {
        assert_eq!(texts("Pager-Duty (v2)!"), ["Pager", "Duty", "v2"]);
        assert_eq!(texts("Redis数据库 ok"), ["Redis", "数据库", "ok"]);
        assert_eq!(texts("Zoe\u{308} x"), ["Zoe\u{308}", "x"]);
        assert!(texts(" .,;\u{200b} ").is_empty());
    }

    #[test]
    fn splits_compounds() {
        assert_eq!(split("PagerDuty"), ["Pager", "Duty"]);
        assert_eq!(split("AWSLambda"), ["AWS", "Lambda"]);
        assert_eq!(split("GPUs"), ["GPUs"]);
        assert_eq!(split("iOS"), ["iOS"]);
        assert_eq!(split("route53"), ["route53"]);
    }
}
