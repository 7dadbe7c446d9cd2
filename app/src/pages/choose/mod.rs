//! Choosing: listings side by side, collections, calculators.

mod alert_noise;
mod bars;
mod calculator;
mod calculators;
mod collection;
mod collections;
mod compare;
mod figure;
mod money_return;

pub use bars::{Bar, bars};

use super::chunks::chunk;

chunk! {
    choose_chunk, __preload_choose_chunk, ChoosePages {
        ComparePage => compare::compare_page,
        CollectionsPage => collections::collections_page,
        CollectionPage => collection::collection_page,
        CalculatorsPage => calculators::calculators_page,
        AlertNoisePage => alert_noise::alert_noise_page,
        ReturnPage => money_return::return_page,
    }
}
