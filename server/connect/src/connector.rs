//! The port `Connector` over HTTP: connection test, probe, action, poll, verification.

use crate::client::{GuardedClient, Reply};
use crate::egress::DeclaredHosts;
use crate::failure::Failure;
use crate::judge::{self, Body, Expectation, Judgement};
use crate::redact::Redactor;
use crate::report::{self, Words};
use crate::request::{self, Outgoing};
use crate::{variables, verify};
use async_trait::async_trait;
use contract::Timestamp;
use contract::install::CallReport;
use contract::manifest::{Capability, RequestSpec, TestError};
use domain::ports::{Answer, Clock, ConnectionContext, Connector, Inbound};
use domain::template::Engine;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Bytes of an answer that people see.
const EXCERPT: usize = 2048;

/// Runs a manifest's calls through the guarded client.
pub struct HttpConnector {
    client: Arc<GuardedClient>,
    clock: Arc<dyn Clock>,
    engine: Engine,
}

/// One call of a manifest.
struct Call<'a> {
    spec: &'a RequestSpec,
    expectation: Expectation<'a>,
    /// Variables of this kind of call: `probe`, `input`.
    more: Map<String, Value>,
    /// What a good answer proves, given its status.
    success: Success<'a>,
}

#[derive(Clone, Copy)]
enum Success<'a> {
    /// A template over the answer.
    Identify(&'a str),
    /// The sentence, before the status.
    Say(&'static str),
}

impl HttpConnector {
    /// A connector that calls through `client` and reads the time from `clock`.
    pub fn new(client: Arc<GuardedClient>, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock, engine: Engine::new() }
    }

    async fn run(&self, context: &ConnectionContext, call: Call<'_>) -> Answer {
        let now = self.clock.now();
        let scribe = Scribe { redactor: Redactor::of(context), started: Instant::now() };
        let template = format!("{} {}", call.spec.method, call.spec.url);
        let (auth, secrets) = (&context.manifest.auth, &context.secrets);
        let variables = variables::with_secrets(context, now, &call.more);
        let request = match request::render(&self.engine, call.spec, auth, secrets, &variables) {
            Ok(request) => request,
            Err(error) => return scribe.failed(&template, report::request(&error)),
        };
        let tried = shown(&request);
        let hosts = match DeclaredHosts::render(&self.engine, &context.manifest.egress, &context.config) {
            Ok(hosts) => hosts,
            Err(error) => return scribe.failed(&tried, report::template("the hosts it may call", &error)),
        };
        let host = request.url.host_str().unwrap_or_default().to_owned();
        match self.client.call(&context.organization, &hosts, request).await {
            Ok(reply) => self.judged(context, &call, now, &scribe, &tried, &reply),
            Err(failure) => {
                let words = self
                    .explained_redirect(context, &call, now, &failure)
                    .map_or_else(|| report::failure(&failure, &host), explained);
                let mut answer = scribe.failed(&tried, words);
                if let Failure::Redirect { status, .. } = failure {
                    answer.report.status = Some(status);
                }
                answer
            }
        }
    }

    fn judged(
        &self,
        context: &ConnectionContext,
        call: &Call<'_>,
        now: Timestamp,
        scribe: &Scribe,
        tried: &str,
        reply: &Reply,
    ) -> Answer {
        let body = Body::parse(&reply.body);
        let value = body.value();
        let variables = variables::of_answer(context, now, &call.more, reply.status, &value);
        let words = match judge::judge(&self.engine, &call.expectation, reply.status, &body, &variables) {
            Judgement::Good => {
                let message = self.success(call.success, reply.status, &variables);
                let words = Words { message, fix: String::new() };
                return Answer { report: scribe.report(true, tried, Some(reply), words), body: Some(value) };
            }
            Judgement::Explained(error) => explained(error),
            Judgement::Status => report::status(reply.status),
            Judgement::Content => report::content(reply.status),
            Judgement::NotJson => report::not_json(reply.status),
            Judgement::Template(error) => report::template("a good answer", &error),
        };
        Answer { report: scribe.report(false, tried, Some(reply), words), body: None }
    }

    fn success(&self, success: Success<'_>, status: u16, variables: &Value) -> String {
        let template = match success {
            Success::Say(text) => return format!("{text} (status {status})."),
            Success::Identify(template) => template,
        };
        let text = self.engine.render(template, variables).unwrap_or_else(|error| {
            tracing::warn!(%error, "the manifest's `identify` fails");
            String::new()
        });
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() { format!("The other side answered as expected (status {status}).") } else { text }
    }

    /// Some systems answer a wrong credential with a redirect to their sign-in page; the manifest may say so.
    fn explained_redirect<'a>(
        &self,
        context: &ConnectionContext,
        call: &Call<'a>,
        now: Timestamp,
        failure: &Failure,
    ) -> Option<&'a TestError> {
        let Failure::Redirect { status, .. } = failure else { return None };
        let variables = variables::of_answer(context, now, &call.more, *status, &Value::Null);
        // Only where the status is named: an explanation for any status is for answers that were read.
        judge::explanation(&self.engine, &call.expectation, *status, &variables)
            .filter(|error| error.status.contains(status))
    }
}

