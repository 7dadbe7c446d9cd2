//! What the files come to: files, gaps, overlaps, the map, and every technology with its places.

use super::evidence::{place, places};
use super::files::{Files, Source};
use super::map::map;
use super::standing::Standing;
use super::words;
use crate::components::{Icon, TileSize, classes, count, tile};
use crate::markup::{Node, html};
use contract::coverage::{CoverageView, KnownTechnology};
use coverage::{Assessment, Found, Gap, Job, Overlap, Reading, Technology, assess};
use style::{class, icons};

/// The conclusions, and the files that they follow from.
#[derive(Clone, Debug)]
pub struct Report {
    sources: Vec<Source>,
    outcome: Assessment,
    standings: Vec<Standing>,
    signed_in: bool,
}

impl PartialEq for Report {
    /// Every report is made because something changed.
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

impl Report {
    /// Of these files.
    pub fn of(known: &CoverageView, signed_in: bool, sources: &[Source]) -> Self {
        let technologies: Vec<Technology<'_>> = known
            .technologies
            .iter()
            .map(|it| Technology {
                id: &it.id,
                marks: &it.marks,
                does: it.does.iter().filter_map(|job| Job::parse(job)).collect(),
                installed: Standing::of(it) == Standing::Installed,
            })
            .collect();
        let readings: Vec<&Reading> = sources.iter().map(|source| &*source.reading).collect();
        let outcome = assess(&readings, &technologies);
        let standing = |found: &Found| known.technologies.get(found.technology).map(Standing::of);
        let standings = outcome.found.iter().filter_map(standing).collect();
        Self { sources: sources.to_vec(), outcome, standings, signed_in }
    }

    fn number(&self, standing: Standing) -> u64 {
        self.standings.iter().filter(|it| **it == standing).count() as u64
    }

    /// All of it.
    pub fn show(&self, known: &CoverageView, files: Files) -> Node {
        if self.sources.is_empty() {
            return Node::Nothing;
        }
        html! {
            <div class=class::STACK>
                {self.files(files)}
                {self.gaps()}
                {self.overlaps(known)}
                {map(known, &self.outcome, self.signed_in)}
                {self.technologies(known)}
                {self.unknown()}
            </div>
        }
    }

    fn files(&self, files: Files) -> Node {
        let rows = self.sources.iter().map(|source| file(source, files)).collect::<Node>();
        html! {
            <section aria-labelledby="files">
                <div class=class::SECTION_HEAD>
                    <h2 class=class::SECTION_TITLE id="files">"Files"</h2>
                    <button
                        class=classes(&[class::BTN, class::BTN_S, class::BTN_QUIET])
                        type="button"
                        on:click=move |_| files.clear()
                    >
                        "Forget all"
                    </button>
                </div>
                <ul class=class::CONNECTIONS>{rows}</ul>
            </section>
        }
    }

    fn gaps(&self) -> Option<Node> {
        let rows = self.outcome.gaps.iter().map(|gap| self.gap(gap)).collect();
        section("gaps", "Gaps", rows)
    }

