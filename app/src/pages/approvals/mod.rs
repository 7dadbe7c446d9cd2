//! Requests for approval: the list, and one request with what it would get, the discussion and the answer.

mod detail;
mod list;
mod pill;

use super::chunks::chunk;

chunk! {
    approvals_chunk, __preload_approvals_chunk, ApprovalPages {
        ApprovalsPage => list::approvals_page,
        ApprovalPage => detail::approval_page,
    }
}
