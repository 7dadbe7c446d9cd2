//! Proof that the books are right, and a list of what is not.

use super::{Account, Balances, Posting};
use contract::money::Currency;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Everything together is not nothing.
    Unbalanced {
        /// In this currency.
        currency: Currency,
        /// By so many minor units.
        by: i128,
    },
    /// The same event was posted again.
    Repeated {
        /// Key of the posting.
        key: String,
    },
    /// A line of a paid invoice was never posted.
    NotPosted {
        /// Id of the line.
        line: String,
    },
    /// A posted line is not on any invoice.
    Unknown {
        /// Id of the line.
        line: String,
    },
    /// What happened at the processor was never posted.
    Missing {
        /// Key that its posting would have.
        key: String,
    },
    /// What was posted did not happen at the processor.
    Invented {
        /// Key of the posting.
        key: String,
    },
    /// What was posted is of another amount than what happened.
    Amount {
        /// Key of the posting.
        key: String,
        /// Minor units in the books.
        books: i128,
        /// Minor units at the processor.
        processor: i128,
    },
    /// What went back to a customer was not taken from the lines it was paid for, or from more.
    Credited {
        /// Key of the refund or lost dispute.
        key: String,
        /// Minor units that went back.
        returned: i128,
        /// Minor units that were taken from lines.
        credited: i128,
    },
    /// What a statement says was paid is not what was transferred.
    Statement {
        /// Id of the run.
        run: String,
        /// Minor units of the statement.
        statement: i128,
        /// Minor units transferred, by the books.
        transferred: i128,
    },
    /// The lines of the statements of a partner are not what the books say they earned.
    Owed {
        /// The partner.
        partner: String,
        /// Currency.
        currency: Currency,
        /// By the statements.
        statements: i128,
        /// By the books.
        books: i128,
    },
    /// What the processor sent to a partner is not what the books say.
    Transfers {
        /// The partner.
        partner: String,
        /// Currency.
        currency: Currency,
        /// Sent, by the books.
        books: i128,
        /// Sent, by the processor.
        processor: i128,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unbalanced { currency, by } => write!(f, "the books are off by {by} minor units of {currency}"),
            Self::Repeated { key } => write!(f, "{key} was posted more than once"),
            Self::NotPosted { line } => write!(f, "invoice line {line} was not posted"),
            Self::Unknown { line } => write!(f, "{line} was posted, but is on no invoice"),
            Self::Missing { key } => write!(f, "{key} happened at the processor and was not posted"),
            Self::Invented { key } => write!(f, "{key} was posted and did not happen at the processor"),
            Self::Amount { key, books, processor } => {
                write!(f, "{key} is {books} in the books, {processor} at the processor")
            }
            Self::Credited { key, returned, credited } => {
                write!(f, "{key} returned {returned}, and {credited} was taken from its lines")
            }
            Self::Statement { run, statement, transferred } => {
                write!(f, "the statement of run {run} says {statement}, and {transferred} was transferred")
            }
            Self::Owed { partner, currency, statements, books } => {
                write!(f, "owed to {partner} in {currency}: {statements} by the statements, {books} by the books")
            }
            Self::Transfers { partner, currency, books, processor } => {
                write!(f, "transfers to {partner} in {currency}: {books} in the books, {processor} at the processor")
            }
        }
    }
}

/// What happened at the processor: keys of postings with their minor units.
pub type Happened = BTreeMap<String, i128>;

/// Kinds of postings that follow from something at the processor, which is asked for to compare.
const HAPPENS: [&str; 10] = [
    "fee",
    "refund",
    "dispute_opened",
    "dispute_won",
    "dispute_lost",
    "exchange",
    "transfer",
    "transfer_reversed",
    "payout",
    "payout_failed",
];

