//! `marketplace permissions`: prints `docs/permissions.md` from the table in the code.

use crate::access::{Access, TABLE};
use domain::permission::{Permission, Role};
use std::fmt::Write as _;

/// The document.
pub fn document() -> String {
    let mut out = String::from(
        "# Who may do what\n\nWritten by `marketplace permissions` from `server/domain/src/permission.rs` and \
         `server/src/access.rs`; a test compares. Every signed-in person acts for one organization and sees nothing of \
         another: what belongs to somebody else is answered like what does not exist.\n\n## Permissions\n\n| permission |",
    );
    for role in Role::ALL {
        _ = write!(out, " {} |", role.label());
    }
    out.push_str(" API token scope |\n|---|");
    out.push_str(&"---|".repeat(Role::ALL.len() + 1));
    for permission in Permission::ALL {
        _ = write!(out, "\n| {} |", permission.what());
        for role in Role::ALL {
            out.push_str(if permission.roles().contains(&role) { " ✓ |" } else { " |" });
        }
        _ = write!(out, " {} |", permission.scope().map_or(String::new(), |scope| format!("`{}`", scope.as_str())));
    }
    out.push_str("\n\n## Routes and server functions\n\n| method | path | who |\n|---|---|---|\n");
    for entry in TABLE {
        let who = match entry.access {
            Access::Public => "everybody".to_owned(),
            Access::Secret => "whoever knows the secret in the address".to_owned(),
            Access::Needs(permission) => format!("who may {}", permission.what()),
        };
        _ = writeln!(out, "| {} | `{}` | {who} |", entry.method, entry.path);
    }
    out
}
