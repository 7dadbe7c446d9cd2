#!/usr/bin/env bash
# Runs the Rust tests of the packages its arguments select against SQLite and a throw-away PostgreSQL, with nextest where it
# is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

# Most tests wait for the disk. What they write is gone with them, so it goes to memory where there is room for it.
room=$(df --output=avail -BM /dev/shm 2>/dev/null | tail -n 1 | tr -dc 0-9 || true)
[ "${room:-0}" -lt 4000 ] || export TMPDIR=/dev/shm

if cargo nextest --version >/dev/null 2>&1; then
    # And for each other: two for each core keep it busy.
    threads=${NEXTEST_TEST_THREADS:-$((2 * $(nproc)))}
    NEXTEST_TEST_THREADS=$threads scripts/with-postgres.sh cargo nextest run "$@"
    # nextest runs no documentation examples, and these know nothing of its filters.
    case " $* " in
        *" -E "* | *" --filterset"*) echo "Documentation examples are left out: -E selects tests of nextest." ;;
        *) cargo test --doc --quiet "$@" ;;
    esac
else
    scripts/with-postgres.sh cargo test --quiet "$@"
fi
