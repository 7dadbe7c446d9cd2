//! The code inside a template's braces, as far as checks need it. It is read like the engine reads it: text in quotes is
//! skipped, escapes included.

use std::collections::BTreeSet;

/// Longest template, in bytes. The longest of the catalogue has 2 KiB.
pub(super) const LONGEST_TEMPLATE: usize = 16 * 1024;
/// Longest code between one pair of braces, in bytes. The engine recurses over it.
pub(super) const LONGEST_CODE: usize = 2 * 1024;

/// A name with a meaning in the language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// `| name`
    Filter(String),
    /// `is name`, `is not name`
    Test(String),
    /// `{% name %}`
    Statement(String),
}

/// Filters, tests and statements of a template; `None` when it is too long.
pub(super) fn words(template: &str) -> Option<BTreeSet<Word>> {
    let mut found = BTreeSet::new();
    if template.len() > LONGEST_TEMPLATE {
        return None;
    }
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        rest = &rest[start + 1..];
        let statement = rest.starts_with('%');
        if rest.starts_with('#') {
            rest = rest.split_once("#}").map_or("", |(_, after)| after);
            continue;
        }
        if !statement && !rest.starts_with('{') {
            continue;
        }
        rest = rest[1..].trim_start_matches(['-', '+']);
        let end = closing(rest, if statement { "%}" } else { "}}" }).unwrap_or(rest.len());
        if end > LONGEST_CODE {
            return None;
        }
        let tokens = tokens(&rest[..end]);
        rest = &rest[end..];
        if statement && let Some(name) = tokens.first() {
            found.insert(Word::Statement(name.clone()));
            if name == "raw" {
                rest = rest.split_once("endraw").map_or("", |(_, after)| after);
            }
        }
        names(&tokens, &mut found);
    }
    Some(found)
}

/// Filters and tests among the tokens of one piece of code.
fn names(tokens: &[String], found: &mut BTreeSet<Word>) {
    let name_at =
        |index: usize| tokens.get(index).filter(|it| it.starts_with(|c: char| c.is_alphabetic() || c == '_')).cloned();
    for (index, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "|" => found.extend(name_at(index + 1).map(Word::Filter)),
            "is" => {
                let negated = tokens.get(index + 1).is_some_and(|next| next == "not");
                found.extend(name_at(index + 1 + usize::from(negated)).map(Word::Test));
            }
            _ => {}
        }
    }
}

/// Offset of the closing braces.
pub(super) fn closing(code: &str, braces: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (offset, letter) in code.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if letter == '\\' => escaped = true,
            Some(open) if open == letter => quote = None,
            None if matches!(letter, '\'' | '"') => quote = Some(letter),
            None if code[offset..].starts_with(braces) => return Some(offset),
            _ => {}
        }
    }
    None
}

/// Words and signs; a text in quotes is one sign.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut quote = None;
    let (mut escaped, mut goes_on) = (false, false);
    for letter in code.chars() {
        if let Some(open) = quote {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if letter == open => quote = None,
                _ => {}
            }
            continue;
        }
        let is_word = letter.is_alphanumeric() || letter == '_';
        match tokens.last_mut() {
            Some(word) if is_word && goes_on => word.push(letter),
            _ if !letter.is_whitespace() => tokens.push(letter.to_string()),
            _ => {}
        }
        goes_on = is_word;
        if matches!(letter, '\'' | '"') {
            quote = Some(letter);
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_outside_quotes() {
        let found = words(
            "a | b {{ item.x | lower | replace('|', 'is y \\' | z') if item is not defined else '{{' }} {%- if a is odd %}{% endif %}",
        );
        let found: Vec<_> = found.unwrap_or_default().into_iter().collect();
        let expected = [
            Word::Filter("lower".to_owned()),
            Word::Filter("replace".to_owned()),
            Word::Test("defined".to_owned()),
            Word::Test("odd".to_owned()),
            Word::Statement("endif".to_owned()),
            Word::Statement("if".to_owned()),
        ];
        assert_eq!(found, expected);
        let raw = words("{% raw %}{{ x | y }}{% endraw %}{# {{ x | z }} #}").unwrap_or_default();
        assert_eq!(raw.into_iter().collect::<Vec<_>>(), [Word::Statement("raw".to_owned())]);
    }

    #[test]
    fn long_code_is_not_read() {
        let chain = |length: usize| format!("{{{{ a{} }}}}", ".a".repeat(length));
        assert!(words(&chain(1000)).is_some());
        assert!(words(&chain(1100)).is_none());
        assert!(words(&format!("{{{{ 'a\\' }}}} ' ~ {} }}}}", ".a".repeat(1100))).is_none());
        assert!(words(&"x".repeat(LONGEST_TEMPLATE + 1)).is_none());
    }
}
