#!/usr/bin/env bash
# Measures a server that was built for it: time to the first answer, requests per second, latency, memory.
#
#   bench.sh path/to/marketplace
#
# SECONDS_EACH (default 10) is how long each page is asked for, CONNECTIONS (default 8) by how many at once.
set -euo pipefail
cd "$(dirname "$0")/.."

server=$1
pages=(
    "home     /"
    "search   /search?q=alerts"
    "listing  /integrations/alertmanager"
    "wizard   /integrations/alertmanager/install"
)

data=$(mktemp -d)
pid=''
stop() {
    if [ -n "$pid" ]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$data"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$((20000 + RANDOM % 20000))
export MARKETPLACE_DATA=$data MARKETPLACE_LISTEN=127.0.0.1:$port
url=http://$MARKETPLACE_LISTEN

"$server" migrate >"$data/log" 2>&1
"$server" seed --catalog catalog >>"$data/log" 2>&1

started=$(date +%s%N)
"$server" serve >>"$data/log" 2>&1 &
pid=$!
until curl --silent --fail --output /dev/null "$url/"; do
    kill -0 "$pid" 2>/dev/null || {
        echo "the server ended:" >&2
        tail -n 20 "$data/log" >&2
        exit 1
    }
    sleep 0.02
done
printf 'first answer after %d ms\n' $((($(date +%s%N) - started) / 1000000))

memory() { awk '/^VmRSS/ { printf "%d MB", $2 / 1024 }' "/proc/$pid/status" 2>/dev/null || echo unknown; }
printf 'memory, idle: %s\n\n' "$(memory)"

printf '%-9s %12s %9s %9s  %s\n' page requests/s p50 p99 errors
for page in "${pages[@]}"; do
    read -r name path <<<"$page"
    curl --silent --output /dev/null "$url$path"
    wrk -t1 -c"${CONNECTIONS:-8}" -d"${SECONDS_EACH:-10}s" --latency "$url$path" >"$data/wrk"
    awk -v name="$name" '
        /^ *50%/ { p50 = $2 } /^ *99%/ { p99 = $2 } /^Requests\/sec/ { rate = $2 }
        /Non-2xx/ { bad = $NF } /Socket errors/ { bad = bad " " $0 }
        END { printf "%-9s %12s %9s %9s  %s\n", name, rate, p50, p99, bad == "" ? "none" : bad }' "$data/wrk"
done
printf '\nmemory, after load: %s\n' "$(memory)"
