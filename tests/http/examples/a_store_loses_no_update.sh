#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bench/apps/kv.js, its keys spread over the shards, under load: each of 1,600
# additions is in the sum.
. "$(dirname "$0")/../common.sh"

export PORT=0 SERVER_PORT
for cores in 1 4; do
    start ../../../bench/apps/kv.js --cores $cores
    SERVER_PORT=$port
    "$node" "$apps/kv_load.js" >"$scratch/load" 2>&1
    has_line "$scratch/load" "sum 1600" || fail "$(cat "$scratch/load")"
    stop
done
