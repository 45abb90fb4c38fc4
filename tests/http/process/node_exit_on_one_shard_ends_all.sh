#!/bin/sh
# SPDX-License-Identifier: MIT
#
# node.exit() in a request listener under load: the status is its own, every
# shard emits "exit" once, nothing is reported.
. "$(dirname "$0")/../common.sh"

for cores in 1 2; do
    start end.js --cores $cores
    "$crowd" "$port" connections=50 requests=10 depth=5 ms=1000 \
        >"$scratch/crowd" 2>&1 &
    crowd_pid=$!
    sleep 0.3
    curl -s "http://127.0.0.1:$port/exit" && fail "/exit is answered"
    stop 5
    wait $crowd_pid
    ! grep -v 'shards share' "$scratch/stderr" || fail "stderr is not empty"
    [ "$(grep -c '^exit$' "$scratch/stdout")" = $cores ] ||
        fail "exit was not emitted by each shard"
    ! grep -q 'went on' "$scratch/stdout" || fail "the listener went on"
done
