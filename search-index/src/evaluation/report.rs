//! Runs as text for people.

use super::Run;
use super::run::Answered;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Smaller differences are not told.
const NOTABLE: f64 = 0.0005;

fn named(grade: Option<u8>) -> String {
    grade.map_or_else(|| "?".to_owned(), |grade| grade.to_string())
}

/// Figures per kind and overall.
pub fn table(run: &Run) -> String {
    let mut text = format!("{:<14}{:>8}{:>10}{:>8}{:>12}\n", "kind", "queries", "NDCG@10", "MRR", "success@1");
    let (all, count) = run.overall();
    for (kind, (scores, count)) in run.kinds().into_iter().chain([("overall", (all, count))]) {
        let (ndcg, rank, success) = (scores.ndcg, scores.reciprocal_rank, scores.success);
        let _ = writeln!(text, "{kind:<14}{count:>8}{ndcg:>10.3}{rank:>8.3}{success:>12.3}");
    }
    text.push_str(
        "(\"overall\" leaves \"none\" out: nothing fits those queries, and 1 means that nothing was shown)\n",
    );
    text
}

/// What changed from `before` to `now`, query by query, worst first, and its sum.
pub fn comparison(before: &Run, now: &Run) -> String {
    let known: BTreeMap<(&str, &str), &Answered> =
        before.answers.iter().map(|answer| ((answer.kind.as_str(), answer.query.as_str()), answer)).collect();
    let mut changes: Vec<(f64, &Answered, &Answered)> = Vec::new();
    for answer in &now.answers {
        if let Some(old) = known.get(&(answer.kind.as_str(), answer.query.as_str())) {
            changes.push((answer.scores.ndcg - old.scores.ndcg, old, answer));
        }
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut text = String::new();
    for (by, old, new) in changes.iter().filter(|change| change.0.abs() > NOTABLE) {
        let (was, is) = (old.scores.ndcg, new.scores.ndcg);
        let _ = writeln!(text, "{by:+.3}  {was:.3} → {is:.3}  {} {:?}", new.kind, new.query);
        let gone = old.first.iter().filter(|entry| !new.first.contains(entry)).map(|entry| ('-', entry));
        let came = new.first.iter().filter(|entry| !old.first.contains(entry)).map(|entry| ('+', entry));
        for (sign, (id, grade)) in gone.chain(came) {
            let _ = writeln!(text, "          {sign} {} {id}", named(*grade));
        }
    }
    let (better, worse) =
        (changes.iter().filter(|c| c.0 > NOTABLE).count(), changes.iter().filter(|c| c.0 < -NOTABLE).count());
    let (was, is) = (before.overall().0.ndcg, now.overall().0.ndcg);
    let _ = writeln!(
        text,
        "{better} better, {worse} worse, {} the same; overall NDCG@10 {was:.3} → {is:.3}",
        changes.len() - better - worse
    );
    text
}

/// NDCG@10 per kind of several engines, one column each.
pub fn side_by_side(runs: &[(&str, &Run)]) -> String {
    let kinds: BTreeSet<&str> = runs.iter().flat_map(|(_, run)| run.kinds().into_keys()).collect();
    let mut text = format!("{:<14}", "NDCG@10");
    for (name, _) in runs {
        let _ = write!(text, "{name:>18}");
    }
    for kind in kinds {
        let _ = write!(text, "\n{kind:<14}");
        for (_, run) in runs {
            let ndcg = run.kinds().get(kind).map_or(0.0, |(scores, _)| scores.ndcg);
            let _ = write!(text, "{ndcg:>18.3}");
        }
    }
    for (line, figure) in [("overall", 0), ("MRR", 1), ("success@1", 2)] {
        let _ = write!(text, "\n{line:<14}");
        for (_, run) in runs {
            let scores = run.overall().0;
            let _ = write!(text, "{:>18.3}", [scores.ndcg, scores.reciprocal_rank, scores.success][figure]);
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::Scores;

    fn run(ndcg: f64, first: &str) -> Run {
        let scores = Scores { ndcg, reciprocal_rank: 1.0, success: 1.0 };
        let first = vec![(first.to_owned(), Some(3))];
        Run { answers: vec![Answered { query: "slack".into(), kind: "exact".into(), scores, first }] }
    }

    #[test]
    fn a_difference_names_the_query_and_what_moved() {
        let text = comparison(&run(0.5, "a"), &run(1.0, "b"));
        assert!(text.contains("+0.500  0.500 → 1.000  exact \"slack\""), "{text}");
        assert!(text.contains("- 3 a") && text.contains("+ 3 b"), "{text}");
        assert!(text.contains("1 better, 0 worse, 0 the same"), "{text}");
    }

    #[test]
    fn the_table_has_a_line_for_each_kind() {
        let text = table(&run(0.25, "a"));
        assert!(text.contains("exact") && text.contains("0.250") && text.contains("overall"), "{text}");
    }
}
