//! What a partner is told of their money: each line with the invoice it is from, the rule that was applied, and their share.

use super::ledger::{Account, Posting, Reason};
use contract::money::{Currency, Money};
use contract::{ListingId, PartnerId, Timestamp};
use std::collections::BTreeMap;

/// One event that changed what is owed to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// What happened, such as `sale` or `payout`, and to what.
    pub key: String,
    /// When.
    pub at: Timestamp,
    /// The invoice and its line, what was sold, the rule and the share; empty for payouts.
    pub reason: Reason,
    /// What they earned; negative for what goes back and for what was paid out.
    pub amount: Money,
}

/// What there is in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Earned, less what went back.
    pub earned: i128,
    /// Paid out.
    pub paid: i128,
}

impl Totals {
    /// Still owed.
    pub const fn owed(self) -> i128 {
        self.earned - self.paid
    }
}

/// Lines of a partner in the order of the postings. Their amounts add up to what is owed.
pub fn lines(postings: &[Posting], partner: &PartnerId) -> Vec<StatementLine> {
    let own = Account::PartnerPayable(partner.clone());
    let line = |posting: &Posting| {
        let mut amounts = posting.entries().iter().filter(|entry| entry.account == own).map(|entry| entry.money);
        let first = amounts.next()?;
        let minor = amounts.fold(first.minor, |sum, money| sum + money.minor);
        Some(StatementLine {
            key: posting.key.clone(),
            at: posting.at,
            reason: posting.reason.clone(),
            amount: Money::new(-minor, first.currency),
        })
    };
    postings.iter().filter_map(line).collect()
}

/// Sums of these lines by currency.
pub fn totals(lines: &[StatementLine]) -> BTreeMap<Currency, Totals> {
    let mut totals = BTreeMap::<Currency, Totals>::new();
    for line in lines {
        let sum = totals.entry(line.amount.currency).or_default();
        let amount = i128::from(line.amount.minor);
        if line.key.starts_with("payout") { sum.paid -= amount } else { sum.earned += amount }
    }
    totals
}

/// Lines as comma-separated values (RFC 4180), amounts in minor units.
pub fn csv(lines: &[StatementLine]) -> Result<String, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "at",
        "event",
        "invoice",
        "line",
        "listing",
        "plan",
        "rule",
        "share_basis_points",
        "currency",
        "amount_minor",
    ])?;
    for line in lines {
        let Reason { invoice, line: of_invoice, listing, plan, rule, share } = &line.reason;
        out.write_record([
            line.at.rfc3339().as_str(),
            &line.key,
            invoice,
            of_invoice,
            listing.as_ref().map(ListingId::as_str).unwrap_or_default(),
            plan,
            rule,
            &share.to_string(),
            line.amount.currency.code(),
            &line.amount.minor.to_string(),
        ])?;
    }
    let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::ledger::Balances;
    use super::super::ledger::rules::{self, Line, Returned};
    use super::super::share::Applied;
    use super::super::split::BasisPoints;
    use super::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn postings() -> Vec<Posting> {
        let line = Line {
            id: "il_1".to_owned(),
            invoice: "in_1".to_owned(),
            organization: "org_1".into(),
            partner: "acme".into(),
            listing: "monitor".into(),
            plan: "team".to_owned(),
            net: usd(4_900),
            tax: usd(931),
        };
        let rule = Applied { rule: "rule_7".to_owned(), partner: BasisPoints::percent(70) };
        let back = Returned { before: usd(0), net: usd(1_000), tax: usd(190) };
        let acme = PartnerId::from("acme");
        vec![
            rules::sale(&line, &rule, Timestamp(1_000)),
            rules::payment("py_1", "in_1", &"org_1".into(), usd(5_831), Timestamp(1_000)),
            rules::credit("re_1", &line, &rule, back, Timestamp(2_000)),
            rules::transfer("tr_1", &acme, usd(2_000), Timestamp(3_000)),
            rules::payout("po_1", &acme, usd(2_000), Timestamp(4_000)),
        ]
    }

    #[test]
    fn lines_say_why_and_add_up_to_what_is_owed() {
        let postings = postings();
        let acme = PartnerId::from("acme");
        let lines = lines(&postings, &acme);
        let told: Vec<_> = lines.iter().map(|it| (it.key.as_str(), it.amount.minor)).collect();
        assert_eq!(told, [("sale:il_1", 3_430), ("credit:re_1:il_1", -700), ("payout:po_1", -2_000)]);
        let why = &lines[0].reason;
        assert_eq!((why.rule.as_str(), why.share, why.plan.as_str()), ("rule_7", 7_000, "team"));
        let totals = totals(&lines)[&Currency::USD];
        assert_eq!(totals, Totals { earned: 2_730, paid: 2_000 });
        let owed = Balances::of(&postings).owed_to(&acme, Currency::USD).unwrap();
        assert_eq!(totals.owed(), i128::from(owed.minor));
        assert_eq!(super::lines(&postings, &"other".into()), []);
    }

    #[test]
    fn an_export_has_a_line_for_each() {
        let csv = csv(&lines(&postings(), &"acme".into())).unwrap();
        assert_eq!(
            csv.lines().nth(1),
            Some("1970-01-01T00:00:01Z,sale:il_1,in_1,il_1,monitor,team,rule_7,7000,USD,3430")
        );
        assert_eq!(csv.lines().count(), 4);
    }
}
