//! The wizard: Plan where something is sold, Review, Connect, Test, Prove. `page` loads and picks the step, `frame` is what all steps share, each step
//! has its file. Every step is a plain form first; hydration checks while typing is still cheap and keeps the page still.

mod connect;
mod frame;
mod page;
mod plan;
mod prove;
mod review;
mod snippet;
mod test;

pub use frame::{step_address, subject};
pub use page::WizardPage;
