//! Reviews: what it takes to write one, and short ways to do so.

use super::app::App;
use super::browser::{Answer, Browser};
use super::upstream::Upstream;
use super::wizard::{alerts, deliver};
use contract::review::{ReviewItem, ReviewPage};

/// A text that is long enough.
pub const TEXT: &str = "It opens tickets for what matters and leaves the rest alone.";

impl Browser<'_> {
    /// An installation of `monitor` that has received something.
    pub async fn install_and_prove(&self, app: &App, upstream: &Upstream) -> String {
        let id = self.install(upstream).await;
        let answer = deliver(app, &self.address(&id).await, alerts("a1", "One")).await;
        assert_eq!(answer.status, 202, "{answer:?}");
        id
    }

    /// Sends a review.
    pub async fn write(&self, listing: &str, stars: &str, title: &str) -> Answer {
        self.call("write_review", &[("listing", listing), ("stars", stars), ("title", title), ("text", TEXT)]).await
    }

    /// Writes a review of `monitor`; gives its id.
    pub async fn reviews(&self, stars: &str, title: &str) -> String {
        let answer = self.write("monitor", stars, title).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let all = self.review_page(&[("order", "newest")]).await.reviews;
        all.into_iter().find(|it| it.mine).unwrap().review.id.0
    }

    /// What the tab shows.
    pub async fn review_page(&self, query: &[(&str, &str)]) -> ReviewPage {
        self.call("reviews", &[&[("id", "monitor")], query].concat()).await.good()
    }

    /// One review of the tab.
    pub async fn review(&self, id: &str) -> Option<ReviewItem> {
        self.review_page(&[]).await.reviews.into_iter().find(|it| it.review.id.as_str() == id)
    }
}
