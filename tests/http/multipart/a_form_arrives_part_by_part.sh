#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What curl -F sends, fields and files, comes byte by byte, also while a
# listener waits.
. "$(dirname "$0")/../common.sh"

start parts.js
head -c 300000 /dev/urandom >"$scratch/file"
: >"$scratch/empty"
sum=$(od -An -v -tu1 "$scratch/file" |
    awk '{ for (i = 1; i <= NF; i++) s = (s + $i) % 65521 } END { print s }')

for query in "" "?wait=1"; do
    curl -sS --max-time 60 -F 'text=hello' -F "file=@$scratch/file" \
        -F "none=@$scratch/empty;filename=a b" \
        "http://127.0.0.1:$port/$query" >"$scratch/answer" || fail "curl"
    {
        echo "text - 5 532"
        echo "file file 300000 $sum"
        echo "none a b 0 0"
        echo true
    } >"$scratch/wanted"
    cmp -s "$scratch/wanted" "$scratch/answer" ||
        fail "with '$query': $(cat "$scratch/answer")"
done
stop
