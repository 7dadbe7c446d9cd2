//! Text to tree (RFC 8259). It reads what our server writes: what it lets pass beyond that does no harm.

use super::{Fields, Json};
use std::borrow::Cow;

/// Deeper than anything that we send.
const DEPTH: u32 = 64;

/// The value that the text is, and nothing after it.
pub fn parse(text: &str) -> Option<Json<'_>> {
    let mut parser = Parser { text, at: 0 };
    let json = parser.value(DEPTH)?;
    parser.blanks();
    (parser.at == text.len()).then_some(json)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// The next sign, which is read over when it is this one.
    fn skip(&mut self, sign: u8) -> bool {
        self.blanks();
        let there = self.peek() == sign;
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        let depth = depth.checked_sub(1)?;
        self.blanks();
        match self.peek() {
            b'"' => self.string().map(Json::Text),
            b'{' => {
                self.at += 1;
                let mut fields = Vec::new();
                while !self.skip(b'}') {
                    if !fields.is_empty() && !self.skip(b',') {
                        return None;
                    }
                    self.blanks();
                    let name = self.string()?;
                    if !self.skip(b':') {
                        return None;
                    }
                    fields.push((name, self.value(depth)?));
                }
                Some(Json::Object(Fields(fields)))
            }
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.skip(b']') {
                    if !items.is_empty() && !self.skip(b',') {
                        return None;
                    }
                    items.push(self.value(depth)?);
                }
                Some(Json::List(items))
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<Json<'a>> {
        let start = self.at;
        while matches!(self.peek(), b'a'..=b'z' | b'0'..=b'9' | b'E' | b'+' | b'-' | b'.') {
            self.at += 1;
        }
        match self.text.get(start..self.at)? {
            "null" => Some(Json::Null),
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            number if number.starts_with(|it: char| it == '-' || it.is_ascii_digit()) => Some(Json::Number(number)),
            _ => None,
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        if self.peek() != b'"' {
            return None;
        }
        self.at += 1;
        let mut start = self.at;
        let mut unescaped: Option<String> = None;
        loop {
            match self.peek() {
                b'"' => {
                    let rest = self.text.get(start..self.at)?;
                    self.at += 1;
                    return Some(match unescaped {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                b'\\' => {
                    let text = unescaped.get_or_insert_default();
                    text.push_str(self.text.get(start..self.at)?);
                    self.at += 1;
                    let sign = self.escape()?;
                    unescaped.get_or_insert_default().push(sign);
                    start = self.at;
                }
                0 => return None,
                _ => self.at += 1,
            }
        }
    }

    /// What stands for the sequence behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let sign = self.peek();
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.hex()?;
                if (0xd800..0xdc00).contains(&high) && self.text.get(self.at..)?.starts_with("\\u") {
                    self.at += 2;
                    let low = self.hex()?.checked_sub(0xdc00)?;
                    char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + low)?
                } else {
                    char::from_u32(high).unwrap_or('\u{fffd}')
                }
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::PublicError;
    use crate::json::read;
    use crate::search::SearchPage;

    #[test]
    fn reads_what_serde_writes() {
        let texts = ["", "\"quoted\" \\ / \n\r\t\u{8}\u{c}\u{1}", "größe 😀 \u{2028}", "</script>"];
        for text in texts {
            let json = serde_json::to_string(text).unwrap();
            assert_eq!(read::<String>(&json).as_deref(), Some(text), "{json}");
        }
        assert_eq!(read::<String>(r#""\ud83d\ude00\u00fc""#).as_deref(), Some("😀ü"));
        assert_eq!(read::<Vec<i64>>(" [ 1 , -2,3 ] "), Some(vec![1, -2, 3]));
        assert_eq!(read::<Option<bool>>("null"), Some(None));
        assert_eq!(read::<(u8, String)>(r#"[7,"x"]"#), Some((7, "x".to_owned())));
    }

    #[test]
    fn follows_the_attributes_of_serde() {
        let text = r#"{"total":1,"took_us":2,"hits":[{"id":"a","name":"A","summary":"s","partner_id":"p","partner_name":"P",
            "icon":null,"certification":"gold","installable":true,"category":"c","installs":3,"score":12.25,
            "name_fragments":[{"text":"A","hit":true}],"summary_fragments":[]}],
            "facets":[{"field":"installable","values":[{"value":"yes","label":"Yes","count":4,"selected":false}]}],
            "corrected":null,"offset":0,"limit":20,"unknown":{"x":[1]}}"#;
        let ours: SearchPage = read(text).unwrap();
        assert_eq!(ours, serde_json::from_str::<SearchPage>(text).unwrap());
        let problem = PublicError::sign_in_required();
        assert_eq!(read(&serde_json::to_string(&problem).unwrap()), Some(problem));
    }

    #[test]
    fn refuses_what_is_not_json() {
        for text in ["", "{", "[1", "[1,]x", "{\"a\" 1}", "\"a", "tru", "1 2", "\"\\x\"", "\"\\u12\"", "nan"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"[".repeat(1_000)), None);
        assert_eq!(read::<u8>("256"), None);
        assert_eq!(read::<crate::ErrorCode>("\"other\""), None);
    }
}
