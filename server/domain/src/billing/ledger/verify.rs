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
            Self::Transfers { partner, currency, books, processor } => {
                write!(f, "transfers to {partner} in {currency}: {books} in the books, {processor} at the processor")
            }
        }
    }
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
