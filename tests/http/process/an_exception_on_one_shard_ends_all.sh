#!/bin/sh
# SPDX-License-Identifier: MIT
#
# With requests in flight on both shards a listener throws: status 1, one report
# with shard, file and line, no "exit", and every connection ends.
. "$(dirname "$0")/../common.sh"

start end.js --cores 2
for i in 1 2 3 4 5 6 7 8; do
    curl -sSN "http://127.0.0.1:$port/hang" >"$scratch/hang$i" 2>&1 &
    curls="${curls-} $!"
done
begun() { [ "$(cat "$scratch"/hang* | grep -o begin | wc -l)" = 8 ]; }
until_true begun || fail "they are not answered"
"$crowd" "$port" connections=50 ms=1000 >"$scratch/crowd" 2>&1 &
crowd_pid=$!
sleep 0.3
curl -s "http://127.0.0.1:$port/throw" && fail "/throw is answered"
stop 1
for i in $curls; do
    wait "$i" && fail "a connection ended as if it were whole"
done
wait $crowd_pid
grep -v 'shards share' "$scratch/stderr" >"$scratch/report"
sed -n 1p "$scratch/report" | grep -q '^node: uncaught exception on shard [01]$' ||
    fail "no shard is named"
line=$(grep -n 'throw new' "$apps/end.js" | cut -d : -f 1)
sed -n 2p "$scratch/report" | grep -q "/apps/end.js:$line\$" ||
    fail "file and line are not named"
[ "$(grep -c '^Error: thrown in a listener$' "$scratch/report")" = 1 ] ||
    fail "it is not reported once"
! grep -q exit "$scratch/stdout" || fail "exit was emitted"
