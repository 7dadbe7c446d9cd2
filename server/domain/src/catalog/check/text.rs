//! Characters and words.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization as _;

/// Characters that change the direction of the text around them.
pub(crate) fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that are not seen.
pub(in crate::catalog) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || is_bidi(letter)
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Lower-case letters, digits and inner hyphens, at most `longest`.
pub(in crate::catalog) fn is_slug(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// `^[a-z][a-z0-9_]*$`
pub(super) fn is_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The value for a message: short, in backquotes, with invisible characters spelled out.
pub(in crate::catalog) fn quote(text: &str) -> String {
    let mut shown = String::from("`");
    for (index, letter) in text.chars().enumerate() {
        if index == 60 {
            shown.push('…');
            break;
        }
        if is_invisible(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown.push('`');
    shown
}

/// `a`, `b` or `c`
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(quote).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// The candidate that was probably meant.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 64 {
        return None;
    }
    let lower = word.to_lowercase();
    let limit = (lower.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// “Did you mean …?” or, failing that, the fallback.
pub(super) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, fallback: String) -> String {
    nearest(word, candidates).map_or(fallback, |candidate| format!("Did you mean {}?", quote(candidate)))
}

/// The text as the eye takes it in: what looks alike becomes the same (after UTS #39, for the scripts that matter).
pub(in crate::catalog) fn skeleton(text: &str) -> String {
    let folded: String = text
        .nfkd()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '0' | 'о' | 'ο' | 'օ' => 'o',
            '1' | 'i' | 'ı' | 'і' | 'ι' | 'ӏ' | 'ǀ' | '|' => 'l',
            '5' | 'ѕ' => 's',
            'а' | 'α' => 'a',
            'в' | 'β' | '8' => 'b',
            'с' | 'ϲ' => 'c',
            'ԁ' => 'd',
            '3' | 'з' | 'е' | 'ε' => 'e',
            'һ' | 'н' => 'h',
            'ј' => 'j',
            'к' | 'κ' => 'k',
            'м' => 'm',
            'п' | 'η' | 'ո' => 'n',
            'р' | 'ρ' => 'p',
            'ԛ' => 'q',
            'г' => 'r',
            'т' | 'τ' => 't',
            'υ' | 'ս' => 'u',
            'ν' | 'ѵ' => 'v',
            'ԝ' | 'ω' => 'w',
            'х' | 'χ' => 'x',
            'у' | 'γ' => 'y',
            other => other,
        })
        .collect();
    folded.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

/// Pointers of values that occur a second time, with the pointer of the first.
pub(super) fn repeated<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<(usize, usize)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut repeats = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        match seen.get(value) {
            Some(first) => repeats.push((index, *first)),
            None => {
                seen.insert(value, index);
            }
        }
    }
    repeats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_have_one_skeleton() {
        for (one, other) in
            [("gitlab", "g1tlab"), ("gitlab", "gitIab"), ("slack", "ѕlасk"), ("loki", "l0ki"), ("vm", "vrn")]
        {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        assert_ne!(skeleton("loki"), skeleton("kiali"));
    }

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("sumary", ["name", "summary"]), Some("summary"));
        assert_eq!(nearest("colour", ["name", "summary"]), None);
    }
}
