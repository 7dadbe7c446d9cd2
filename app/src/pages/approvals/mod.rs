//! Requests for approval: the list, and one request with what it would get, the discussion and the answer.

mod detail;
mod list;
mod pill;

pub(super) use detail::approval_page;
pub(super) use list::approvals_page;
