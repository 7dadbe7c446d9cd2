//! How badly notices are delivered: twice, late, in another order, or never. What never came is asked for in time.

use super::World;
use crate::harness::signature;
use domain::billing::{reconcile, report_usage, take};
use domain::ports::Clock;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Notices of three days are asked for; this is well before.
const IN_TIME_MS: i64 = 60 * 3_600_000;

/// What happened at the double, and what is on its way.
#[derive(Default)]
pub struct Post {
    /// The last event that was seen.
    last: Option<String>,
    late: Vec<Value>,
    /// When the payment of a subscription failed, in seconds.
    pub failed: BTreeMap<String, i64>,
    reconciled: i64,
}

impl Post {
    fn saw(&mut self, event: &Value) {
        let object = &event["data"]["object"];
        let changed = event["data"]["previous_attributes"]["status"].is_string();
        if event["type"] == "customer.subscription.updated" && changed && object["status"] == "past_due" {
            let id = object["id"].as_str().unwrap().to_owned();
            self.failed.insert(id, event["created"].as_i64().unwrap());
        }
    }
}

impl World {
    /// What happened since the last look, the oldest first.
    async fn news(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        loop {
            let after = self.post.last.as_ref().map_or_else(String::new, |id| format!("&ending_before={id}"));
            let page = self.double.get(&format!("v1/events?limit=100{after}")).await;
            let mut events = page["data"].as_array().unwrap().clone();
            let Some(newest) = events.first() else { return all };
            self.post.last = Some(newest["id"].as_str().unwrap().to_owned());
            events.reverse();
            for event in &events {
                self.post.saw(event);
            }
            all.extend(events);
        }
    }

    /// Delivers what happened, as badly as chance wants it.
    pub async fn deliver(&mut self) {
        let mut now = std::mem::take(&mut self.post.late);
        for event in self.news().await {
            match self.dice.below(100) {
                0..12 => {}
                12..32 => self.post.late.push(event),
                32..47 => now.extend([event.clone(), event]),
                _ => now.push(event),
            }
        }
        self.dice.shuffle(&mut now);
        for event in now {
            let told = json!({
                "id": event["id"],
                "type": event["type"],
                "created": event["created"],
                "data": { "object": { "id": event["data"]["object"]["id"] } },
            });
            let body = told.to_string();
            let header = signature(&body, self.node.services.clock.now());
            take(&self.node.services, body.as_bytes(), &header).await.unwrap();
        }
        if self.dice.chance(80) {
            self.work_off().await;
        }
    }

    /// Works off everything that is due, with three workers at once.
    pub async fn work_off(&self) {
        let worker = async |name: &str| while jobs::work_once(&self.node.services, name).await.unwrap() {};
        tokio::join!(worker("one"), worker("two"), worker("three"));
    }

    /// Asks for what was lost.
    pub async fn recover(&mut self) {
        reconcile(&self.node.services).await.unwrap();
        self.post.reconciled = self.node.clock.now().0;
        self.work_off().await;
    }

    /// The node's clock is never behind the double's.
    pub async fn same_time(&self) {
        let told = self.double.control("advance", &json!({ "seconds": 0 })).await;
        self.catches_up(&told);
    }

    fn catches_up(&self, told: &Value) {
        let there = told["now"].as_i64().unwrap() * 1000;
        let behind = there - self.node.clock.now().0;
        self.node.clock.advance(behind.max(0));
    }

    /// Hours pass, with notices on the way.
    pub async fn pass(&mut self, mut hours: i64) {
        while hours > 0 {
            let step = self.dice.between(5, 47).min(hours);
            hours -= step;
            if self.node.clock.now().0 + step * 3_600_000 - self.post.reconciled > IN_TIME_MS {
                self.recover().await;
            }
            let told = self.double.control("advance", &json!({ "seconds": step * 3_600 })).await;
            self.catches_up(&told);
            self.deliver().await;
            if self.dice.chance(50) {
                self.report().await;
            }
        }
    }

    /// Reports what was used.
    pub async fn report(&self) {
        let reported = report_usage(&self.node.services).await.unwrap();
        assert_eq!(reported.failed, 0, "what was used can be reported");
    }
}
