#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A client whose connection is kept for a next request that never comes ends, long
# before the server's idle timeout of a minute.
. "$(dirname "$0")/../common.sh"

start who.js
found=$(timeout 40 "$node" "$apps/asks_twice.js" "$port") || fail "status $?"
[ "$found" = open ] || fail "found: $found"
stop
