//! Partners' accounts at the payment processor, transfers to them, and the runs that make these.

use crate::billing::ledger::Posting;
use crate::error::Result;
use crate::ports::Effects;
use async_trait::async_trait;
use contract::money::{Currency, Money};
use contract::revenue::RunState;
use contract::{Month, PartnerId, Timestamp};

/// A partner's account as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "these are the processor's, and each may be without the others")]
pub struct ProcessorAccount {
    /// Id.
    pub id: String,
    /// Whether it can take payments.
    pub charges_enabled: bool,
    /// Whether the processor pays out to a bank.
    pub payouts_enabled: bool,
    /// Whether its form was filled in.
    pub details_submitted: bool,
    /// Whether money can be transferred to it.
    pub transfers_enabled: bool,
}

impl ProcessorAccount {
    /// Whether money that is sent arrives at a bank.
    pub const fn ready(&self) -> bool {
        self.transfers_enabled && self.payouts_enabled
    }
}

/// A transfer to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransfer {
    /// To which account.
    pub account: String,
    /// How much.
    pub amount: Money,
    /// Id of the run, by which the transfer is found again.
    pub run: String,
    /// Whose account it is.
    pub partner: PartnerId,
    /// The processor makes one transfer for a key, however often it is asked within a day.
    pub key: String,
}

/// Money that came back from a partner's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// Id.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}

/// A transfer as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorTransfer {
    /// Id.
    pub id: String,
    /// To which account.
    pub account: String,
    /// Id of the run it was made by; empty for what we did not make.
    pub run: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// What came back of it.
    pub reversals: Vec<Reversal>,
}

/// What became of an order to transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The money is on the account.
    Done(ProcessorTransfer),
    /// Not enough of our money is available yet; nothing was moved.
    Short,
    /// The account can't take it; nothing was moved. The processor's words.
    Refused(String),
}

/// State of a payout from a partner's account to their bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayoutStatus {
    /// On its way.
    OnItsWay,
    /// Arrived.
    Paid,
    /// The bank sent it back, or it was stopped.
    Failed,
}

/// A payout as the processor has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorPayout {
    /// Id.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// State.
    pub status: PayoutStatus,
    /// When it arrives or arrived.
    pub arrives: Timestamp,
}

/// The processor's side of paying partners.
#[async_trait]
pub trait Payouts: Send + Sync {
    /// Makes an account for a partner; asked again within a day it gives the same one.
    async fn create_account(&self, partner: &PartnerId, name: &str) -> Result<ProcessorAccount>;

    /// Where a partner fills in what the processor needs. `back` is where they come back to, `again` where they go when the
    /// link is too old.
    async fn account_link(&self, account: &str, back: &str, again: &str) -> Result<String>;

    /// An account as it is now.
    async fn account(&self, id: &str) -> Result<Option<ProcessorAccount>>;

    /// Sends money.
    async fn transfer(&self, it: &NewTransfer) -> Result<Sent>;

    /// The transfer that a run made, if it made one.
    async fn transfer_of(&self, run: &str) -> Result<Option<ProcessorTransfer>>;

    /// All transfers, in any order.
    async fn transfers(&self) -> Result<Vec<ProcessorTransfer>>;

    /// Takes all of a transfer back.
    async fn reverse(&self, transfer: &str, key: &str) -> Result<Reversal>;

    /// A payout of an account as it is now.
    async fn payout(&self, account: &str, id: &str) -> Result<Option<ProcessorPayout>>;

    /// All payouts of an account, in any order.
    async fn payouts_of(&self, account: &str) -> Result<Vec<ProcessorPayout>>;
}

/// A partner's account as we keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerAccount {
    /// The partner.
    pub partner: PartnerId,
    /// What the processor says.
    pub state: ProcessorAccount,
}

/// Partners' accounts.
#[async_trait]
pub trait PartnerAccounts: Send + Sync {
    /// Keeps a partner's account, unless the partner has one: the first stays. Gives the one that is kept.
    async fn add_account(&self, it: &PartnerAccount, asked: Timestamp, effects: &Effects) -> Result<PartnerAccount>;

    /// Keeps the state of an account as it was when asked at `asked`; what was asked later stays.
    async fn keep_account(&self, it: &ProcessorAccount, asked: Timestamp) -> Result<()>;

    /// A partner's account.
    async fn account_of(&self, partner: &PartnerId) -> Result<Option<PartnerAccount>>;

    /// The partner whose account this is.
    async fn holder_of(&self, account: &str) -> Result<Option<PartnerAccount>>;

    /// All of them.
    async fn accounts(&self) -> Result<Vec<PartnerAccount>>;
}

/// The closing of a partner's month in one currency, and what became of its total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutRun {
    /// Id; beginning of the key of its transfer.
    pub id: String,
    /// Whose.
    pub partner: PartnerId,
    /// The month that was closed.
    pub month: Month,
    /// Currency and total of the statement, which is what is transferred.
    pub amount: Money,
    /// State.
    pub state: RunState,
    /// The transfer, once it was made.
    pub transfer: Option<String>,
    /// How often the processor refused it; each further order is a new one.
    pub attempt: u32,
    /// Why it waits; empty where it does not.
    pub waits: String,
    /// Only postings up to this one are in the statement.
    pub through: i64,
    /// Only sales before this are in the statement.
    pub cutoff: Timestamp,
    /// When the month was closed.
    pub made_at: Timestamp,
    /// When its transfer was taken back.
    pub reversed_at: Option<Timestamp>,
}

impl PayoutRun {
    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.amount.currency
    }

    /// Whether at this time its total was paid or going to be.
    pub fn takes(&self, at: Timestamp) -> bool {
        match self.state {
            RunState::Planned | RunState::Sent | RunState::Posted => true,
            RunState::Reversed => self.reversed_at.is_some_and(|reversed| reversed > at),
            RunState::Carried => false,
        }
    }
}

/// Where the runs are kept.
#[async_trait]
pub trait PayoutRuns: Send + Sync {
    /// The last posting, with none before it that is still being written.
    async fn last_posting(&self) -> Result<i64>;

    /// Partners that ever earned something.
    async fn earning_partners(&self) -> Result<Vec<PartnerId>>;

    /// Keeps a new run, unless this month of this partner is closed in this currency. Gives whether it is kept.
    async fn plan(&self, run: &PayoutRun) -> Result<bool>;

    /// Runs of a partner by month, the oldest first.
    async fn runs_of(&self, partner: &PartnerId) -> Result<Vec<PayoutRun>>;

    /// Runs that are planned or sent, the oldest first.
    async fn open_runs(&self) -> Result<Vec<PayoutRun>>;

    /// All runs.
    async fn all_runs(&self) -> Result<Vec<PayoutRun>>;

    /// A run.
    async fn payout_run(&self, id: &str) -> Result<Option<PayoutRun>>;

    /// Keeps what became of a run that is in state `from`, with what it posts: all or nothing. Gives whether it was in it.
    async fn advance(&self, run: &PayoutRun, from: RunState, postings: &[Posting], effects: &Effects) -> Result<bool>;
}
