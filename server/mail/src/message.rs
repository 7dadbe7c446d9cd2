//! From the domain's mail to a message (RFC 5322). The library encodes headers, so no text can begin another one.

use domain::ports::NewMail;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, header};

/// A message, ready to send. `host` is the right side of its `Message-ID`, the mail's id the left: a repeated delivery is
/// recognised as the same mail.
pub fn message(mail: &NewMail, from: &Mailbox, host: &str) -> Result<Message, String> {
    let to: lettre::Address = mail.to.parse().map_err(|error| format!("the address {:?}: {error}", mail.to))?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&mail.subject)
        .message_id(Some(format!("<{}@{host}>", mail.id)))
        .header(header::MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN);
    if let Some(link) = &mail.unsubscribe {
        builder = builder.header(ListUnsubscribe(format!("<{link}>")));
        builder = builder.header(OneClick);
    }
    // Not a person who is away, and nothing to answer to (RFC 3834).
    builder.header(AutoSubmitted).body(mail.text.clone()).map_err(|error| error.to_string())
}

macro_rules! fixed_header {
    ($(#[$doc:meta])+ $name:ident, $header:literal, $value:literal) => {
        $(#[$doc])+
        #[derive(Clone)]
        struct $name;

        impl header::Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($header)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self)
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}

fixed_header!(
    /// RFC 8058: the link works by a single POST.
    OneClick,
    "List-Unsubscribe-Post",
    "List-Unsubscribe=One-Click"
);
fixed_header!(
    /// RFC 3834.
    AutoSubmitted,
    "Auto-Submitted",
    "auto-generated"
);

/// RFC 2369.
#[derive(Clone)]
struct ListUnsubscribe(String);

impl header::Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}
