#!/usr/bin/env bash
# Clippy for the code as the browser gets it: features of the browser, not those of the server.
set -euo pipefail
cd "$(dirname "$0")/.."

# Debian's toolchain, which may be the one that has the target, comes without clippy. The default toolchain then checks
# the same features for this machine; only code that is compiled for the browser alone stays unseen.
target=()
[ -n "$(scripts/setup-wasm.sh)" ] || target=(--target wasm32-unknown-unknown)

cargo clippy --package frontend --package app --features app/hydrate "${target[@]}" --quiet -- -D warnings
