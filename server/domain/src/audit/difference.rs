//! What differs between two pictures of a thing.

use serde_json::{Map, Value};

/// The parts of two objects that differ, at any depth. Parts that are the same are left out of both.
pub fn difference(before: &Value, after: &Value) -> (Value, Value) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else { return (before.clone(), after.clone()) };
    let (mut left, mut right) = (Map::new(), Map::new());
    for key in old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))) {
        let (was, is) = (old.get(key), new.get(key));
        if was == is {
            continue;
        }
        let (was, is) = match (was, is) {
            (Some(was), Some(is)) => {
                let (was, is) = difference(was, is);
                (Some(was), Some(is))
            }
            (was, is) => (was.cloned(), is.cloned()),
        };
        left.extend(was.map(|it| (key.clone(), it)));
        right.extend(is.map(|it| (key.clone(), it)));
    }
    (Value::Object(left), Value::Object(right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_kept() {
        let before = json!({ "state": "setup", "same": 1, "config": { "a": 1, "b": 2 }, "gone": true });
        let after = json!({ "state": "receiving", "same": 1, "config": { "a": 1, "b": 3 }, "new": false });
        let (was, is) = difference(&before, &after);
        assert_eq!(was, json!({ "state": "setup", "config": { "b": 2 }, "gone": true }));
        assert_eq!(is, json!({ "state": "receiving", "config": { "b": 3 }, "new": false }));
    }
}
