//! Whether an answer is what the manifest expects, and if not, which of the manifest's explanations fits.

use contract::manifest::{Expect, TestError};
use domain::template::{Engine, TemplateError};
use serde_json::Value;

/// What a call expects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expectation<'a> {
    pub expect: Option<&'a Expect>,
    /// The manifest's `[[test.error]]`.
    pub errors: &'a [TestError],
    /// Whether this is the connection test, for which `errors` were written.
    pub is_test: bool,
    /// Whether an answer that is not JSON is of no use.
    pub needs_json: bool,
}

/// An answer's body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Json(Value),
    Empty,
    /// Neither JSON nor empty: a web page, plain text.
    Other,
}

impl Body {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Self::Empty;
        }
        serde_json::from_slice(bytes).map_or(Self::Other, Self::Json)
    }

    /// As templates see it.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Json(value) => value.clone(),
            Self::Empty | Self::Other => Value::Null,
        }
    }
}

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement<'a> {
    Good,
    /// The manifest says what it means.
    Explained(&'a TestError),
    /// An unexpected status.
    Status,
    /// The status is good, the content is not.
    Content,
    /// The content should be JSON.
    NotJson,
    /// The manifest's own expression fails.
    Template(TemplateError),
}

/// Judges an answer. `variables` are those of [`crate::variables::of_answer`].
pub(crate) fn judge<'a>(
    engine: &Engine,
    expectation: &Expectation<'a>,
    status: u16,
    body: &Body,
    variables: &Value,
) -> Judgement<'a> {
    let verdict = first_look(engine, expectation, status, body, variables);
    if verdict == Judgement::Good {
        return verdict;
    }
    explanation(engine, expectation, status, variables).map_or(verdict, Judgement::Explained)
}

fn first_look<'a>(
    engine: &Engine,
    expectation: &Expectation<'a>,
    status: u16,
    body: &Body,
    variables: &Value,
) -> Judgement<'a> {
    let expected = expectation.expect.map_or(&[][..], |expect| &expect.status);
    let good = if expected.is_empty() { (200..300).contains(&status) } else { expected.contains(&status) };
    if !good {
        return Judgement::Status;
    }
    if expectation.needs_json && *body == Body::Other {
        return Judgement::NotJson;
    }
    let Some(condition) = expectation.expect.and_then(|expect| expect.condition.as_deref()) else {
        return Judgement::Good;
    };
    match engine.holds(condition, variables) {
        Ok(true) => Judgement::Good,
        _ if *body == Body::Other => Judgement::NotJson,
        Ok(false) => Judgement::Content,
        Err(error) => Judgement::Template(error),
    }
}

/// The first of the manifest's explanations that fits.
///
/// They are written for the test's request. For other calls only those are used that hold anywhere: a refused credential,
/// and those that look at the content.
pub(crate) fn explanation<'a>(
    engine: &Engine,
    expectation: &Expectation<'a>,
    status: u16,
    variables: &Value,
) -> Option<&'a TestError> {
    expectation.errors.iter().find(|error| {
        let status_fits = error.status.is_empty() || error.status.contains(&status);
        let content_fits = match &error.condition {
            Some(condition) => engine.holds(condition, variables).unwrap_or(false),
            None => expectation.is_test || (status == 401 && error.status.contains(&401)),
        };
        status_fits && content_fits
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn judged(expect: Value, errors: &Value, is_test: bool, status: u16, body: &str) -> String {
        let expect: Expect = serde_json::from_value(expect).unwrap();
        let errors: Vec<TestError> = serde_json::from_value(errors.clone()).unwrap();
        let expectation = Expectation { expect: Some(&expect), errors: &errors, is_test, needs_json: false };
        let body = Body::parse(body.as_bytes());
        let variables = json!({ "status": status, "body": body.value() });
        match judge(&Engine::new(), &expectation, status, &body, &variables) {
            Judgement::Explained(error) => error.say.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn status_and_content_must_both_be_good() {
        let none = json!([]);
        assert_eq!(judged(json!({}), &none, true, 204, ""), "Good");
        assert_eq!(judged(json!({}), &none, true, 301, ""), "Status");
        assert_eq!(judged(json!({ "status": [202] }), &none, true, 200, ""), "Status");
        let ok = json!({ "status": [200], "where": "{{ body.ok }}" });
        assert_eq!(judged(ok.clone(), &none, true, 200, "\u{feff}{\"ok\":true}"), "Good");
        assert_eq!(judged(ok.clone(), &none, true, 200, r#"{"ok":false}"#), "Content");
        assert_eq!(judged(ok.clone(), &none, true, 200, ""), "Content");
        assert_eq!(judged(ok, &none, true, 200, r#"{"ok":tru"#), "NotJson");
        assert!(judged(json!({ "where": "{{ 1 + }}" }), &none, true, 200, "{}").starts_with("Template"));
    }

    #[test]
    fn the_first_explanation_that_fits_is_given() {
        let errors = json!([
            { "where": "{{ body.error == 'invalid_auth' }}", "say": "token", "fix": "f" },
            { "status": [401, 403], "say": "credential", "fix": "f" },
            { "status": [404], "say": "address", "fix": "f" },
        ]);
        let ok = json!({ "where": "{{ body.ok }}" });
        assert_eq!(judged(ok.clone(), &errors, true, 200, r#"{"ok":true,"error":"invalid_auth"}"#), "Good");
        assert_eq!(judged(ok.clone(), &errors, true, 200, r#"{"error":"invalid_auth"}"#), "token");
        assert_eq!(judged(ok.clone(), &errors, false, 200, r#"{"error":"invalid_auth"}"#), "token");
        assert_eq!(judged(ok.clone(), &errors, true, 403, ""), "credential");
        assert_eq!(judged(ok.clone(), &errors, false, 401, ""), "credential");
        assert_eq!(judged(ok.clone(), &errors, false, 403, ""), "Status");
        assert_eq!(judged(ok.clone(), &errors, true, 404, ""), "address");
        assert_eq!(judged(ok, &errors, false, 404, ""), "Status");
    }
}
