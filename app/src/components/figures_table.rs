//! A table whose columns are texts and numbers.

use crate::markup::{Node, html};
use style::class;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Text.
    Text(&'static str),
    /// Numbers, aligned at their end.
    Number(&'static str),
}

/// The table in its frame, which scrolls by itself where it is too wide.
pub fn figures_table(label: &'static str, columns: &[Column], rows: Node) -> Node {
    let head = |column: &Column| match *column {
        Column::Text(head) => html! { <th scope="col">{head}</th> },
        Column::Number(head) => html! { <th scope="col" class=class::NUM>{head}</th> },
    };
    html! {
        <div class=class::TABLE_BOX tabindex="0" role="region" aria-label=label>
            <table class=class::TABLE>
                <thead>
                    <tr>{columns.iter().map(head).collect::<Node>()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
