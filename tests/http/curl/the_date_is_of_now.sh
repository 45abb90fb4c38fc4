#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Date is the time of the answer, also on a server that had nothing to do for
# seconds and on a connection that is kept.
. "$(dirname "$0")/../common.sh"

start who.js
date_of() { curl -sSI "http://127.0.0.1:$port/" | tr -d '\r' |
    sed -n 's/^Date: //p'; }
last=
for pause in 0 1.2 0.5 2.3; do
    sleep "$pause"
    before=$(date +%s)
    text=$(date_of)
    after=$(date +%s)
    found=$(date -d "$text" +%s) || fail "no date: $text"
    # The clock that the server reads may lag by a few ms.
    [ "$found" -ge $((before - 1)) ] && [ "$found" -le "$after" ] ||
        fail "Date: $text, between $before and $after"
    case $text in
    ???,\ [0-9][0-9]\ ???\ [0-9][0-9][0-9][0-9]\ *:*:*\ GMT) ;;
    *) fail "the form of the date: $text" ;;
    esac
    case $pause in
    *.[23]) [ "$text" != "$last" ] || fail "Date stands still: $text" ;;
    esac
    last=$text
done
stop
