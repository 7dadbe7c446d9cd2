//! What is wrong with a field.

use super::Icon;
use crate::markup::{Node, html};
use style::{class, icons};

/// The message below an input, which names it in `aria-describedby` by `id`.
pub fn field_error(id: String, message: String) -> Node {
    html! {
        <p class=class::FIELD_ERROR id=id>
            <Icon name=icons::ALERT_CIRCLE small=true/>
            {message}
        </p>
    }
}
