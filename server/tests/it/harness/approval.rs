//! Policies and requests for approval.

use super::app::App;
use super::browser::{Answer, Browser};
use contract::approval::ApprovalDetail;
use contract::install::WizardView;
use contract::policy::{PolicyStanding, PolicyView};
use serde_json::{Value, json};

impl Browser<'_> {
    /// The policy in force.
    pub async fn policy(&self) -> PolicyView {
        self.call("policy", &[]).await.good()
    }

    /// Sends a policy in the place of the one in force.
    pub async fn save_policy(&self, rules: Value, otherwise: &str) -> Answer {
        let revision = self.policy().await.policy.revision;
        let policy = json!({ "rules": rules, "otherwise": otherwise, "revision": revision }).to_string();
        self.call("save_policy", &[("policy", &policy)]).await
    }

    /// Asks for approval; gives the request.
    pub async fn ask(&self, listing: &str) -> String {
        let answer = self.call("request_approval", &[("listing", listing), ("reason", "For the on-call team.")]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.goes_on_to().strip_prefix("/approvals/").unwrap().to_owned()
    }

    /// Answers a request.
    pub async fn answer(&self, id: &str, answer: &str) -> Answer {
        self.call("answer_approval", &[("id", id), ("answer", answer), ("text", "As discussed.")]).await
    }

    /// The page of a request.
    pub async fn approval(&self, id: &str) -> ApprovalDetail {
        self.call("approval", &[("id", id)]).await.good()
    }

    /// What Review says of the policy.
    pub async fn standing(&self, listing: &str) -> PolicyStanding {
        let review = self.call("wizard", &[("listing", listing)]).await;
        review.good::<Option<WizardView>>().unwrap().policy.unwrap()
    }
}

impl App {
    /// Actions in Northwind's audit trail, oldest first.
    pub async fn audited(&self) -> Vec<String> {
        let events = self.services.audit.audit_after("org_demo_northwind", 0, 1000).await.unwrap();
        events.into_iter().map(|event| event.action).collect()
    }

    /// Titles in somebody's inbox, oldest first.
    pub async fn notices(&self, account: &str) -> Vec<String> {
        self.scratch
            .texts(&format!("SELECT title FROM notice WHERE person_id = 'usr_demo_{account}' ORDER BY at, id"))
            .await
    }

    /// Texts of mail to somebody, oldest first.
    pub async fn mail(&self, address: &str) -> Vec<String> {
        self.scratch
            .texts(&format!("SELECT body FROM mail WHERE recipient = '{address}' ORDER BY created_at, id"))
            .await
    }

    /// Makes a colleague at Northwind an administrator.
    pub async fn promote(&self, account: &str) {
        let sql = format!("UPDATE membership SET role = 'admin' WHERE person_id = 'usr_demo_{account}'");
        self.scratch.change(&sql).await;
    }
}
