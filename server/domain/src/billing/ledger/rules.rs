//! How each event of money is posted.

use super::{Account, Posting, Reason};
use crate::billing::share::Applied;
use crate::billing::split::{BasisPoints, Split, split, split_back};
use contract::money::Money;
use contract::{ListingId, OrganizationId, PartnerId, Timestamp};

/// A line of an invoice: a period of a plan, seats, usage, or what a change of them gives back (then it is negative).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Id of the line at the processor.
    pub id: String,
    /// Id of its invoice.
    pub invoice: String,
    /// Who pays.
    pub organization: OrganizationId,
    /// Whose listing it is.
    pub partner: PartnerId,
    /// The listing.
    pub listing: ListingId,
    /// The plan.
    pub plan: String,
    /// Without tax.
    pub net: Money,
    /// Tax on it.
    pub tax: Money,
}

impl Line {
    fn reason(&self, rule: &Applied) -> Reason {
        Reason {
            invoice: self.invoice.clone(),
            line: self.id.clone(),
            listing: Some(self.listing.clone()),
            plan: self.plan.clone(),
            rule: rule.rule.clone(),
            share: rule.partner.get(),
        }
    }

    fn parts(&self, posting: Posting, parts: Split, tax: Money) -> Posting {
        let customer = Account::Customer(self.organization.clone());
        posting
            .moved(&Account::PartnerPayable(self.partner.clone()), &customer, parts.partner)
            .moved(&Account::PlatformRevenue, &customer, parts.platform)
            .moved(&Account::Tax, &customer, tax)
    }
}

fn of_invoice(invoice: &str) -> Reason {
    Reason { invoice: invoice.to_owned(), ..Reason::default() }
}

/// A line was charged: sale, conversion of a trial, renewal, proration, seats, usage.
pub fn sale(line: &Line, rule: &Applied, at: Timestamp) -> Posting {
    let posting = Posting::new(format!("sale:{}", line.id), at, line.reason(rule));
    line.parts(posting, split(line.net, rule.partner), line.tax)
}

/// An invoice was paid.
pub fn payment(payment: &str, invoice: &str, by: &OrganizationId, amount: Money, at: Timestamp) -> Posting {
    let customer = Account::Customer(by.clone());
    Posting::new(format!("payment:{payment}"), at, of_invoice(invoice)).moved(&customer, &Account::Processor, amount)
}

/// The processor took its fee.
pub fn fee(transaction: &str, amount: Money, at: Timestamp) -> Posting {
    Posting::new(format!("fee:{transaction}"), at, Reason::default()).moved(
        &Account::Processor,
        &Account::ProcessorFees,
        amount,
    )
}

/// What goes back of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// What went back of it before, without tax.
    pub before: Money,
    /// What goes back now, without tax.
    pub net: Money,
    /// Tax that goes back now.
    pub tax: Money,
}

/// A line is credited, whole or in part: each side gives back its part. The money itself goes back by [`refund`].
pub fn credit(credit: &str, line: &Line, rule: &Applied, returned: Returned, at: Timestamp) -> Posting {
    let posting = Posting::new(format!("credit:{credit}:{}", line.id), at, line.reason(rule));
    let parts = split_back(returned.before, returned.net, rule.partner);
    let parts = Split { partner: parts.partner.negated(), platform: parts.platform.negated() };
    line.parts(posting, parts, returned.tax.negated())
}

/// What each side gives back of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The partner.
    pub partner: Money,
    /// We.
    pub platform: Money,
    /// Tax authorities.
    pub tax: Money,
}

/// A line is credited, and these are the parts that are given back.
pub fn credit_parts(credit: &str, line: &Line, rule: &Applied, parts: Parts, at: Timestamp) -> Posting {
    let posting = Posting::new(format!("credit:{credit}:{}", line.id), at, line.reason(rule));
    let given = Split { partner: parts.partner.negated(), platform: parts.platform.negated() };
    line.parts(posting, given, parts.tax.negated())
}

