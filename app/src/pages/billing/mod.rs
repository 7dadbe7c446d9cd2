//! `/billing`: everything that is paid for, on one bill; `/billing/:id`: changing a plan, after what it costs was shown.

mod bill;
mod budget;
mod change;
mod costs;
mod invoices;
mod offers;
mod subscription;
mod usage;

use super::chunks::chunk;

chunk! {
    billing_chunk, __preload_billing_chunk, BillingPages {
        BillPage => bill::bill_page,
        ChangePage => change::change_page,
    }
}
