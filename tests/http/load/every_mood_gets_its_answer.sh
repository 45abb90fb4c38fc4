#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Requests with and without content, up to 16 at a time, answered at once, late,
# in pieces, after await, wait() and pauses, at random, while every fifth client
# vanishes: the others get each answer once, whole and in order; afterwards the
# server has what it had.
. "$(dirname "$0")/../common.sh"

settled() { [ "$(files)" -le "$files" ]; }

for cores in 1 2; do
    start moody.js --cores $cores
    files=$(files)
    for depth in 1 4 16; do
        "$crowd" "$port" connections=30 requests=32 depth=$depth content=1 \
            lives=5 vanish=5 >"$scratch/crowd" 2>&1 ||
            fail "$cores, $depth: $(cat "$scratch/crowd")"
        has_line "$scratch/crowd" "broken 0" || fail "$(cat "$scratch/crowd")"
        has_line "$scratch/crowd" "vanished 30" || fail "$(cat "$scratch/crowd")"
        has_line "$scratch/crowd" "answered 3840" ||
            fail "$(cat "$scratch/crowd")"
        until_true settled || fail "$(files) descriptors, not $files"
    done
done
! grep -v 'shards share' "$scratch/stderr" || fail "stderr is not empty"
stop
