#!/bin/sh
# SPDX-License-Identifier: MIT
#
# bench/apps/chat.js under load: 200 lines, said at any shard, come to each of 20
# listeners at any other, once.
. "$(dirname "$0")/../common.sh"

export PORT=0 SERVER_PORT
for cores in 1 4; do
    start ../../../bench/apps/chat.js --cores $cores
    SERVER_PORT=$port
    "$node" "$apps/chat_load.js" >"$scratch/load" 2>&1
    has_line "$scratch/load" "all heard all" || fail "$(cat "$scratch/load")"
    stop
done
