#!/bin/sh
# SPDX-License-Identifier: MIT
#
# As strace sees it: one receive and one send a request without pipelining, one
# send a receive with 16 requests at a time.
. "$(dirname "$0")/../common.sh"

command -v strace >/dev/null || skip "there is no strace"
strace -f -o "$scratch/null" true 2>"$scratch/strace" ||
    skip "strace may not trace: $(head -n 1 "$scratch/strace")"

calls() { # PATTERN: how many, on TCP connections
    grep -cE "^[0-9]+ +($1)\([0-9]+<TCP" "$scratch/trace"
}

start who.js
for depth in 1 16; do
    mkfifo "$scratch/hold$depth"
    : >"$scratch/crowd" # of the one before
    "$crowd" "$port" connections=20 requests=$((20 * depth)) depth=$depth \
        hold=1 <"$scratch/hold$depth" >"$scratch/crowd" 2>&1 &
    crowd_pid=$!
    exec 4>"$scratch/hold$depth"
    until_true grep -q '^shard' "$scratch/crowd" || fail "$(cat "$scratch/crowd")"
    : >"$scratch/strace"
    strace -f -yy -s 0 -p "$pid" -o "$scratch/trace" \
        -e trace=read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg \
        2>"$scratch/strace" &
    strace=$!
    until_true grep -q attached "$scratch/strace" ||
        skip "strace does not attach: $(cat "$scratch/strace")"
    echo "again" >&4
    until_true has_line "$scratch/crowd" "answered $((800 * depth))" ||
        fail "$(cat "$scratch/crowd")"
    kill -INT $strace
    wait $strace
    exec 4>&-
    wait $crowd_pid || fail "$(cat "$scratch/crowd")"
    receives=$(calls 'read|readv|recvfrom|recvmsg')
    sends=$(calls 'write|writev|sendto|sendmsg')
    echo "$((400 * depth)) requests, $depth at a time:" \
        "$receives receives, $sends sends"
    [ "$receives" -ge 400 ] || fail "strace saw too little"
    [ "$sends" = "$receives" ] || fail "a receive is not a send"
    [ "$receives" = 400 ] || fail "a batch is not one receive"
done
stop
