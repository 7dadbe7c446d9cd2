//! Its releases, newest first.

use crate::components::classes;
use crate::markup::{Node, html};
use contract::listing::{ListingDetail, ReleaseSummary};
use style::class;

/// One entry for each release.
pub fn releases(detail: &ListingDetail) -> Node {
    let release = |release: &ReleaseSummary| {
        let current = (release.version == detail.version)
            .then(|| html! { <span class=classes(&[class::PILL, class::TONE_OK])>"Current"</span> });
        html! {
            <li class=class::RELEASE>
                <div class=class::RELEASE_SIDE>
                    <h2>{release.version.clone()}</h2>
                    {current}
                </div>
                <p>
                    "Published " <time datetime=release.published_at.rfc3339()>{release.published_at.date()}</time>
                </p>
            </li>
        }
    };
    html! { <ol>{detail.releases.iter().map(release).collect::<Node>()}</ol> }
}
