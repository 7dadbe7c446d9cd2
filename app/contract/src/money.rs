//! Amounts of money: whole minor units with an ISO 4217 currency. There is no floating point anywhere near money.

use crate::json::{FromJson, Json};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

macro_rules! currencies {
    ($($code:ident $digits:literal $sign:literal $name:literal),+ $(,)?) => {
        /// A currency we charge in, by its ISO 4217 code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, clippy::upper_case_acronyms, reason = "the codes of ISO 4217")]
        pub enum Currency {
            $($code),+
        }

        impl Currency {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// The code in upper case.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$code => stringify!($code)),+
                }
            }

            /// How many decimals the minor unit stands for (ISO 4217, column "minor unit").
            pub const fn digits(self) -> u32 {
                match self {
                    $(Self::$code => $digits),+
                }
            }

            /// Its name in English.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name),+
                }
            }

            /// What is written in front of an amount where there is no doubt which currency is meant.
            const fn sign(self) -> &'static str {
                match self {
                    $(Self::$code => $sign),+
                }
            }
        }
    };
}

currencies! {
    USD 2 "$" "US dollar",
    EUR 2 "€" "Euro",
    GBP 2 "£" "Pound sterling",
    CHF 2 "CHF " "Swiss franc",
    JPY 0 "¥" "Japanese yen",
    AUD 2 "A$" "Australian dollar",
    CAD 2 "CA$" "Canadian dollar",
    NZD 2 "NZ$" "New Zealand dollar",
    SEK 2 "SEK " "Swedish krona",
    NOK 2 "NOK " "Norwegian krone",
    DKK 2 "DKK " "Danish krone",
    PLN 2 "PLN " "Polish złoty",
    CZK 2 "CZK " "Czech koruna",
    BRL 2 "R$" "Brazilian real",
    MXN 2 "MX$" "Mexican peso",
    INR 2 "₹" "Indian rupee",
    SGD 2 "S$" "Singapore dollar",
    HKD 2 "HK$" "Hong Kong dollar",
    KRW 0 "₩" "South Korean won",
    CLP 0 "CLP " "Chilean peso",
    ZAR 2 "ZAR " "South African rand",
    ILS 2 "₪" "Israeli new shekel",
    AED 2 "AED " "UAE dirham",
    KWD 3 "KWD " "Kuwaiti dinar",
    BHD 3 "BHD " "Bahraini dinar",
    JOD 3 "JOD " "Jordanian dinar",
    TND 3 "TND " "Tunisian dinar",
}

impl Currency {
    /// Reads a code in either case.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.code().eq_ignore_ascii_case(code))
    }

    /// Minor units in one major unit.
    pub const fn scale(self) -> i64 {
        10_i64.pow(self.digits())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::parse(&code).ok_or_else(|| {
            let known = Self::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
            serde::de::Error::custom(format!("unknown currency {code:?}; known are {known}"))
        })
    }
}

#[cfg(feature = "manifest")]
impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes = Self::ALL.iter().map(|it| it.code()).collect::<Vec<_>>();
        schemars::json_schema!({ "type": "string", "enum": codes, "description": "ISO 4217 code." })
    }
}

impl FromJson for Currency {
    fn from_json(json: Json<'_>) -> Option<Self> {
        Self::parse(&json.text()?)
    }
}

/// An amount in minor units of its currency, such as cents. It may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// Currency.
    pub currency: Currency,
}

impl Money {
    /// So many minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The sum, where both have the same currency and it can be written.
    pub fn plus(self, other: Self) -> Option<Self> {
        let minor = (self.currency == other.currency).then(|| self.minor.checked_add(other.minor))??;
        Some(Self { minor, ..self })
    }

    /// The same amount the other way round.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { minor: -self.minor, ..self }
    }

    /// So many times the amount.
    pub fn times(self, number: i64) -> Option<Self> {
        Some(Self { minor: self.minor.checked_mul(number)?, ..self })
    }

    /// Digits with separators of thousands and the decimals of the currency: `-1,234.50`.
    pub fn digits(self) -> String {
        let places = self.currency.digits() as usize;
        let mut digits = self.minor.unsigned_abs().to_string();
        while digits.len() <= places {
            digits.insert(0, '0');
        }
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let mut out = String::from(if self.minor < 0 { "-" } else { "" });
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if places > 0 {
            out.push('.');
            out.push_str(fraction);
        }
        out
    }

    /// Short, for prices: `$49`, `€49.50`, `¥1,200`, `CHF 49`. Decimals that are all zero are left out.
    pub fn short(self) -> String {
        let digits = self.digits();
        let (minus, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
        let whole = self.minor % self.currency.scale() == 0;
        let digits = if whole { digits.split('.').next().unwrap_or(digits) } else { digits };
        [minus, self.currency.sign(), digits].concat()
    }
}

/// As it stands on bills: `USD 1,234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.digits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_the_decimals_of_their_currency() {
        let written = |minor, currency| Money::new(minor, currency).to_string();
        assert_eq!(written(123_450, Currency::USD), "USD 1,234.50");
        assert_eq!(written(-5, Currency::EUR), "EUR -0.05");
        assert_eq!(written(1_234_567, Currency::JPY), "JPY 1,234,567");
        assert_eq!(written(1_234, Currency::KWD), "KWD 1.234");
        assert_eq!(written(0, Currency::KWD), "KWD 0.000");
        assert_eq!(written(i64::MIN, Currency::JPY), "JPY -9,223,372,036,854,775,808");
    }

    #[test]
    fn prices_are_short() {
        let short = |minor, currency| Money::new(minor, currency).short();
        assert_eq!(short(4_900, Currency::USD), "$49");
        assert_eq!(short(4_950, Currency::EUR), "€49.50");
        assert_eq!(short(120_000, Currency::JPY), "¥120,000");
        assert_eq!(short(-4_900, Currency::CHF), "-CHF 49");
    }

    #[test]
    fn only_the_same_currency_is_added() {
        let usd = |minor| Money::new(minor, Currency::USD);
        assert_eq!(usd(1).plus(usd(2)), Some(usd(3)));
        assert_eq!(usd(1).plus(Money::new(2, Currency::EUR)), None);
        assert_eq!(usd(i64::MAX).plus(usd(1)), None);
    }

    #[test]
    fn codes_are_read_in_either_case() {
        assert_eq!(Currency::parse("usd"), Some(Currency::USD));
        assert_eq!(Currency::parse("XXX"), None);
        let wrong = serde_json::from_str::<Currency>("\"xxx\"").unwrap_err().to_string();
        assert!(wrong.contains("unknown currency \"xxx\""), "{wrong}");
    }
}
