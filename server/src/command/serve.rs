//! `marketplace serve`: the site.

use crate::browser_files::BrowserFiles;
use crate::config::Config;
use crate::http::limits::Limits;
use crate::{AppState, compose, follow, router};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::watch;

/// Waits for an interrupt or a request to terminate.
pub(super) async fn interrupted() {
    let ctrl_c = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}

/// Serves until it is told to stop, then finishes what is under way.
pub async fn run(config: &Config, with_worker: bool) -> Result<ExitCode, String> {
    let files = BrowserFiles::load(&config.site).map_err(|error| error.to_string())?;
    let services = Arc::new(compose::serving(config).await?);
    domain::identity::seed_demo(&services).await.map_err(|error| error.to_string())?;
    // The index is complete before the first request is taken.
    follow::catch_up(&services).await.map_err(|error| error.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let mut state = AppState::new(services.clone(), files, compose::sign_in(config)?, stopped.clone(), config.dev)?;
    state.trusted_proxies = config.trusted_proxies;
    state.limits = Arc::new(Limits::new(services.clock.clone(), config.rate_factor));
    let listener = tokio::net::TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("{} can't be listened on: {error}. Choose another with --listen.", config.listen))?;
    let follower = tokio::spawn(follow::follow(services.clone(), stopped.clone()));
    let worker = with_worker.then(|| tokio::spawn(jobs::work(services.clone(), stopped)));
    announce(&services);
    let app = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, app).with_graceful_shutdown(async move {
        interrupted().await;
        let _ = stop.send(true);
    });
    served.await.map_err(|error| error.to_string())?;
    follower.await.map_err(|error| error.to_string())?;
    if let Some(worker) = worker {
        worker.await.map_err(|error| error.to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn announce(services: &domain::Services) {
    println!("OpenConductor Marketplace is ready at {}", services.settings.public_url);
    let accounts = domain::identity::demo_accounts(services);
    if !accounts.is_empty() {
        println!("Demo accounts, to pick on {}/sign-in:", services.settings.public_url);
        for account in accounts {
            println!("  {:<14} {}", account.name, account.role);
        }
    }
}
