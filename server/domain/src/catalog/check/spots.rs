//! Every place of a manifest that holds a template or an expression, and the variables that exist there.

use contract::manifest::{ActionInput, Capability, CapabilityKind, ConnectionTest, Manifest, RequestSpec};
use serde_json::Value;

/// What a template may use. The connector and the mapping provide exactly these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    /// What the place is, for messages.
    pub name: &'static str,
    /// Root names.
    pub variables: &'static [&'static str],
}

const REQUEST: Scope = Scope { name: "a request", variables: &["config", "secrets", "webhook", "now"] };
const PROBE: Scope = Scope { name: "a probe's request", variables: &["config", "secrets", "webhook", "now", "probe"] };
const ACTION: Scope =
    Scope { name: "an action's request", variables: &["config", "secrets", "webhook", "now", "input"] };
const ANSWER: Scope = Scope { name: "the test's answer", variables: &["config", "body", "status", "now"] };
const ACTION_ANSWER: Scope =
    Scope { name: "an action's answer", variables: &["config", "body", "status", "now", "input"] };
const EGRESS: Scope = Scope { name: "a declared host", variables: &["config"] };
const VERIFY: Scope = Scope { name: "verification", variables: &["config", "secrets", "webhook"] };
const INBOUND: Scope = Scope { name: "an inbound call", variables: &["config", "body", "headers"] };
const POLLED: Scope = Scope { name: "a polled answer", variables: &["config", "body"] };
const EVENT: Scope = Scope { name: "an event", variables: &["config", "body", "headers", "item"] };
const POLLED_EVENT: Scope = Scope { name: "an event", variables: &["config", "body", "item"] };
const SETUP: Scope = Scope { name: "set-up text", variables: &["config", "webhook"] };

/// One template or expression.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub pointer: String,
    pub text: &'a str,
    /// An expression is a template's inside, with or without the braces.
    pub expression: bool,
    pub scope: Scope,
    /// Inputs of the action it belongs to.
    pub inputs: &'a [ActionInput],
}

/// A request and where it is.
pub(super) struct Place<'a> {
    pub pointer: String,
    pub request: &'a RequestSpec,
    scope: Scope,
    inputs: &'a [ActionInput],
}

/// Every request.
pub(super) fn requests(manifest: &Manifest) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    if let Some(test) = &manifest.test {
        places.push(Place { pointer: "/test/request".to_owned(), request: &test.request, scope: REQUEST, inputs: &[] });
    }
    for (index, capability) in manifest.capability.iter().enumerate() {
        let scope = if capability.kind == CapabilityKind::Action { ACTION } else { REQUEST };
        if let Some(request) = &capability.request {
            let pointer = format!("/capability/{index}/request");
            places.push(Place { pointer, request, scope, inputs: &capability.input });
        }
        if let Some(probe) = &capability.probe {
            let pointer = format!("/capability/{index}/probe/request");
            places.push(Place { pointer, request: &probe.request, scope: PROBE, inputs: &[] });
        }
    }
    places
}

/// Every template and expression.
pub(super) fn spots(manifest: &Manifest) -> Vec<Spot<'_>> {
    let mut spots = Spots::default();
    for (index, entry) in manifest.egress.iter().enumerate() {
        spots.template(format!("/egress/{index}/host"), &entry.host, EGRESS);
    }
    for place in requests(manifest) {
        spots.request(&place);
    }
    if let Some(test) = &manifest.test {
        spots.test(test);
    }
    for (index, capability) in manifest.capability.iter().enumerate() {
        spots.capability(&format!("/capability/{index}"), capability);
    }
    spots.0
}

#[derive(Default)]
struct Spots<'a>(Vec<Spot<'a>>);

impl<'a> Spots<'a> {
    fn template(&mut self, pointer: String, text: &'a str, scope: Scope) {
        self.0.push(Spot { pointer, text, expression: false, scope, inputs: &[] });
    }

    fn expression(&mut self, pointer: String, text: &'a str, scope: Scope) {
        self.0.push(Spot { pointer, text, expression: true, scope, inputs: &[] });
    }

    fn request(&mut self, place: &Place<'a>) {
        let first = self.0.len();
        let (at, request) = (&place.pointer, place.request);
        self.template(format!("{at}/url"), &request.url, place.scope);
        for (name, value) in &request.headers {
            self.template(format!("{at}/headers/{}", escape(name)), value, place.scope);
        }
        for (name, value) in request.form.iter().flatten() {
            self.template(format!("{at}/form/{}", escape(name)), value, place.scope);
        }
        if let Some(body) = &request.body {
            self.template(format!("{at}/body"), body, place.scope);
        }
        let mut pending: Vec<(String, &Value)> = request.json.iter().map(|json| (format!("{at}/json"), json)).collect();
        while let Some((pointer, value)) = pending.pop() {
            match value {
                Value::String(text) => self.template(pointer, text, place.scope),
                Value::Array(items) => {
                    pending.extend(items.iter().enumerate().map(|(index, item)| (format!("{pointer}/{index}"), item)));
                }
                Value::Object(entries) => {
                    pending.extend(entries.iter().map(|(key, item)| (format!("{pointer}/{}", escape(key)), item)));
                }
                _ => {}
            }
        }
        for spot in &mut self.0[first..] {
            spot.inputs = place.inputs;
        }
    }

    fn test(&mut self, test: &'a ConnectionTest) {
        if let Some(condition) = &test.expect.condition {
            self.expression("/test/expect/where".to_owned(), condition, ANSWER);
        }
        self.template("/test/identify".to_owned(), &test.identify, ANSWER);
        for (index, error) in test.error.iter().enumerate() {
            if let Some(condition) = &error.condition {
                self.expression(format!("/test/error/{index}/where"), condition, ANSWER);
            }
        }
    }

    fn capability(&mut self, at: &str, capability: &'a Capability) {
        let inbound = capability.kind == CapabilityKind::Webhook;
        let (whole, event) = if inbound { (INBOUND, EVENT) } else { (POLLED, POLLED_EVENT) };
        if let Some(each) = &capability.each {
            self.expression(format!("{at}/each"), each, whole);
        }
        if let Some(when) = &capability.when {
            self.expression(format!("{at}/when"), when, event);
        }
        if let Some(map) = &capability.map {
            for (key, template) in map.templates() {
                self.template(format!("{at}/map/{key}"), template, event);
            }
        }
        if let Some(secret) = capability.verify.as_ref().and_then(|verify| verify.secret.as_ref()) {
            self.template(format!("{at}/verify/secret"), secret, VERIFY);
        }
        if let Some(setup) = &capability.setup {
            self.template(format!("{at}/setup/text"), &setup.text, SETUP);
        }
        if let Some(probe) = &capability.probe {
            self.template(format!("{at}/probe/arrives"), &probe.arrives, EVENT);
        }
        if let Some(condition) = capability.expect.as_ref().and_then(|expect| expect.condition.as_ref()) {
            let scope = if capability.kind == CapabilityKind::Action { ACTION_ANSWER } else { ANSWER };
            self.expression(format!("{at}/expect/where"), condition, scope);
            if let Some(spot) = self.0.last_mut() {
                spot.inputs = &capability.input;
            }
        }
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
