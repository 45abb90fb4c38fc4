#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A server that closed its connections itself leaves them in TIME_WAIT; another
# listens on the port at once (39).
. "$(dirname "$0")/../common.sh"

choose_port
start end.js
for i in 1 2 3; do
    curl -sS -H 'Connection: close' "http://127.0.0.1:$port/" \
        >"$scratch/answer" || fail "no answer"
done
kill -9 "$pid"
stop 137
for cores in 1 2; do
    PORT=$port "$node" --cores $cores "$apps/port.js" >"$scratch/other" 2>&1 ||
        fail "$(cat "$scratch/other")"
done
