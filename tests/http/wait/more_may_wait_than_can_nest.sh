#!/bin/sh
# SPDX-License-Identifier: MIT
#
# 90 requests at once, on 50 connections and then pipelined on one, to a listener
# that waits: more than waits can be nested.  All are answered, and the server
# lives.
. "$(dirname "$0")/../common.sh"

start waits.js
curl -sS -Z --parallel-max 50 --max-time 100 \
    "http://127.0.0.1:$port/[1-90]" >"$scratch/answers" 2>"$scratch/meter" ||
    fail "curl"
sort -u "$scratch/answers" >"$scratch/sorted"
has_lines "$scratch/sorted" 90 || fail "$(wc -l <"$scratch/sorted") answers"

i=0
while [ $((i += 1)) -le 90 ]; do
    printf 'GET /p%d HTTP/1.1\r\n\r\n' $i
done >"$scratch/requests"
mkfifo "$scratch/hold"
nc 127.0.0.1 "$port" <"$scratch/hold" >"$scratch/piped" &
exec 4>"$scratch/hold"
cat "$scratch/requests" >&4
piped() { [ "$(grep -c '^ok /p' "$scratch/piped")" = 90 ]; }
until_true piped || fail "$(grep -c '^ok /p' "$scratch/piped") in the pipe"
grep '^ok /p' "$scratch/piped" | cut -c 6- | sort -n -c || fail "out of order"
exec 4>&-
stop
