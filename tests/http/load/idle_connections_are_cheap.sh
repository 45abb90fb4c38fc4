#!/bin/sh
# SPDX-License-Identifier: MIT
#
# 5,000 connections that have been answered and are kept cost at most 2 KB of
# memory each, are all still there, and answer again.
. "$(dirname "$0")/../common.sh"

no_more_files() { [ "$(files)" -le "$files" ]; }

ulimit -S -n "$(ulimit -H -n)"
case $(ulimit -n) in
unlimited) ;;
*) [ "$(ulimit -n)" -ge 5100 ] || skip "only $(ulimit -n) descriptors" ;;
esac
start who.js
files=$(files)
"$crowd" "$port" connections=64 requests=10 lives=100 >/dev/null || fail "warming up failed"
until_true no_more_files || fail "$(files) descriptors are left of $files"
before=$(rss)

mkfifo "$scratch/hold"
"$crowd" "$port" connections=5000 hold=1 <"$scratch/hold" \
    >"$scratch/crowd" 2>&1 &
crowd_pid=$!
exec 4>"$scratch/hold"
until_true grep -q '^shard' "$scratch/crowd" || fail "$(cat "$scratch/crowd")"
sleep 1
each=$(((($(rss) - before) * 1024) / 5000))
[ "$(files)" -ge $((files + 5000)) ] || fail "only $(files) descriptors"
echo "again" >&4
until_true has_line "$scratch/crowd" "answered 10000" ||
    fail "$(cat "$scratch/crowd")"
exec 4>&-
wait "$crowd_pid" || fail "$(cat "$scratch/crowd")"
until_true no_more_files || fail "$(files) descriptors are left of $files"
stop

echo "$each bytes a connection"
no_memory_checks
[ "$each" -le 2048 ] || fail "a connection costs $each bytes"
