#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Both shards close their servers under load; the process ends, with status 0,
# when the last connection does, not before.
. "$(dirname "$0")/../common.sh"

start end.js --cores 2
mkfifo "$scratch/hold"
"$crowd" "$port" connections=20 hold=1 <"$scratch/hold" >"$scratch/crowd" 2>&1 &
crowd_pid=$!
exec 4>"$scratch/hold"
until_true grep -q '^shard' "$scratch/crowd" || fail "$(cat "$scratch/crowd")"
# Until nobody is left to take a connection.
patience=200
while curl -s -o "$scratch/null" "http://127.0.0.1:$port/close"; do
    [ $((patience -= 1)) -gt 0 ] || fail "a shard does not close"
done
sleep 0.2
is_dead && fail "it ended although connections live"
echo "again" >&4
until_true has_line "$scratch/crowd" "answered 40" ||
    fail "kept connections are not answered: $(cat "$scratch/crowd")"
exec 4>&-
wait $crowd_pid || fail "$(cat "$scratch/crowd")"
stop 0
[ "$(grep -c '^exit$' "$scratch/stdout")" = 2 ] || fail "exit was not emitted"
