//! The double of Stripe (`e2e/doubles/stripe`), and a node that sells through it. Its notices are not delivered: the node asks
//! for them, as it does for those that were lost.

use super::app::{App, Options};
use super::running_double;
use contract::Timestamp;
use domain::ports::Clock;
use serde_json::{Value, json};

const KEY: &str = "sk_test_double";

/// A running double; it ends with the test.
pub struct Double {
    running: running_double::Double,
    http: reqwest::Client,
    /// For its pages: follows nowhere.
    pages: reqwest::Client,
}

impl Double {
    /// An empty one, and a node that sells through it and has its time.
    pub async fn with_node(app: &App) -> (Self, App) {
        Self::with_node_like(app, Options::default()).await
    }

    /// The same, with a node as an operator wants it.
    pub async fn with_node_like(app: &App, options: Options) -> (Self, App) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../e2e/doubles/stripe/main.mjs");
        let running = running_double::Double::start(script);
        let pages = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let double = Self { running, http: reqwest::Client::new(), pages };
        let node = app.node(Options { stripe: Some((KEY, double.running.url.clone())), ..options }).await;
        node.follow().await;
        let made = double.post("v1/products", &[("name", "What time is it?")]).await;
        let there = Timestamp(made["created"].as_i64().unwrap() * 1000);
        node.clock.advance(there.since(node.clock.now()));
        (double, node)
    }

    /// Time passes, for both.
    pub async fn passes(&self, node: &App, days: i64) {
        // What is due is done in steps, so that retries and renewals come one after the other.
        self.control("advance", &json!({ "seconds": days * 86_400 })).await;
        node.clock.advance(days * 86_400_000);
    }

    /// A call of the double's own.
    pub async fn control(&self, path: &str, body: &Value) -> Value {
        let answer = self.http.post(format!("{}/_double/{path}", self.running.url)).json(body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// What Stripe's interface says.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}/{path}", self.running.url)).bearer_auth(KEY).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// A call of Stripe's interface.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let (status, answer) = self.tries(path, form).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// A call of Stripe's interface that may be refused; gives the status of the answer too.
    pub async fn tries(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let body = super::browser::encoded(form);
        let request = self.http.post(format!("{}/{path}", self.running.url)).bearer_auth(KEY);
        let answer =
            request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Fills in the page of an order; gives the status of the answer.
    pub async fn pays(&self, page: &str, card: &str) -> u16 {
        self.pays_from(page, card, "US").await
    }

    /// The same, of somebody in this country.
    pub async fn pays_from(&self, page: &str, card: &str, country: &str) -> u16 {
        let form = [
            ("number", card),
            ("expiry", "12/40"),
            ("cvc", "123"),
            ("name", "Ada Admin"),
            ("email", "ada@northwind.example"),
            ("country", country),
            ("action", "pay"),
        ];
        let request = self.pages.post(page).header("content-type", "application/x-www-form-urlencoded");
        request.body(super::browser::encoded(&form)).send().await.unwrap().status().as_u16()
    }
}
