#!/bin/sh
# SPDX-License-Identifier: MIT
#
# 200 connections while the server may have 60 descriptors: some wait unaccepted
# without the server spinning; when others have left they are served, too.
. "$(dirname "$0")/../common.sh"

ticks() { # of CPU that the server has used
    # shellcheck disable=SC2046 # words
    set -- $(sed 's/.*) //' "/proc/$pid/stat")
    echo $((${12} + ${13}))
}

ulimit -S -n 60
start who.js
ulimit -S -n "$(ulimit -H -n)"
mkfifo "$scratch/hold"
"$crowd" "$port" connections=200 requests=0 hold=1 <"$scratch/hold" \
    >"$scratch/crowd" 2>&1 &
crowd_pid=$!
exec 4>"$scratch/hold"
until_true grep -q '^refused 0' "$scratch/crowd" || fail "$(cat "$scratch/crowd")"
sleep 0.3
[ "$(files)" -le 64 ] || fail "$(files) descriptors"
before=$(ticks)
sleep 1
used=$(($(ticks) - before))
[ $used -lt 50 ] || fail "it spins: $used ticks in a second"
exec 4>&-
wait "$crowd_pid"
"$crowd" "$port" connections=40 >"$scratch/crowd" 2>&1 ||
    fail "$(cat "$scratch/crowd")"
has_line "$scratch/crowd" "answered 40" || fail "$(cat "$scratch/crowd")"
stop
