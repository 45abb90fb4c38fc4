#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bench/apps/limiter.js under load: exactly as many pass as may, whichever shard
# they come to.
. "$(dirname "$0")/../common.sh"

export PORT=0 SERVER_PORT LIMIT=300 WINDOW=1000000000000
for cores in 1 4; do
    start ../../../bench/apps/limiter.js --cores $cores
    SERVER_PORT=$port
    "$node" "$apps/limiter_load.js" >"$scratch/load" 2>&1
    has_line "$scratch/load" '{"200":300,"503":500}' ||
        fail "$(cat "$scratch/load")"
    stop
done
