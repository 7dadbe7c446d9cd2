//! The tabs, which are links.

use crate::markup::{Node, html};
use contract::listing::ListingDetail;
use leptos::prelude::*;
use style::class;

/// What is shown below the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What it is and can do.
    Overview,
    /// How it is set up.
    Setup,
    /// What it may call and do.
    Permissions,
    /// What it costs.
    Pricing,
    /// Its releases.
    Releases,
    /// What its users say.
    Reviews,
}

impl Tab {
    const ALL: [Self; 6] =
        [Self::Overview, Self::Setup, Self::Permissions, Self::Pricing, Self::Releases, Self::Reviews];

    /// Reads `?tab=`; what it does not know is the overview.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.as_str() == text).unwrap_or(Self::Overview)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Setup => "setup",
            Self::Permissions => "permissions",
            Self::Pricing => "pricing",
            Self::Releases => "releases",
            Self::Reviews => "reviews",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Setup => "Set-up",
            Self::Permissions => "Permissions",
            Self::Pricing => "Pricing",
            Self::Releases => "Releases",
            Self::Reviews => "Reviews",
        }
    }
}

/// Links to the tabs that there are. They leave the page where it is scrolled to. `costs` is whether there is anything to say
/// of what it costs.
pub fn tabs(detail: &ListingDetail, costs: bool, current: Memo<Tab>) -> Node {
    let permissions = detail.hosts.len() + detail.scopes.len();
    let link = |tab: Tab| {
        let mut href = String::from("/integrations/");
        href.push_str(detail.card.id.as_str());
        if tab != Tab::Overview {
            href.push_str("?tab=");
            href.push_str(tab.as_str());
        }
        let number = match tab {
            Tab::Permissions => permissions,
            Tab::Reviews => detail.card.rating.map_or(0, |rating| rating.count as usize),
            _ => 0,
        };
        let number = (number > 0).then(|| html! { <span class=class::COUNT>{number}</span> });
        html! {
            <a
                class=class::TAB
                href=href
                data-noscroll="true"
                aria-current=move || (current.get() == tab).then_some("page")
            >
                {tab.label()}
                {number}
            </a>
        }
    };
    html! {
        <nav class=class::TABS aria-label="About this integration">
            {Tab::ALL.into_iter().filter(|tab| costs || *tab != Tab::Pricing).map(link).collect::<Node>()}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::Tab;

    #[test]
    fn reads_every_tab_and_falls_back() {
        for tab in Tab::ALL {
            assert_eq!(Tab::parse(tab.as_str()), tab);
        }
        assert_eq!(Tab::parse("trust"), Tab::Overview);
    }
}
