//! `/coverage`: what configuration files mention, what of it is covered, missing, done twice. The files are read here, in the
//! browser: no request carries anything of them. `files` takes them, the crate `coverage` reads them, `report` shows what
//! they come to, `words` says it.

mod evidence;
mod files;
mod input;
mod map;
mod page;
mod report;
mod sample;
mod standing;
mod words;

use super::chunks::chunk;

chunk! {
    coverage_chunk, __preload_coverage_chunk, CoveragePages {
        CoveragePage => page::coverage_page,
    }
}
