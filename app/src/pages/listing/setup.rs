//! How it is set up.

use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use contract::listing::ListingDetail;
use style::{class, icons};

/// How it authenticates, and the README's part about set-up.
pub fn setup(detail: &ListingDetail) -> Node {
    let guide = if detail.readme.setup_html.trim().is_empty() {
        let text = if detail.card.installable {
            "The wizard leads through every step and fills in the address and the secret of your installation."
        } else {
            "How it is set up is written together with the connection."
        };
        html! { <p class=class::MUTED>{text}</p> }
    } else {
        html! { <article class=class::PROSE inner_html=detail.readme.setup_html.clone()></article> }
    };
    let auth = detail.card.installable.then(|| {
        html! {
            <div class=classes(&[class::NOTICE, class::TONE_INFO])>
                <Icon name=icons::KEY/>
                <div class=class::NOTICE_BODY>
                    <p class=class::NOTICE_TITLE>"Authentication: " {detail.auth.clone()}</p>
                    <p>"Secrets are sealed when you enter them and never shown again."</p>
                </div>
            </div>
        }
    });
    html! {
        <div class=class::STACK>
            <h2 class=class::SR>"How it is set up"</h2>
            {auth}
            {guide}
        </div>
    }
}
