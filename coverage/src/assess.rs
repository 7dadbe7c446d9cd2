//! What several files mention together: what is covered, what is done twice, what is missing.

use crate::job::Job;
use crate::known::{Technology, find, is_plumbing};
use crate::mention::{Finding, Kind, Mention, Reading, Signal, Sort};

/// Places that are kept of each technology.
const PLACES: usize = 4;

/// Unknown names that are kept.
const UNKNOWN: usize = 200;

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the file.
    pub file: usize,
    /// Its line, from 1.
    pub line: u32,
    /// What stands there; nothing where it is what the file does.
    pub sort: Option<Sort>,
    /// The name that stands there.
    pub name: String,
}

impl Evidence {
    /// The same place without what stands there.
    #[must_use]
    pub fn place_only(&self) -> Self {
        Self { sort: None, ..self.clone() }
    }
}

/// A technology that is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub technology: usize,
    /// Where, the first places only.
    pub evidence: Vec<Evidence>,
}

/// Technologies that do the same job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The job.
    pub job: Job,
    /// Numbers of two or more.
    pub technologies: Vec<usize>,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Alerts are made, and nothing was found that tells a person.
    Destination,
    /// Somebody is told, and nothing was found that wakes whoever is on call.
    OnCall,
    /// Systems run, and nothing collects measurements.
    Metrics,
    /// Nothing collects logs.
    Logs,
    /// Nothing collects traces.
    Traces,
    /// Something in one file that can't be meant.
    In(Finding),
}

/// Something missing, and the place that makes it a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What.
    pub lack: Lack,
    /// What is there instead.
    pub evidence: Evidence,
}

/// What the files come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Technologies, in the order in which they are known.
    pub found: Vec<Found>,
    /// Names of things that nobody knows.
    pub unknown: Vec<Evidence>,
    /// What is done twice.
    pub overlaps: Vec<Overlap>,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// Puts files and technologies together.
pub fn assess(readings: &[&Reading], technologies: &[Technology<'_>]) -> Assessment {
    let mut places: Vec<Vec<Evidence>> = technologies.iter().map(|_| Vec::new()).collect();
    let mut unknown: Vec<Evidence> = Vec::new();
    for (file, reading) in readings.iter().enumerate() {
        for mention in &reading.mentions {
            let evidence = place(file, mention);
            match find(technologies, mention).and_then(|index| places.get_mut(index)) {
                Some(places) if places.len() < PLACES => places.push(evidence),
                None if mention.sort.is_telling() && !is_plumbing(mention) && unknown.len() < UNKNOWN => {
                    let same = |it: &Evidence| it.name == evidence.name && it.sort == evidence.sort;
                    if !unknown.iter().any(same) {
                        unknown.push(evidence);
                    }
                }
                Some(_) | None => {}
            }
        }
    }
    // A receiver of the Collector speaks a format: whoever sends it need not be the tool that the format is named after.
    let works = |at: &[Evidence]| at.iter().any(|it| it.sort != Some(Sort::Receiver));
    let there: Vec<bool> = technologies.iter().zip(&places).map(|(it, at)| it.installed || works(at)).collect();
    let gaps = gaps(readings, technologies, &places, &there);
    let found = places.into_iter().enumerate().filter(|(_, evidence)| !evidence.is_empty());
    Assessment {
        overlaps: overlaps(technologies, &there, readings),
        found: found.map(|(technology, evidence)| Found { technology, evidence }).collect(),
        unknown,
        gaps,
    }
}

fn place(file: usize, mention: &Mention) -> Evidence {
    Evidence { file, line: mention.line, sort: Some(mention.sort), name: mention.name.clone() }
}

/// What one would be enough for. Without files, nothing is said.
fn overlaps(technologies: &[Technology<'_>], there: &[bool], readings: &[&Reading]) -> Vec<Overlap> {
    if readings.iter().all(|reading| reading.kinds.is_empty()) {
        return Vec::new();
    }
    let jobs = Job::ALL.iter().filter(|job| job.alone());
    let all = jobs.map(|job| {
        let same = technologies.iter().zip(there).enumerate();
        let same = same.filter(|(_, (it, there))| **there && it.does.contains(job)).map(|(index, _)| index);
        Overlap { job: *job, technologies: same.collect() }
    });
    all.filter(|it| it.technologies.len() > 1).collect()
}

fn gaps(readings: &[&Reading], technologies: &[Technology<'_>], places: &[Vec<Evidence>], there: &[bool]) -> Vec<Gap> {
    let does = |jobs: &[Job]| {
        let mut all = technologies.iter().zip(there);
        all.any(|(it, there)| *there && it.does.iter().any(|job| jobs.contains(job)))
    };
    let signal = |signal: Signal| {
        let mut all = readings.iter().enumerate().flat_map(|(file, it)| it.signals.iter().map(move |it| (file, it)));
        let found = all.find(|(_, (it, _))| *it == signal);
        found.map(|(file, (_, line))| Evidence { file, line: *line, sort: None, name: String::new() })
    };
    let mut gaps = Vec::new();
    let mut lack =
        |lack: Lack, evidence: Option<Evidence>| gaps.extend(evidence.map(|evidence| Gap { lack, evidence }));

    let mentioned = technologies.iter().zip(places).find(|(it, at)| !at.is_empty() && it.does.contains(&Job::Alerts));
    let alerts = signal(Signal::Alerts).or_else(|| mentioned.and_then(|(_, at)| at.first().cloned()));
    let told = signal(Signal::Told).is_some();
    if !told && !does(&[Job::OnCall, Job::Chat, Job::Tickets, Job::ServiceDesk]) {
        lack(Lack::Destination, alerts);
    } else if !does(&[Job::OnCall]) {
        lack(Lack::OnCall, alerts);
    }

    // Something that runs, or is watched, in which the rest could be missed.
    let seen = [Signal::Metrics, Signal::Logs, Signal::Traces].into_iter().find_map(signal);
    let runs = readings.iter().position(|it| it.kinds.iter().any(|it| matches!(it, Kind::Kubernetes | Kind::Compose)));
    let runs = runs.map(|file| Evidence { file, line: 1, sort: None, name: String::new() });
    let watched = || seen.clone().or_else(|| runs.clone());
    for (missing, known, jobs) in [
        (Lack::Metrics, Signal::Metrics, &[Job::Metrics, Job::Applications][..]),
        (Lack::Logs, Signal::Logs, &[Job::Logs, Job::Shipping][..]),
        (Lack::Traces, Signal::Traces, &[Job::Traces, Job::Applications][..]),
    ] {
        if signal(known).is_none() && !does(jobs) {
            lack(missing, watched());
        }
    }
    for (file, reading) in readings.iter().enumerate() {
        for (finding, name, line) in &reading.findings {
            let evidence = Evidence { file, line: *line, sort: None, name: name.clone() };
            lack(Lack::In(*finding), Some(evidence));
        }
    }
    gaps
}