fn explained(error: &TestError) -> Words {
    Words { message: error.say.clone(), fix: error.fix.clone() }
}

fn expectation<'a>(context: &'a ConnectionContext, capability: Option<&'a Capability>) -> Expectation<'a> {
    Expectation {
        expect: capability.and_then(|capability| capability.expect.as_ref()),
        errors: context.manifest.test.as_ref().map_or(&[][..], |test| &test.error),
        is_test: false,
        needs_json: false,
    }
}

/// Nothing was tried, because the manifest lacks it.
fn missing(what: &str) -> Answer {
    let Words { message, fix } = report::missing(what);
    let report =
        CallReport { ok: false, tried: String::new(), status: None, took_ms: 0, message, fix, answer: String::new() };
    Answer { report, body: None }
}

/// `GET https://…`, without user name and password.
fn shown(request: &Outgoing) -> String {
    let mut url = request.url.clone();
    if !url.username().is_empty() || url.password().is_some() {
        let cleared = url.set_username("").and(url.set_password(None));
        if cleared.is_err() {
            return request.method.to_string();
        }
    }
    format!("{} {url}", request.method)
}

/// Writes reports; everything in them is redacted.
struct Scribe {
    redactor: Redactor,
    started: Instant,
}

impl Scribe {
    fn failed(&self, tried: &str, words: Words) -> Answer {
        Answer { report: self.report(false, tried, None, words), body: None }
    }

    fn report(&self, ok: bool, tried: &str, reply: Option<&Reply>, words: Words) -> CallReport {
        CallReport {
            ok,
            tried: self.redactor.redact(tried),
            status: reply.map(|reply| reply.status),
            took_ms: milliseconds(self.started.elapsed()),
            message: self.redactor.redact(&words.message),
            fix: self.redactor.redact(&words.fix),
            answer: reply.map(|reply| self.redactor.excerpt(&reply.body, EXCERPT)).unwrap_or_default(),
        }
    }
}

fn milliseconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

#[async_trait]
impl Connector for HttpConnector {
    async fn test(&self, context: &ConnectionContext) -> CallReport {
        let Some(test) = &context.manifest.test else { return missing("no connection test").report };
        let expectation =
            Expectation { expect: Some(&test.expect), errors: &test.error, is_test: true, needs_json: false };
        let success = Success::Identify(&test.identify);
        self.run(context, Call { spec: &test.request, expectation, more: Map::new(), success }).await.report
    }

    async fn send_probe(&self, context: &ConnectionContext, capability: &str, probe_id: &str) -> CallReport {
        let probe = context.manifest.capability(capability).and_then(|capability| capability.probe.as_ref());
        let Some(probe) = probe else { return missing(&format!("no probe for “{capability}”")).report };
        let more = Map::from_iter([("probe".to_owned(), json!({ "id": probe_id }))]);
        let success = Success::Say("The other side accepted the synthetic event and should now send it to us");
        let call = Call { spec: &probe.request, expectation: expectation(context, None), more, success };
        self.run(context, call).await.report
    }

    async fn run_action(
        &self,
        context: &ConnectionContext,
        capability: &str,
        input: &Map<String, Value>,
    ) -> CallReport {
        let found = context.manifest.capability(capability);
        let Some((action, spec)) = found.and_then(|it| it.request.as_ref().map(|spec| (it, spec))) else {
            return missing(&format!("no action “{capability}”")).report;
        };
        let more = Map::from_iter([("input".to_owned(), Value::Object(input.clone()))]);
        let success = Success::Say("The other side accepted it");
        let call = Call { spec, expectation: expectation(context, Some(action)), more, success };
        self.run(context, call).await.report
    }

    async fn poll(&self, context: &ConnectionContext, capability: &str) -> Answer {
        let found = context.manifest.capability(capability);
        let Some((source, spec)) = found.and_then(|it| it.request.as_ref().map(|spec| (it, spec))) else {
            return missing(&format!("no data source “{capability}”"));
        };
        // A sign-in page with status 200 must not count as data.
        let expectation = Expectation { needs_json: true, ..expectation(context, Some(source)) };
        let success = Success::Say("The other side answered with data");
        self.run(context, Call { spec, expectation, more: Map::new(), success }).await
    }

    fn verify(&self, context: &ConnectionContext, capability: &str, inbound: &Inbound) -> bool {
        let verify = context.manifest.capability(capability).and_then(|capability| capability.verify.as_ref());
        verify.is_some_and(|verify| verify::holds(&self.engine, context, verify, inbound, self.clock.now()))
    }
}
