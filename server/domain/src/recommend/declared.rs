//! What is known before anybody has installed anything: collections, what one does for another, who makes it.

use super::Candidate;
use crate::coverage_map::jobs;
use crate::discovery::{installable, together};
use crate::{Result, Services};
use contract::listing::ListingCard;
use contract::search::{FacetField, Filter, Sort};
use coverage::Job;

/// Listings looked at for each job.
const LOOKED_AT: u32 = 12;
/// Recommended for one job.
const FOR_ONE: usize = 2;

/// A job, one that completes it, and how: `{}` is the listing that has the first.
const COMPLETE: [(Job, Job, &str); 24] = [
    (Job::Alerts, Job::OnCall, "Wakes people when {} raises an alert"),
    (Job::Alerts, Job::Chat, "Tells a channel what {} reports"),
    (Job::OnCall, Job::Alerts, "Raises the alerts that {} escalates"),
    (Job::OnCall, Job::Chat, "Where people talk once {} has woken them"),
    (Job::Chat, Job::OnCall, "Wakes people when nobody reads {}"),
    (Job::Chat, Job::Alerts, "Raises alerts for {} to show"),
    (Job::Metrics, Job::Dashboards, "Draws what {} measures"),
    (Job::Dashboards, Job::Metrics, "Measures what {} draws"),
    (Job::Logs, Job::Shipping, "Brings logs to {}"),
    (Job::Shipping, Job::Logs, "Keeps the logs that {} collects"),
    (Job::Traces, Job::Logs, "Logs beside the traces of {}"),
    (Job::Applications, Job::OnCall, "Wakes people when {} sees an application fail"),
    (Job::Code, Job::Builds, "Builds and tests what is in {}"),
    (Job::Builds, Job::Code, "Holds the source that {} builds"),
    (Job::Builds, Job::Artifacts, "Holds what {} builds"),
    (Job::Artifacts, Job::Weaknesses, "Looks for weaknesses in what {} holds"),
    (Job::Deployment, Job::Alerts, "Notices when a release of {} goes wrong"),
    (Job::Cluster, Job::Alerts, "Watches what runs in {}"),
    (Job::Cloud, Job::Alerts, "Watches what runs in {}"),
    (Job::Provisioning, Job::Cloud, "Has the machines that {} asks for"),
    (Job::Tickets, Job::Code, "Joins changes to the tickets of {}"),
    (Job::ServiceDesk, Job::OnCall, "Wakes people for the incidents of {}"),
    (Job::Weaknesses, Job::Tickets, "Tracks what {} finds until it is mended"),
    (Job::Events, Job::OnCall, "Wakes people for what {} detects"),
];

/// What goes with a listing by declaration, the best first: collections, what completes it, the same maker.
pub fn with(services: &Services, card: &ListingCard) -> Result<Vec<Candidate>> {
    let own = jobs(card.id.as_str(), &card.category);
    let mut candidates: Vec<Candidate> = together(&card.id)
        .into_iter()
        .map(|(title, other)| Candidate {
            listing: other.clone(),
            weight: 3.0,
            why: format!("In the collection “{title}” with {}", card.name),
        })
        .take(FOR_ONE)
        .collect();
    for (_, job, why) in COMPLETE.iter().filter(|(has, ..)| own.contains(has)) {
        let kind = Filter { field: FacetField::Category, value: job.leaf().to_owned() };
        let found = installable(services, Some(kind), Sort::Installs, LOOKED_AT)?;
        let fitting = found.into_iter().filter(|it| jobs(it.id.as_str(), &it.category).contains(job));
        let fitting = fitting.map(|it| Candidate { listing: it.id, weight: 2.0, why: why.replace("{}", &card.name) });
        candidates.extend(fitting.take(FOR_ONE));
    }
    if !card.partner_id.as_str().is_empty() {
        let maker = Filter { field: FacetField::Partner, value: card.partner_id.0.clone() };
        let found = installable(services, Some(maker), Sort::Installs, LOOKED_AT)?;
        candidates.extend(found.into_iter().map(|it| Candidate {
            listing: it.id,
            weight: 1.0,
            why: format!("Also by {}, who makes {}", card.partner_name, card.name),
        }));
    }
    candidates.retain(|it| it.listing != card.id);
    Ok(candidates)
}
