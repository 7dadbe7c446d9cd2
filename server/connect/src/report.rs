//! What people are told about a call: what happened, and what to do about it.

use crate::failure::{Failure, TlsProblem};
use crate::request::RequestError;
use domain::template::TemplateError;

/// A sentence on what happened and one on what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub message: String,
    pub fix: String,
}

fn words(message: impl Into<String>, fix: impl Into<String>) -> Words {
    Words { message: message.into(), fix: fix.into() }
}

const MANIFEST_FIX: &str = "This is a mistake in the integration, not in what you entered. Report it to its partner.";
const ALLOW_LIST: &str =
    "the operator of this marketplace can allow-list it (host:port or network) in the outgoing-call settings";

/// A call that got no answer. `host` is the host that was called.
pub(crate) fn failure(failure: &Failure, host: &str) -> Words {
    match failure {
        Failure::Scheme(scheme) => words(
            format!("The address starts with {scheme}:, which can't be called."),
            "Enter an address that starts with https://.",
        ),
        Failure::CredentialInUrl => words(
            "The address contains a user name or password.",
            "Remove everything between // and @ from the address, and enter user name and password in their own fields.",
        ),
        Failure::NoHost => {
            words("The address is not complete.", "Enter an address such as https://alerts.example.com.")
        }
        Failure::Undeclared(host) => words(
            format!("{host} is not among the hosts this integration declares, so it was not called."),
            "Check the address and its port. If it is right, the integration's partner has to declare this host in a new release.",
        ),
        Failure::Forbidden { host, address, what } => {
            let at = if host == &address.to_string() {
                format!("{host} is")
            } else {
                format!("{host} resolves to {address},")
            };
            words(
                format!("{at} {what}, which is not called from here."),
                format!(
                    "Use an address that is reachable from the internet; if this system is inside your own network, {ALLOW_LIST}."
                ),
            )
        }
        Failure::NeedsHttps(host) => words(
            format!("{host} would be called over http, without encryption."),
            format!("Use https://. If the system is inside your own network and has no certificate, {ALLOW_LIST}."),
        ),
        Failure::Dns(host) => words(
            format!("The name {host} does not resolve."),
            "Check the spelling. A name that exists only inside your own network can't be resolved from the internet.",
        ),
        Failure::Refused => words(
            format!("{host} refused the connection: nothing listens on this port, or a firewall rejects us."),
            "Check that the service is running, that the port is right, and that the firewall admits this marketplace.",
        ),
        Failure::Unreachable(why) => words(
            format!("{host} could not be reached: {why}."),
            "Check that the service is running and that firewalls and proxies in front of it admit this marketplace.",
        ),
        Failure::Tls(problem) => tls(problem, host),
        Failure::Timeout => words(
            format!("{host} did not answer in time."),
            "Check that the service answers quickly. Firewalls that drop packets silently look like this, too.",
        ),
        Failure::Busy => words(
            "Too many calls of your organization are under way at the same time.",
            "Wait a moment and try again. If it stays, one of your systems answers very slowly.",
        ),
        Failure::TooLarge => words(
            format!("The answer of {host} is larger than 1 MiB, so it was not read."),
            "Check that the address leads to the API and not to a download. Narrow what is asked for, where the integration lets you.",
        ),
        Failure::Redirect { status, to, why } => {
            let inner = self::failure(why, host);
            words(
                format!(
                    "{host} answered with a redirect (status {status}) to {to}, which was not followed. {}",
                    inner.message
                ),
                "Enter the final address, which the redirect leads to. A redirect to a sign-in page means that the credential was not accepted.",
            )
        }
        Failure::TooManyRedirects => words(
            format!("{host} redirects again and again."),
            "Enter the final address; open it in your browser and copy it from there.",
        ),
        Failure::RedirectedBody => words(
            "It leads to another origin, which would receive what was meant for this one.",
            "Enter the final address, which the redirect leads to.",
        ),
        Failure::Protocol(why) => words(
            format!("{host} did not answer as a web server does: {why}."),
            "Check the port: it may belong to another protocol, or expect https:// instead of http://.",
        ),
    }
}

fn tls(problem: &TlsProblem, host: &str) -> Words {
    match problem {
        TlsProblem::UnknownIssuer => words(
            format!("The certificate of {host} is not signed by an authority we trust; it may be self-signed."),
            "Install a certificate from a public authority with its whole chain, or ask the operator of this marketplace to trust your authority.",
        ),
        TlsProblem::Expired => words(
            format!("The certificate of {host} has expired or is not valid yet."),
            "Renew the certificate, reload the server, and try again.",
        ),
        TlsProblem::WrongName => words(
            format!("The certificate at {host} was made for another name."),
            "Use the name that the certificate was made for, or install one that includes this name.",
        ),
        TlsProblem::NotTls => words(
            format!("{host} does not speak TLS on this port."),
            "Check the port; or use http:// if this is inside your own network and allow-listed.",
        ),
        TlsProblem::Other(why) => words(
            format!("No secure connection to {host} could be made: {why}."),
            "Check the server's TLS settings; TLS 1.2 or 1.3 is needed.",
        ),
    }
}

