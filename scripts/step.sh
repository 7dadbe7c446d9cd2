#!/usr/bin/env bash
# Runs one step of a longer job: a headline, the command, how long it took. When it fails: how to repeat just this.
#
#   step.sh "<headline>" "<command that repeats it>" command [argument …]
set -uo pipefail

headline=$1 repeat=$2
shift 2

if [ -t 1 ]; then bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'; else bold='' red='' green='' plain=''; fi

printf '\n%s── %s%s\n' "$bold" "$headline" "$plain"
started=$SECONDS
"$@"
status=$?
took=$((SECONDS - started))

if [ $status -eq 0 ]; then
    printf '%s✓ %s%s (%d s)\n' "$green" "$headline" "$plain" $took
else
    printf '%s✗ %s failed%s after %d s. To repeat only this: %s\n' "$red" "$headline" "$plain" $took "$repeat" >&2
fi
exit $status
