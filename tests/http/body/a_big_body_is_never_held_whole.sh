#!/bin/sh
# SPDX-License-Identifier: MIT
#
# 100 MB up, with a length and in chunks, and 100 MB down to a reader that does
# not keep up: the server's memory at its peak stays far below (H7), and what
# arrives is what was sent.  Bodies are told in pieces.
. "$(dirname "$0")/../common.sh"

start sum.js
base=$(high)
head -c 104857600 /dev/urandom >"$scratch/file"
expected=$(cksum <"$scratch/file")
found=$(curl -sS -T "$scratch/file" "http://127.0.0.1:$port/")
[ "$found" = "$expected" ] || fail "length: $found, not $expected"
found=$(curl -sS -T - "http://127.0.0.1:$port/" <"$scratch/file")
[ "$found" = "$expected" ] || fail "chunked: $found, not $expected"
up=$(($(high) - base))
# shellcheck disable=SC2046 # two numbers
set -- $(curl -sS -T "$scratch/file" "http://127.0.0.1:$port/?cut=1")
[ "$1" -ge 1600 ] && [ "$2" -le 65536 ] || fail "$1 pieces of up to $2 bytes"
rm "$scratch/file"

start who.js
base=$(high)
curl -sS --limit-rate 50M "http://127.0.0.1:$port/big" | cksum \
    >"$scratch/answer"
found=$(cat "$scratch/answer")
expected=$(head -c 100000000 /dev/zero | cksum)
[ "$found" = "$expected" ] || fail "down: $found, not $expected"
down=$(($(high) - base))
stop

echo "peaks over the start: $up KB up, $down KB down"
no_memory_checks
[ "$up" -lt 32768 ] || fail "an upload took $up KB"
[ "$down" -lt 32768 ] || fail "a download took $down KB"
