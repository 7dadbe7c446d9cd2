//! Numbers for people.

/// `1204` as `1,204`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 integration`, `2 integrations`: a number and a noun that takes an `s`.
pub fn count(value: u64, noun: &str) -> String {
    let mut out = number(value);
    out.push(' ');
    out.push_str(noun);
    if value != 1 {
        out.push('s');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_204), "1,204");
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn counts_things() {
        assert_eq!(count(1, "result"), "1 result");
        assert_eq!(count(1_000, "result"), "1,000 results");
    }
}
