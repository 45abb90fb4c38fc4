#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh NODE CLIENT PROGRAM.js: run a server, hold the conversation that is
# written in it (see client.c) and compare what the server does besides with
# what its comments say.  Its first line of stdout is its port.
#
#     // expect: TEXT         one more line of stdout; all, in this order
#     // stderr: PATTERN      a line of stderr (grep -E) in this order; without
#                             any, stderr must be empty
#     // status: N            the exit status; without it the server has to live
#                             on until it is told to end
#     // options: WORDS       between node and the program
#     // needs: ipv6          without which the test is skipped
set -u

node=$1 client=$2 program=$3

all() { # every value of a directive, one a line
    sed -n "s,^ *// $1: ,,p; s,^ *// $1:\$,,p" "$program"
}

case $(all needs) in
*ipv6*)
    grep -q '^0\{31\}1 ' /proc/net/if_inet6 2>/dev/null || {
        echo "skipped: this machine has no address ::1"
        exit 77
    }
    ;;
esac

scratch=$(mktemp -d) || exit 1
pid=
# shellcheck disable=SC2154 # pid is set below
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null; rm -rf "$scratch"' EXIT
all expect >"$scratch/expected"
all stderr >"$scratch/patterns"
status=$(all status)
failed=
fail() {
    echo "$program: $*"
    failed=yes
}

: >"$scratch/stdout"
mkfifo "$scratch/pipe"
# shellcheck disable=SC2046 # words
"$node" $(all options) "$program" </dev/null \
    >"$scratch/pipe" 2>"$scratch/stderr" &
pid=$!
exec 3<"$scratch/pipe"
IFS= read -r port <&3
timeout 100 cat <&3 >"$scratch/stdout" &
reader=$!

case $port in
'' | *[!0-9]*) fail "the first line is no port: '$port'" ;;
*)
    "$client" "$port" "$program" "$scratch/stdout" 2>&1 ||
        fail "the conversation failed"
    ;;
esac

# The server's end: its own doing, or else ours.
if [ -n "$status" ] && [ -z "$failed" ]; then
    wait "$reader" || fail "the program does not end"
else
    # What it has printed may still be on its way.
    lines=$(wc -l <"$scratch/expected") patience=200
    while [ "$(wc -l <"$scratch/stdout")" -lt "$lines" ] &&
        [ $((patience -= 1)) -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
        sleep 0.05
    done
    status=143
    kill "$pid" 2>/dev/null
fi
wait "$pid" 2>/dev/null # or it would say how that ended
found=$?
wait "$reader" 2>/dev/null
pid=
[ "$found" = "$status" ] || fail "status $found, not $status"

diff -u "$scratch/expected" "$scratch/stdout" || fail "stdout differs"

# Said once, and only where there are fewer cores.
sed -i '1{/^node: [0-9]* shards share [0-9]* cores\{0,1\}$/d}' "$scratch/stderr"

# Each pattern matches a line below the one that the last matched.
if [ -s "$scratch/patterns" ]; then
    from=1
    while IFS= read -r pattern; do
        line=$(tail -n "+$from" "$scratch/stderr" |
            grep -n -m 1 -E -e "$pattern" | cut -d : -f 1)
        [ -n "$line" ] || { fail "stderr lacks: $pattern"; break; }
        from=$((from + line))
    done <"$scratch/patterns"
else
    [ -s "$scratch/stderr" ] && fail "stderr is not empty"
fi

[ -z "$failed" ] || { echo "stderr:"; cat "$scratch/stderr"; exit 1; }
