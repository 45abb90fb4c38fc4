#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A port that a process listens on, with one shard or with more, is refused to
# another process, with one shard or with more; and free as soon as that ended.
. "$(dirname "$0")/../common.sh"

other() { # STATUS OPTION...
    status=$1
    shift
    PORT=$port UNCAUGHT=${UNCAUGHT-} "$node" "$@" "$apps/port.js" >"$scratch/other" 2>&1
    found=$?
    [ $found = "$status" ] ||
        fail "$*: status $found, not $status: $(cat "$scratch/other")"
}
choose_port
for mine in "--cores 1" "--cores 2"; do
    # shellcheck disable=SC2086 # words
    start who.js $mine
    # It goes on for others who use it, too.
    for theirs in "--cores 1" "--cores 2"; do
        # shellcheck disable=SC2086 # words
        other 3 $theirs
        grep -q '^EADDRINUSE true$' "$scratch/other" ||
            fail "$mine, $theirs: $(cat "$scratch/other")"
        ! grep -q listens "$scratch/other" || fail "$mine, $theirs: it listens"
        # shellcheck disable=SC2086 # words
        UNCAUGHT=1 other 1 $theirs
        [ "$(grep -c 'Address already in use' "$scratch/other")" = 1 ] ||
            fail "$mine, $theirs: $(cat "$scratch/other")"
        "$crowd" "$port" connections=20 requests=10 >"$scratch/crowd" 2>&1 ||
            fail "$(cat "$scratch/crowd")"
    done
    stop
    other 0
    # shellcheck disable=SC2086 # words
    other 0 $mine
done
