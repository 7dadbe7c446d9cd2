//! `marketplace reindex`: throws the search index away and builds it from the database.

use crate::compose;
use crate::config::Config;
use std::process::ExitCode;
use std::sync::Arc;

/// Builds the index anew.
pub async fn run(config: &Config) -> Result<ExitCode, String> {
    let folder = config.data.join("index");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let services = Arc::new(compose::serving(config).await?);
    crate::follow::catch_up(&services).await.map_err(|error| error.to_string())?;
    let total =
        services.search.search(&contract::search::SearchQuery::default()).map_err(|error| error.to_string())?.total;
    println!("The search index holds {total} listings.");
    Ok(ExitCode::SUCCESS)
}