/// A request that could not be made.
pub(crate) fn request(error: &RequestError) -> Words {
    match error {
        RequestError::NoCredential => words("There is no credential yet.", "Go back to the Connect step and enter it."),
        RequestError::Url => words(
            "The address of the call is not complete.",
            "Check the address fields of the Connect step; an example: https://alerts.example.com.",
        ),
        RequestError::ControlCharacter(_) => words(
            format!("The call was not made: {error}."),
            "Enter the value again without line breaks; pasted text often ends with one.",
        ),
        RequestError::Template { .. } | RequestError::Method(_) | RequestError::Header(_) => {
            words(format!("The call could not be prepared: {error}."), MANIFEST_FIX)
        }
    }
}

/// A template outside the request fails.
pub(crate) fn template(part: &str, error: &TemplateError) -> Words {
    words(format!("The integration's expression for {part} failed: {error}."), MANIFEST_FIX)
}

/// The manifest does not have what was asked for.
pub(crate) fn missing(what: &str) -> Words {
    words(format!("This release has {what}."), MANIFEST_FIX)
}

/// A status that was not expected and that the manifest does not explain.
pub(crate) fn status(status: u16) -> Words {
    match status {
        401 => words(
            "The other side refused the credential (status 401).",
            "Check that the credential is complete, has not expired and belongs to this system; then enter it again.",
        ),
        403 => words(
            "The other side does not allow this (status 403).",
            "Give the credential the permissions listed in the Review step, and check whether calls from outside are restricted.",
        ),
        404 | 410 => words(
            format!("There is nothing at this address (status {status})."),
            "Check the address, including its path, and the names entered in the Connect step.",
        ),
        429 => words("The other side limits the number of calls (status 429).", "Wait a few minutes and try again."),
        300..=399 => words(
            format!("The other side answered with a redirect (status {status}) that leads nowhere."),
            "Enter the final address, which the redirect should lead to.",
        ),
        400..=499 => words(
            format!("The other side did not accept the request (status {status})."),
            "The answer below usually says which value it does not like.",
        ),
        500..=599 => words(
            format!("The other side has a problem of its own (status {status})."),
            "Try again in a few minutes; check the vendor's status page or the service's log.",
        ),
        _ => words(
            format!("The other side answered with status {status}, which was not expected."),
            "Check that the address leads to the API of this product.",
        ),
    }
}

/// The status is good, the content is not.
pub(crate) fn content(status: u16) -> Words {
    words(
        format!("The other side answered (status {status}), but not with what this integration expects."),
        "Check that the address leads to the right product and version; the answer below often names the problem.",
    )
}

/// The content should be JSON.
pub(crate) fn not_json(status: u16) -> Words {
    words(
        format!("The other side answered (status {status}), but not with JSON."),
        "The address probably leads to a web page or a sign-in page. Enter the address of the API.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_says_what_to_do() {
        let forbidden = |host: &str| Failure::Forbidden {
            host: host.to_owned(),
            address: "10.0.0.1".parse().unwrap(),
            what: "a private address",
        };
        let tls = [
            TlsProblem::UnknownIssuer,
            TlsProblem::Expired,
            TlsProblem::WrongName,
            TlsProblem::NotTls,
            TlsProblem::Other("x".into()),
        ];
        let mut all = vec![
            Failure::Scheme("ftp".into()),
            Failure::CredentialInUrl,
            Failure::NoHost,
            Failure::Undeclared("b.example".into()),
            forbidden("10.0.0.1"),
            forbidden("am.example"),
            Failure::NeedsHttps("a".into()),
            Failure::Dns("a".into()),
            Failure::Refused,
            Failure::Unreachable("x".into()),
            Failure::Timeout,
            Failure::Busy,
            Failure::TooLarge,
            Failure::Redirect { status: 302, to: "https://x".into(), why: Box::new(Failure::NoHost) },
            Failure::TooManyRedirects,
            Failure::RedirectedBody,
            Failure::Protocol("x".into()),
        ];
        all.extend(tls.into_iter().map(Failure::Tls));
        let mut seen = std::collections::BTreeSet::new();
        for one in all {
            let words = failure(&one, "am.example");
            assert!(words.message.ends_with('.') && words.fix.ends_with('.'), "{words:?}");
            assert!(seen.insert(words.message.clone()), "{words:?} is said twice");
        }
        assert_eq!(
            failure(&forbidden("10.0.0.1"), "").message,
            "10.0.0.1 is a private address, which is not called from here."
        );
        assert_eq!(
            failure(&forbidden("am.example"), "").message,
            "am.example resolves to 10.0.0.1, a private address, which is not called from here."
        );
    }

    #[test]
    fn every_status_says_what_to_do() {
        for code in [100, 204, 302, 400, 401, 403, 404, 410, 429, 500, 503, 700] {
            let words = status(code);
            assert!(words.message.contains(&code.to_string()) && words.fix.ends_with('.'), "{words:?}");
        }
    }
}
