#!/usr/bin/env bash
# Runs a command, such as the server, with a Stripe that is not real, so that buying can be tried and no money moves.
#
#   with-payments.sh command [argument …]
#
# It knows its customers again after a restart: what it knows is in `stripe-double.json` in the data folder. Where
# MARKETPLACE_STRIPE_KEY is set, that Stripe is used and none is started; without Node.js nothing is sold.
set -euo pipefail

if [ $# -eq 0 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
[ -z "${MARKETPLACE_STRIPE_KEY:-}" ] || exec "$@"

without() {
    printf 'payments are not configured: %s\n  → everything that is free works; %s\n' "$1" "$2" >&2
    exec "${command[@]}"
}
command=("$@")
command -v node >/dev/null || without "there is no Node.js" "install version 20 or later and start again"

double=$(cd "$(dirname "$0")/.." && pwd)/e2e/doubles/stripe/main.mjs
data=${MARKETPLACE_DATA:-data}
listen=${MARKETPLACE_LISTEN:-127.0.0.1:3000}
secret=whsec_$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

# A pipe with a name: the process id of what writes into it stays known.
folder=$(mktemp -d)
mkfifo "$folder/said"
node "$double" --port 0 --webhook "http://$listen/webhooks/stripe" --secret "$secret" --state "$data/stripe-double.json" \
    >"$folder/said" &
double_pid=$!
server_pid=''
stop() {
    kill "$double_pid" 2>/dev/null || true
    wait "$double_pid" 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT
# The server is told, finishes, and then what waits for it below goes on.
trap '[ -z "$server_pid" ] || kill -TERM "$server_pid" 2>/dev/null || true' INT TERM

line=''
read -r line <"$folder/said" || true
url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' <<<"$line")
if [ -z "$url" ]; then
    stop
    trap - EXIT
    without "the stand-in for Stripe did not start" "run it by itself to see why: node $double"
fi

export MARKETPLACE_STRIPE_KEY=sk_test_demo MARKETPLACE_STRIPE_WEBHOOK_SECRET=$secret MARKETPLACE_STRIPE_URL=$url
printf 'Buying can be tried: Stripe is played at %s, no money moves. Card: 4242 4242 4242 4242.\n' "$url"
"${command[@]}" &
server_pid=$!
status=0
wait "$server_pid" || status=$?
# A signal ends the waiting, not the server.
while kill -0 "$server_pid" 2>/dev/null; do
    status=0
    wait "$server_pid" || status=$?
done
exit "$status"