/// Key of the posting that takes this one back.
pub fn back_key(key: &str) -> String {
    format!("back:{key}")
}

/// A posting is taken back: what it moved moves the other way.
pub fn back(posting: &Posting, at: Timestamp) -> Posting {
    let mut back = Posting::new(back_key(&posting.key), at, posting.reason.clone());
    // Entries are made in pairs: where it arrived, and where it left.
    for pair in posting.entries().chunks_exact(2) {
        back = back.moved(&pair[0].account, &pair[1].account, pair[0].money);
    }
    back
}

/// Money went back to a customer.
pub fn refund(refund: &str, invoice: &str, to: &OrganizationId, amount: Money, at: Timestamp) -> Posting {
    let customer = Account::Customer(to.clone());
    Posting::new(format!("refund:{refund}"), at, of_invoice(invoice)).moved(&Account::Processor, &customer, amount)
}

/// A customer's bank took a payment back until a dispute is decided.
pub fn dispute_opened(dispute: &str, invoice: &str, amount: Money, at: Timestamp) -> Posting {
    Posting::new(format!("dispute_opened:{dispute}"), at, of_invoice(invoice)).moved(
        &Account::Processor,
        &Account::Disputed,
        amount,
    )
}

/// The dispute was decided for us.
pub fn dispute_won(dispute: &str, invoice: &str, amount: Money, at: Timestamp) -> Posting {
    Posting::new(format!("dispute_won:{dispute}"), at, of_invoice(invoice)).moved(
        &Account::Disputed,
        &Account::Processor,
        amount,
    )
}

/// The dispute was decided against us: the customer keeps the money. Its lines are credited beside this.
pub fn dispute_lost(dispute: &str, invoice: &str, to: &OrganizationId, amount: Money, at: Timestamp) -> Posting {
    let customer = Account::Customer(to.clone());
    Posting::new(format!("dispute_lost:{dispute}"), at, of_invoice(invoice)).moved(
        &Account::Disputed,
        &customer,
        amount,
    )
}

/// Money was sent to a partner's account at the processor.
pub fn transfer(transfer: &str, partner: &PartnerId, amount: Money, at: Timestamp) -> Posting {
    let transit = Account::PartnerTransit(partner.clone());
    Posting::new(format!("transfer:{transfer}"), at, Reason::default()).moved(&Account::Processor, &transit, amount)
}

/// A transfer came back, whole or in part.
pub fn transfer_reversed(reversal: &str, partner: &PartnerId, amount: Money, at: Timestamp) -> Posting {
    let transit = Account::PartnerTransit(partner.clone());
    Posting::new(format!("transfer_reversed:{reversal}"), at, Reason::default()).moved(
        &transit,
        &Account::Processor,
        amount,
    )
}

/// A payout arrived at a partner's bank.
pub fn payout(payout: &str, partner: &PartnerId, amount: Money, at: Timestamp) -> Posting {
    let (transit, payable) = (Account::PartnerTransit(partner.clone()), Account::PartnerPayable(partner.clone()));
    Posting::new(format!("payout:{payout}"), at, Reason::default()).moved(&transit, &payable, amount)
}

/// The bank sent a payout back.
pub fn payout_failed(payout: &str, partner: &PartnerId, amount: Money, at: Timestamp) -> Posting {
    let (transit, payable) = (Account::PartnerTransit(partner.clone()), Account::PartnerPayable(partner.clone()));
    Posting::new(format!("payout_failed:{payout}"), at, Reason::default()).moved(&payable, &transit, amount)
}

/// The processor changed money from one currency into another.
pub fn exchange(transaction: &str, given: Money, got: Money, at: Timestamp) -> Posting {
    Posting::new(format!("exchange:{transaction}"), at, Reason::default())
        .moved(&Account::Processor, &Account::Exchange, given)
        .moved(&Account::Exchange, &Account::Processor, got)
}

/// The share that a kept posting was made with.
pub fn share_of(reason: &Reason) -> Applied {
    Applied { rule: reason.rule.clone(), partner: BasisPoints::new(reason.share) }
}
