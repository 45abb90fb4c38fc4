#!/bin/sh
# SPDX-License-Identifier: MIT
#
# While a listener is busy, 400 clients connect and send 64 requests each; then it
# closes the server.  All of them had connected, and all are answered; "close" is
# told, and the process ends after the last of them.
. "$(dirname "$0")/../common.sh"

ulimit -S -n "$(ulimit -H -n)"
start flood.js
"$crowd" "$port" connections=400 requests=64 depth=64 >"$scratch/crowd" 2>&1 ||
    fail "$(cat "$scratch/crowd")"
has_line "$scratch/crowd" "answered 25600" || fail "$(cat "$scratch/crowd")"
has_line "$scratch/crowd" "broken 0" || fail "$(cat "$scratch/crowd")"
stop 0
has_line "$scratch/stdout" closed || fail "close was not told"