    fn gap(&self, gap: &Gap) -> Node {
        let (title, why, leaf) = words::lack(gap.lack, &gap.evidence.name);
        let look = (!leaf.is_empty()).then(|| {
            html! { <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/categories/{leaf}")>"See what fills it"</a> }
        });
        html! {
            <li class=classes(&[class::LINE, class::TONE_WARN])>
                <Icon name=icons::ALERT_TRIANGLE/>
                <div>
                    <h3 class=class::CARD_TITLE>{title}</h3>
                    <p>{why}</p>
                    <ul class=class::PLACES>{place(&gap.evidence.place_only(), &self.sources)}</ul>
                </div>
                {look}
            </li>
        }
    }

    fn overlaps(&self, known: &CoverageView) -> Option<Node> {
        let rows = self.outcome.overlaps.iter().map(|it| self.overlap(it, known)).collect();
        section("overlaps", "Done twice", rows)
    }

    fn overlap(&self, it: &Overlap, known: &CoverageView) -> Node {
        let of = |index: &usize| known.technologies.get(*index);
        let those: Vec<&KnownTechnology> = it.technologies.iter().filter_map(of).collect();
        let names: Vec<&str> = those.iter().map(|it| it.name.as_str()).collect();
        let both = if names.len() == 2 { "both" } else { "all" };
        let title = format!("{} {both} {}", words::list(&names), words::job(it.job));
        let first =
            |index: &usize| self.outcome.found.iter().find(|it| it.technology == *index)?.evidence.first().cloned();
        let evidence: Vec<_> = it.technologies.iter().filter_map(first).collect();
        let installed = those.len() > evidence.len();
        let ids: Vec<&str> = those.iter().filter_map(|it| Some(it.listing.as_ref()?.id.as_str())).take(4).collect();
        let compare = (ids.len() > 1).then(|| {
            html! { <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/compare?ids={}", ids.join("%2C"))>
                "Compare"
                <span class=class::SR>{format!(" {}", words::list(&names))}</span>
            </a> }
        });
        let note = if installed {
            "Not all of them are in these files: your organization has installed the rest."
        } else {
            ""
        };
        html! {
            <li class=classes(&[class::LINE, class::TONE_INFO])>
                <Icon name=icons::COPY/>
                <div>
                    <h3 class=class::CARD_TITLE>{title}</h3>
                    {(!note.is_empty()).then(|| html! { <p>{note}</p> })}
                    {places(&evidence, &self.sources)}
                </div>
                {compare}
            </li>
        }
    }

    fn technologies(&self, known: &CoverageView) -> Option<Node> {
        let mut found: Vec<(&KnownTechnology, &Found)> =
            self.outcome.found.iter().filter_map(|it| Some((known.technologies.get(it.technology)?, it))).collect();
        // What can be done about comes first.
        found.sort_by_key(|(it, _)| match Standing::of(it) {
            Standing::Missing => 0,
            Standing::Installed => 1,
            Standing::Listed => 2,
            Standing::Unlisted => 3,
        });
        let rows = found.iter().map(|(it, found)| self.technology(it, found)).collect();
        section("mentioned", "Mentioned", rows)
    }

    fn technology(&self, it: &KnownTechnology, found: &Found) -> Node {
        let standing = Standing::of(it);
        html! {
            <li class=class::LINE>
                {tile(&it.id, &it.name, None, TileSize::Small)}
                <div>
                    <h3 class=class::CARD_TITLE>{it.name.clone()}</h3>
                    <p class=class::PLACES_STATE>
                        <span class=classes(&[class::PILL, standing.tone()])>{standing.label(self.signed_in)}</span>
                    </p>
                    {places(&found.evidence, &self.sources)}
                </div>
                {act(it, standing)}
            </li>
        }
    }

    fn unknown(&self) -> Option<Node> {
        if self.outcome.unknown.is_empty() {
            return None;
        }
        let title = format!("{} that we don’t know", count(self.outcome.unknown.len() as u64, "name"));
        Some(html! {
            <details>
                <summary class=class::LABEL>{title}</summary>
                <p class=classes(&[class::SMALL, class::MUTED])>"Your own services, or tools that nobody lists here."</p>
                {places(&self.outcome.unknown, &self.sources)}
            </details>
        })
    }
}

/// What the report says, in a sentence.
pub fn summary(report: &Report) -> String {
    if report.sources.is_empty() {
        return String::new();
    }
    let outcome = &report.outcome;
    let mut out = match outcome.found.len() {
        1 => "1 technology in ".to_owned(),
        number => format!("{number} technologies in "),
    };
    out.push_str(&count(report.sources.len() as u64, "file"));
    out.push_str(": ");
    let parts: Vec<String> = Standing::ALL
        .iter()
        .filter(|it| report.number(**it) > 0)
        .map(|it| format!("{} {}", report.number(*it), it.label(report.signed_in).to_lowercase()))
        .collect();
    out.push_str(&parts.join(", "));
    out.push_str(if parts.is_empty() { "nothing that we know. " } else { ". " });
    out.push_str(&count(outcome.gaps.len() as u64, "gap"));
    out.push_str(", ");
    out.push_str(&count(outcome.overlaps.len() as u64, "overlap"));
    out.push('.');
    out
}

/// A list with its title; nothing where it is empty.
fn section(id: &'static str, title: &'static str, rows: Vec<Node>) -> Option<Node> {
    if rows.is_empty() {
        return None;
    }
    let number = rows.len();
    Some(html! {
        <section aria-labelledby=id>
            <div class=class::SECTION_HEAD>
                <h2 class=class::SECTION_TITLE id=id>{title} " " <span class=class::COUNT>{number}</span></h2>
            </div>
            <ul class=class::CONNECTIONS>{rows}</ul>
        </section>
    })
}

fn file(source: &Source, files: Files) -> Node {
    let reading = &source.reading;
    let kinds: Vec<&str> = reading.kinds.iter().map(|kind| words::kind(*kind)).collect();
    let mut what = words::list(&kinds);
    if kinds.is_empty() {
        what.push_str("Not recognised, so nothing was read of it");
    }
    if reading.cut {
        what.push_str(". It is too long: only its beginning was read");
    }
    let icon = if kinds.is_empty() { icons::ALERT_CIRCLE } else { icons::CHECK_CIRCLE };
    let name = source.name.clone();
    html! {
        <li class=class::LINE>
            <Icon name=icon/>
            <div>
                <p class=class::PLACES_FILE>{source.name.clone()}</p>
                <p class=classes(&[class::SMALL, class::MUTED])>{what}</p>
            </div>
            <button
                class=classes(&[class::BTN, class::BTN_S, class::BTN_QUIET])
                type="button"
                on:click=move |_| files.remove(&name)
            >
                "Forget"
                <span class=class::SR>{format!(" {}", source.name)}</span>
            </button>
        </li>
    }
}

/// What can be done about a technology.
fn act(it: &KnownTechnology, standing: Standing) -> Node {
    let name = html! { <span class=class::SR>{format!(": {}", it.name)}</span> };
    let Some(listing) = &it.listing else {
        let href = format!("/categories/{}", it.leaf);
        return html! { <a class=classes(&[class::BTN, class::BTN_S]) href=href>"See its category"{name}</a> };
    };
    match (standing, &listing.installation) {
        (_, Some(id)) => html! {
            <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/installed/{id}")>"See how it does"{name}</a>
        },
        (Standing::Missing, _) => html! {
            <div class=class::ACTIONS>
                <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/integrations/{}", listing.id)>"Details"{name}</a>
                <a
                    class=classes(&[class::BTN, class::BTN_S, class::BTN_PRIMARY])
                    href=format!("/integrations/{}/install", listing.id)
                >
                    "Install"
                    <span class=class::SR>{format!(" {}", it.name)}</span>
                </a>
            </div>
        },
        _ => html! {
            <a class=classes(&[class::BTN, class::BTN_S]) href=format!("/integrations/{}", listing.id)>"Details"{name}</a>
        },
    }
}
