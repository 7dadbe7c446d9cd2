#!/usr/bin/env bash
# Runs the Rust tests of the packages its arguments select, with nextest where it is installed.
set -euo pipefail

if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run "$@"
    # nextest runs no documentation examples.
    cargo test --doc --quiet "$@"
else
    cargo test --quiet "$@"
fi
