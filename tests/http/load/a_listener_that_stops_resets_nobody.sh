#!/bin/sh
# SPDX-License-Identifier: MIT
#
# While 32 clients connect, ask and leave as fast as they can, one shard closes
# its listener: nobody is reset or refused, and the other shard takes all that
# come.  The same when it listens again, stops again, and so on.
. "$(dirname "$0")/../common.sh"

has_returned() { [ "$(grep -c returned "$scratch/stdout")" = 50 ]; }

for leaves in 0 1; do
    export LEAVES=$leaves
    start leave.js --cores 2
    "$crowd" "$port" connections=32 requests=2 ms=1500 >"$scratch/crowd" 2>&1 ||
        fail "$(cat "$scratch/crowd")"
    until_true has_line "$scratch/stdout" left || fail "nobody left"
    has_line "$scratch/crowd" "broken 0" || fail "$(cat "$scratch/crowd")"
    has_line "$scratch/crowd" "refused 0" || fail "$(cat "$scratch/crowd")"
    cat "$scratch/crowd"
    "$crowd" "$port" connections=50 >"$scratch/crowd" 2>&1 ||
        fail "$(cat "$scratch/crowd")"
    has_line "$scratch/crowd" "shard $((1 - leaves)) 50" ||
        fail "shard $leaves goes on: $(cat "$scratch/crowd")"
done

export CYCLES=50
start leave.js --cores 2
"$crowd" "$port" connections=32 requests=2 ms=2000 >"$scratch/crowd" 2>&1 ||
    fail "$(cat "$scratch/crowd")"
until_true has_returned || fail "nobody returned"
has_line "$scratch/crowd" "broken 0" || fail "$(cat "$scratch/crowd")"
has_line "$scratch/crowd" "refused 0" || fail "$(cat "$scratch/crowd")"
cat "$scratch/crowd"
stop
