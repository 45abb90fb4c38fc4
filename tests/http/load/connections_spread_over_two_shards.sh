#!/bin/sh
# SPDX-License-Identifier: MIT
#
# 200 connections that open after both shards listen: neither gets fewer than
# 60, in 20 runs.
. "$(dirname "$0")/../common.sh"

for run in $(seq 20); do
    start who.js --cores 2
    "$crowd" "$port" connections=200 >"$scratch/crowd" 2>&1 ||
        fail "$(cat "$scratch/crowd")"
    has_line "$scratch/crowd" "answered 200" || fail "$(cat "$scratch/crowd")"
    for shard in 0 1; do
        count=$(sed -n "s/^shard $shard //p" "$scratch/crowd")
        [ "${count:-0}" -ge 60 ] ||
            fail "run $run: shard $shard has ${count:-0} of 200"
    done
    echo "$(grep '^shard' "$scratch/crowd" | tr '\n' ' ')"
done
stop