/// Compares each event with its posting, and what went back with what was taken from lines. What was posted back did not happen.
pub fn compare(postings: &[Posting], happened: &Happened) -> Vec<Fault> {
    let back: BTreeSet<&str> = postings.iter().filter_map(|it| it.key.strip_prefix("back:")).collect();
    let standing = || postings.iter().filter(|it| !back.contains(it.key.as_str()));
    let booked: BTreeMap<&str, i128> =
        standing().filter(|it| HAPPENS.contains(&it.kind())).map(|it| (it.key.as_str(), moved(it))).collect();
    let mut faults = Vec::new();
    for (key, processor) in happened {
        match booked.get(key.as_str()) {
            None => faults.push(Fault::Missing { key: key.clone() }),
            Some(books) if books != processor => {
                faults.push(Fault::Amount { key: key.clone(), books: *books, processor: *processor });
            }
            Some(_) => {}
        }
    }
    let invented = booked.keys().filter(|key| !happened.contains_key(**key));
    faults.extend(invented.map(|key| Fault::Invented { key: (*key).to_owned() }));
    for it in standing().filter(|it| matches!(it.kind(), "refund" | "dispute_lost")) {
        let id = it.key.split_once(':').map_or("", |(_, id)| id);
        let credits = format!("credit:{id}:");
        let taken = standing().filter(|it| it.key.starts_with(&credits)).map(from_customer).sum::<i128>();
        if taken != moved(it) {
            faults.push(Fault::Credited { key: it.key.clone(), returned: moved(it), credited: taken });
        }
    }
    faults
}

/// What a posting of one movement moves: its first entry is where it arrived.
fn moved(posting: &Posting) -> i128 {
    posting.entries().first().map_or(0, |entry| i128::from(entry.money.minor))
}

fn from_customer(credit: &Posting) -> i128 {
    let of = credit.entries().iter().filter(|it| matches!(it.account, Account::Customer(_)));
    -of.map(|it| i128::from(it.money.minor)).sum::<i128>()
}

/// Minor units that were transferred to partners, less what came back.
pub type Transfers = BTreeMap<(String, Currency), i128>;

/// Compares the books with the lines of the invoices and with what the processor transferred.
pub fn verify(postings: &[Posting], lines: &BTreeSet<String>, transfers: &Transfers) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (currency, by) in Balances::of(postings).sums() {
        if by != 0 {
            faults.push(Fault::Unbalanced { currency, by });
        }
    }
    let mut keys = BTreeSet::new();
    let again = postings.iter().filter(|posting| !keys.insert(posting.key.as_str()));
    faults.extend(again.map(|posting| Fault::Repeated { key: posting.key.clone() }));

    let sold = postings.iter().filter(|posting| posting.kind() == "sale").map(|it| &it.reason.line);
    let sold = sold.collect::<BTreeSet<_>>();
    faults.extend(lines.iter().filter(|line| !sold.contains(line)).map(|it| Fault::NotPosted { line: it.clone() }));
    faults.extend(sold.into_iter().filter(|line| !lines.contains(*line)).map(|it| Fault::Unknown { line: it.clone() }));
    faults.extend(compared(&transferred(postings), transfers));
    faults
}

fn transferred(postings: &[Posting]) -> Transfers {
    let mut sent = Transfers::new();
    for posting in postings.iter().filter(|it| matches!(it.kind(), "transfer" | "transfer_reversed")) {
        for entry in posting.entries() {
            if let Account::PartnerTransit(partner) = &entry.account {
                let key = (partner.as_str().to_owned(), entry.money.currency);
                *sent.entry(key).or_default() += i128::from(entry.money.minor);
            }
        }
    }
    sent
}

fn compared<'a>(books: &'a Transfers, processor: &'a Transfers) -> impl Iterator<Item = Fault> + 'a {
    let both = books.keys().chain(processor.keys()).collect::<BTreeSet<_>>();
    both.into_iter().filter_map(|key| {
        let of = |it: &Transfers| it.get(key).copied().unwrap_or_default();
        let (books, processor) = (of(books), of(processor));
        let (partner, currency) = key.clone();
        (books != processor).then_some(Fault::Transfers { partner, currency, books, processor })
    })
}
