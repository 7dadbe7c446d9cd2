#!/usr/bin/env bash
# Checks what `make run` cannot do without, and says how to get it. Installs nothing.
set -euo pipefail

missing=0
need() {
    command -v "$1" >/dev/null && return
    printf 'missing: %s\n  → %s\n' "$2" "$3" >&2
    missing=1
}

need cargo "the Rust compiler" "https://rustup.rs"
need cc "a C compiler (SQLite is compiled from source)" "on Debian: apt-get install build-essential; on macOS: xcode-select --install"
[ $missing = 0 ] || exit 1

command -v npm >/dev/null ||
    echo "note: without npm the browser files stay about twice as large; everything works" >&2
