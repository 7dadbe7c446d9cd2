//! Links of the manifest.

use super::problem::Findings;
use super::text::quote;
use contract::manifest::Links;
use url::Url;

pub(super) fn check(links: &Links, findings: &mut Findings) {
    for (key, _, address) in links.all() {
        if let Some((what, fix)) = wrong(address) {
            findings.error("MAN-014", &format!("/links/{key}"), what, fix);
        }
    }
}

pub(super) fn wrong(address: &str) -> Option<(String, &'static str)> {
    let complete = "Write a complete address, for example https://www.example.com/docs.";
    if !address.starts_with("https://") {
        return Some((format!("{} does not begin with https://.", quote(address)), complete));
    }
    if address.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "<>\"\\`{}".contains(letter)) {
        return Some((format!("{} contains characters that addresses do not have.", quote(address)), complete));
    }
    let Ok(url) = Url::parse(address) else {
        return Some((format!("{} is not an address.", quote(address)), complete));
    };
    if !url.username().is_empty() || url.password().is_some() || address[8..].split('/').next()?.contains('@') {
        return Some(("The link contains a user name or password.".to_owned(), "Remove everything before the @."));
    }
    let public = matches!(url.host(), Some(url::Host::Domain(name)) if name.contains('.') && !name.ends_with('.'));
    (!public).then(|| (format!("{} has no public host name.", quote(address)), complete))
}
