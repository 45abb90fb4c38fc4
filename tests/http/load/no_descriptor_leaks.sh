#!/bin/sh
# SPDX-License-Identifier: MIT
#
# After thousands of connections that ended well, that said nothing, rubbish or
# half of something, and that were reset before, during and after their answer,
# the server has the descriptors that it had, hardly more memory, and answers.
. "$(dirname "$0")/../common.sh"

misbehave() { # COUNT MANNER...
    count=$1
    shift
    for manner; do
        "$crowd" "$port" manner=$manner connections=$count >"$scratch/crowd" \
            2>&1 || fail "$manner: $(cat "$scratch/crowd")"
    done
    "$crowd" "$port" connections=50 requests=3 depth=3 lives=$((count / 50)) \
        >"$scratch/crowd" 2>&1 || fail "$(cat "$scratch/crowd")"
    has_line "$scratch/crowd" "broken 0" || fail "$(cat "$scratch/crowd")"
    until_true settled || fail "$(files) descriptors, not $files"
}
settled() { [ "$(files)" -le "$files" ]; }

for cores in 1 2; do
    start who.js --cores $cores
    files=$(files)
    misbehave 4000 silent half reset cut rubbish # the young heap has grown
    before=$(rss)
    misbehave 2000 silent half reset cut rubbish
    grown=$(($(rss) - before))
    echo "$cores: $before KB, then $grown KB more after 12,000 connections"
    [ -n "$sanitizer" ] || [ $grown -lt 3072 ] || fail "memory grew: $grown KB"
    misbehave 500 leave
    "$crowd" "$port" | grep -qx "answered 1" || fail "no answer"
done
! grep -v 'shards share' "$scratch/stderr" || fail "stderr is not empty"
stop
