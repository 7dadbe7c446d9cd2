//! Sends mail: [`Smtp`] over a server, [`Folder`] into files where none is configured.

mod folder;
mod message;
mod smtp;

pub use folder::Folder;
pub use smtp::Smtp;
