#!/bin/sh
# SPDX-License-Identifier: MIT
#
# 64 connections send 16 requests at a time to one and to two shards: each
# request is answered exactly once, in the order of its connection.
. "$(dirname "$0")/../common.sh"

for cores in 1 2; do
    start who.js --cores $cores
    "$crowd" "$port" connections=64 requests=1600 depth=16 \
        >"$scratch/crowd" 2>&1 || fail "$(cat "$scratch/crowd")"
    cat "$scratch/crowd"
    has_line "$scratch/crowd" "answered 102400" || fail "answers are missing"
    has_line "$scratch/crowd" "broken 0" || fail "connections broke"
done
stop
