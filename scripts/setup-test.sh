#!/usr/bin/env bash
# Installs what the tests use besides Rust: a browser, databases and monitoring systems to talk to, a load generator,
# and the npm packages of e2e/. Only what is missing; a second run does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup-run.sh

# command that proves it is there → Debian package that brings it
declare -A wanted=(
    [chromium]=chromium
    [prometheus]=prometheus
    [prometheus-alertmanager]=prometheus-alertmanager
    [wrk]=wrk
    [npm]=npm
    [node]=nodejs
    [curl]=curl
    [python3]=python3
)

packages=()
for command in "${!wanted[@]}"; do
    command -v "$command" >/dev/null || packages+=("${wanted[$command]}")
done
# PostgreSQL's own programs are not on the search path.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || packages+=(postgresql)

# Debian keeps what `python3 -m venv` needs in a package of its own.
python3 -c "import ensurepip" 2>/dev/null || packages+=(python3-venv)

if [ ${#packages[@]} -gt 0 ]; then
    echo "installing: ${packages[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "  → this is not a Debian system: install these with its own tools, then repeat" >&2
        exit 1
    fi
    root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "  → run as root, or install sudo" >&2; exit 1; }
        root=(sudo)
        [ -t 0 ] || root+=(-n)
    fi
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' || {
    echo "Node.js $(node -v) is too old for the browser tests" >&2
    echo "  → install version 20 or later: https://nodejs.org" >&2
    exit 1
}

# A minimal Rust installation comes without these two.
for tool in clippy rustfmt; do
    "cargo-${tool/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$tool"
done

# npm writes this file when it is done, so an older or absent one means an old or broken installation.
if [ ! e2e/node_modules/.package-lock.json -nt e2e/package-lock.json ]; then
    echo "installing the npm packages of e2e/"
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix e2e --no-audit --no-fund --silent
    touch e2e/node_modules/.package-lock.json
fi
echo "everything the tests use is here"
