#!/usr/bin/env bash
# Calls the REST API with what its own document allows, and with what it does not, and compares the answers with the
# document (schemathesis). Starts the server on a database of its own, on a free port, and stops it again.
#
#   api-contract.sh <server binary>
set -euo pipefail
cd "$(dirname "$0")/.."
server=$(realpath "$1")

# Installed once, beside what else is built.
tools=$(realpath -m "${CARGO_TARGET_DIR:-target}/api-contract")
if [ ! -x "$tools/bin/st" ]; then
    echo "installing schemathesis"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r scripts/api-contract.txt
fi

work=$(mktemp -d)
stop() {
    [ -z "${pid:-}" ] || { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; } || true
    rm -rf "$work"
}
trap stop EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
export MARKETPLACE_DATA=$work/data MARKETPLACE_LISTEN=127.0.0.1:$port MARKETPLACE_LOG=error MARKETPLACE_RATE_FACTOR=1000
"$server" seed --catalog catalog >/dev/null
"$server" serve >"$work/log" 2>&1 &
pid=$!
curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused --output /dev/null "$url/readyz" || {
    cat "$work/log" >&2
    exit 1
}

# A token with every scope, of the demo's administrator.
curl --silent --output /dev/null --cookie-jar "$work/cookies" --header "Origin: $url" --data key=admin "$url/auth/demo"
token=$(curl --silent --cookie "$work/cookies" --header "Origin: $url" --header "Accept: application/json" \
    --data "name=contract&days=1" \
    $(python3 -c 'print(*(f"--data scopes[{i}]={s}" for i, s in enumerate("installations:read installations:write approvals:read approvals:write members:read audit:read catalog:write".split())))') \
    "$url/api/fn/create_token" | python3 -c 'import json, sys; print(json.load(sys.stdin)["secret"])')

"$tools/bin/st" --config-file scripts/api-contract.toml run "$url/api/v1/openapi.json" \
    --header "Authorization: Bearer $token" "${@:2}"
