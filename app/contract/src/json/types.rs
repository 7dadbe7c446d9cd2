//! What all types consist of.

use super::{FromJson, Json};

impl FromJson for String {
    fn from_json(json: Json<'_>) -> Option<Self> {
        json.text().map(std::borrow::Cow::into_owned)
    }
}

impl FromJson for bool {
    fn from_json(json: Json<'_>) -> Option<Self> {
        if let Json::Bool(it) = json { Some(it) } else { None }
    }
}

/// One reader for all whole numbers. None of ours is beyond it.
fn whole(json: &Json<'_>) -> Option<i64> {
    if let Json::Number(digits) = json { digits.parse().ok() } else { None }
}

macro_rules! whole_numbers {
    ($($number:ty),+) => {
        $(impl FromJson for $number {
            fn from_json(json: Json<'_>) -> Option<Self> {
                whole(&json)?.try_into().ok()
            }
        })+
    };
}
whole_numbers!(u8, u16, u32, u64, i64, usize);

/// A number that is only compared and never shown. The standard library reads every digit right, with 10 KB of tables.
impl FromJson for f32 {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let Json::Number(text) = json else { return None };
        let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().fold(0.0_f32, |sum, it| sum * 10.0 + f32::from(it.saturating_sub(b'0')));
        let size = digits(whole.trim_start_matches('-'))
            + part.bytes().rev().fold(0.0, |sum, it| (sum + f32::from(it.saturating_sub(b'0'))) / 10.0);
        let scale = exponent.parse::<i64>().ok()?;
        let size =
            (0..scale.unsigned_abs().min(64)).fold(size, |size, _| if scale > 0 { size * 10.0 } else { size / 10.0 });
        Some(if whole.starts_with('-') { -size } else { size })
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Json<'_>) -> Option<Self> {
        if json == Json::Null { Some(None) } else { T::from_json(json).map(Some) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let Json::List(items) = json else { return None };
        let mut out = Self::with_capacity(items.len());
        for item in items {
            out.push(T::from_json(item)?);
        }
        Some(out)
    }
}

impl<A: FromJson, B: FromJson> FromJson for (A, B) {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let Json::List(items) = json else { return None };
        let [a, b]: [Json<'_>; 2] = items.try_into().ok()?;
        Some((A::from_json(a)?, B::from_json(b)?))
    }
}

impl<A: FromJson, B: FromJson, C: FromJson> FromJson for (A, B, C) {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let Json::List(items) = json else { return None };
        let [a, b, c]: [Json<'_>; 3] = items.try_into().ok()?;
        Some((A::from_json(a)?, B::from_json(b)?, C::from_json(c)?))
    }
}
