#!/bin/sh
# SPDX-License-Identifier: MIT
#
# curl uploads 100 MB to a server that pauses in the middle: curl comes to a
# halt, the server's memory grows by less than 1 MB, and after resume() the
# checksum is that of the file.
. "$(dirname "$0")/../common.sh"

rchar() { sed -n 's/^rchar: //p' "/proc/$curl/io"; }
has_halted() { # the buffers are full
    read_before=$(rchar)
    sleep 0.5
    [ "$(rchar)" = "$read_before" ] && grep -q '^State:.S' "/proc/$curl/status"
}

head -c 104857600 /dev/urandom >"$scratch/file"
expected=$(cksum <"$scratch/file")
start sum.js

curl -sS -H Expect: -T "$scratch/file" "http://127.0.0.1:$port/?pause=20000000" \
    >"$scratch/answer" 2>"$scratch/curl" &
curl=$!
until_true grep -q '^paused' "$scratch/stdout" || fail "it is not paused"
patience=40
until has_halted; do
    [ $((patience -= 1)) -gt 0 ] || fail "curl goes on"
done
before=$(rss)
sleep 1.5
grown=$(($(rss) - before))
read=$(($(rchar) - read_before))

[ "$read" -eq 0 ] || fail "curl went on: $read bytes"
kill -0 "$curl" || fail "curl has ended: $(cat "$scratch/curl")"
[ -n "$sanitizer" ] || [ "$grown" -lt 1024 ] ||
    fail "memory grew by $grown KB while paused"
[ "$(curl -sS "http://127.0.0.1:$port/resume")" = resumed ] ||
    fail "/resume is not answered"
wait "$curl" || fail "curl: $(cat "$scratch/curl")"
[ "$(cat "$scratch/answer")" = "$expected" ] ||
    fail "checksum $(cat "$scratch/answer"), not $expected"
paused=$(sed -n 's/^paused //p' "$scratch/stdout")
resumed=$(sed -n 's/^resumed //p' "$scratch/stdout")
[ "$paused" = "$resumed" ] || fail "$paused bytes became $resumed in the pause"
echo "memory while paused: $grown KB"
stop
