//! The wizard's steps, and what other systems then deliver.

use super::app::{App, HOST, SITE};
use super::browser::{Answer, Browser};
use super::upstream::{GOOD_TOKEN, Upstream};
use axum::body::Body;
use axum::http::{Method, Request, header};
use contract::install::{InstallationDetail, WizardView};
use serde_json::{Value, json};

/// Where an installation receives, and the secret for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// `/in/…`
    pub path: String,
    /// Sent as bearer token.
    pub secret: String,
}

/// One alert of the monitor.
pub fn alert(id: &str, name: &str) -> Value {
    json!({ "id": id, "name": name, "host": "db1", "severity": "critical", "at": "2026-11-20T13:00:00Z" })
}

/// A payload of the monitor with one alert.
pub fn alerts(id: &str, name: &str) -> String {
    json!({ "alerts": [alert(id, name)] }).to_string()
}

/// Delivers a payload.
pub async fn deliver(app: &App, to: &Address, body: impl Into<Body>) -> Answer {
    let request = Request::post(&to.path)
        .header(header::HOST, HOST)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {}", to.secret));
    app.visitor().send(request.body(body.into()).unwrap()).await
}

/// Organizations that run a listing, as search shows it.
pub async fn listing_installs(app: &App, id: &str) -> u64 {
    app.follow().await;
    let page: Value = app.visitor().get("/api/v1/search?limit=100").await.good();
    let hits = page["hits"].as_array().unwrap();
    hits.iter().find(|hit| hit["id"] == id).unwrap()["installs"].as_u64().unwrap()
}

impl Browser<'_> {
    /// Confirms Review; gives the installation.
    pub async fn begin(&self, listing: &str) -> String {
        let answer = self.call("begin_install", &[("listing", listing)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let address = url::Url::parse(SITE).unwrap().join(answer.goes_on_to()).unwrap();
        address.query_pairs().find(|(key, _)| key == "installation").unwrap().1.into_owned()
    }

    /// Sends the Connect step with these fields of the form.
    pub async fn save(&self, id: &str, fields: &[(&str, &str)]) -> Answer {
        let names: Vec<String> = fields.iter().map(|(key, _)| format!("fields[{key}]")).collect();
        let mut form = vec![("listing", "monitor"), ("installation", id)];
        form.extend(names.iter().zip(fields).map(|(name, (_, value))| (name.as_str(), *value)));
        self.call("save_connection", &form).await
    }

    /// Connects to this system with this token.
    pub async fn connect(&self, id: &str, url: &str, token: &str) {
        let answer = self.save(id, &[("config.base_url", url), ("config.limit", "10"), ("auth.token", token)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// Runs the connection test.
    pub async fn test(&self, id: &str) -> Answer {
        self.call("test_connection", &[("listing", "monitor"), ("installation", id)]).await
    }

    /// Proves a capability.
    pub async fn prove(&self, id: &str, capability: &str) -> Answer {
        let arguments = [("listing", "monitor"), ("installation", id), ("capability", capability)];
        self.call("prove_connection", &arguments).await
    }

    /// An installation of `monitor` that is connected and tested.
    pub async fn install(&self, upstream: &Upstream) -> String {
        let id = self.begin("monitor").await;
        self.connect(&id, &upstream.url, GOOD_TOKEN).await;
        let report: Value = self.test(&id).await.good();
        assert_eq!(report["ok"], true, "{report}");
        id
    }

    /// What the wizard shows.
    pub async fn wizard(&self, id: &str) -> WizardView {
        let answer = self.call("wizard", &[("listing", "monitor"), ("installation", id)]).await;
        answer.good::<Option<WizardView>>().unwrap()
    }

    /// What the installation's page shows.
    pub async fn detail(&self, id: &str) -> InstallationDetail {
        self.call("installation", &[("id", id)]).await.good::<Option<InstallationDetail>>().unwrap()
    }

    /// Uninstalls.
    pub async fn uninstall(&self, id: &str) -> Answer {
        self.call("uninstall", &[("id", id)]).await
    }

    /// Where the installation receives, from the text to paste on the other side.
    pub async fn address(&self, id: &str) -> Address {
        let wizard = self.wizard(id).await;
        let text = &wizard.snippets.iter().find(|snippet| snippet.capability == "alerts").unwrap().text;
        let (url, secret) = text.strip_prefix("url=").unwrap().split_once(" secret=").unwrap();
        let path = url.strip_prefix(SITE).unwrap().to_owned();
        Address { path, secret: secret.to_owned() }
    }

    /// `GET` of the live events.
    pub fn live(&self, id: &str) -> axum::http::request::Builder {
        self.request(Method::GET, &format!("/installed/{id}/events")).header(header::ACCEPT, "text/event-stream")
    }
}
