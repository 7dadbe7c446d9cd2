#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL and removes it afterwards.
#
#   with-postgres.sh command [argument …]
#
# The command finds the server in TEST_POSTGRES_URL; its user may create databases. When that variable is already set,
# the server it names is used and none is started.
set -euo pipefail

if [ $# -eq 0 ]; then
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
[ -z "${TEST_POSTGRES_URL:-}" ] || exec "$@"

# The newest of the installed versions; Debian keeps them off the search path.
bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)") || {
    echo "PostgreSQL is not installed: run scripts/setup-test.sh" >&2
    exit 1
}

# PostgreSQL refuses to run as root.
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(runuser -u postgres --)

folder=$(mktemp -d)
chmod 711 "$folder"
[ "$(id -u)" != 0 ] || chown postgres "$folder"

stop() {
    local pid
    pid=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$pid" ]; then
        kill -INT "$pid" 2>/dev/null || true # “fast”: ends open sessions
        for _ in $(seq 100); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
    fi
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

cd "$folder"
"${as_postgres[@]}" "$bin/initdb" -D "$folder/data" -U test -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 1
}

started=''
for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    # -F: nothing here has to survive a power failure.
    if "${as_postgres[@]}" "$bin/pg_ctl" -D "$folder/data" -w -t 30 -l "$folder/data/server.log" \
        -o "-h 127.0.0.1 -p $port -k $folder/data -F -c max_connections=300 -c synchronous_commit=off -c full_page_writes=off" \
        start >"$folder/log" 2>&1; then
        started=yes
        break
    fi
done
[ -n "$started" ] || {
    cat "$folder/log" "$folder/data/server.log" >&2
    exit 1
}
cd "$OLDPWD"

export TEST_POSTGRES_URL="postgres://test@127.0.0.1:$port/postgres"
"$@"
