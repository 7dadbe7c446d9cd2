//! A running double of Stripe (`e2e/doubles/stripe`); it ends with the test.
#![allow(dead_code, reason = "each test uses a part of it")]

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The key of the tests.
pub const KEY: &str = "sk_test_contract";

/// A running double.
pub struct Double {
    process: Child,
    /// Where it is.
    pub url: String,
}

impl Drop for Double {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn read(request: RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert!(status.is_success(), "{status} {text}");
    serde_json::from_str(&text).unwrap()
}

impl Double {
    /// Starts one from this script.
    pub fn start(script: &str) -> Self {
        let mut process = Command::new("node")
            .args([script, "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("node, version 20 or newer, is installed");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        Self { process, url: said["url"].as_str().unwrap().to_owned() }
    }

    /// Calls Stripe's interface.
    pub async fn post(&self, path: &str, form: &str) -> Value {
        let request = Client::new()
            .post(format!("{}/{path}", self.url))
            .bearer_auth(KEY)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned());
        read(request).await
    }

    /// The same, for the id of what was made.
    pub async fn id(&self, path: &str, form: &str) -> String {
        self.post(path, form).await["id"].as_str().unwrap().to_owned()
    }

    /// Reads something.
    pub async fn get(&self, path: &str) -> Value {
        read(Client::new().get(format!("{}/{path}", self.url)).bearer_auth(KEY)).await
    }

    /// A control call.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let request = Client::new().post(format!("{}/_double/{path}", self.url));
        read(request.header("content-type", "application/json").body(body.to_string())).await
    }

    /// The next report of usage fails, before or after it was taken; status 0 breaks the connection.
    pub async fn fail_next_report(&self, status: u16, after: bool) {
        let what = json!({ "method": "POST", "path": "/v1/billing/meter_events", "status": status, "after": after });
        self.control("fail_next", what).await;
    }

    /// Seconds since 1970, as the double has it, after so many more of them.
    pub async fn advance(&self, seconds: i64) -> i64 {
        self.control("advance", json!({ "seconds": seconds })).await["now"].as_i64().unwrap()
    }
}
