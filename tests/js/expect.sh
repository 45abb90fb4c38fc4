# SPDX-License-Identifier: MIT
#
# For the scripts: . expect.sh, then run commands and say what they did.

node=$1
# shellcheck disable=SC2034 # scripts use it
read_slowly=$2
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
    echo "$*"
    failures=$((failures + 1))
}

# until_true COMMAND...: try until it is true, for 20 seconds or more.
until_true() {
    patience=400
    until "$@"; do
        [ $((patience -= 1)) -gt 0 ] || return 1
        sleep 0.05
    done
}

# leave_out_cores FILE: what is said once, where there are fewer cores than
# shards.
leave_out_cores() {
    sed -i '/^node: [0-9]* shards share [0-9]* cores\{0,1\}$/d' "$1"
}

# runs STATUS STDOUT STDERR COMMAND...: the outputs are patterns (grep -E) that
# some line matches; "" stands for no output at all.
runs() {
    status=$1 out=$2 err=$3
    shift 3
    "$@" </dev/null >"$scratch/out" 2>"$scratch/err"
    found=$?
    [ -n "$err" ] || leave_out_cores "$scratch/err"
    [ "$found" -eq "$status" ] || fail "'$*': status $found, not $status"
    matches "$scratch/out" "$out" "'$*': stdout"
    matches "$scratch/err" "$err" "'$*': stderr"
}

matches() {
    if [ -z "$2" ]; then
        [ ! -s "$1" ] || fail "$3 is not empty: $(head -n 3 "$1")"
    else
        grep -q -E -e "$2" "$1" || fail "$3 lacks '$2': $(head -n 3 "$1")"
    fi
}

# one_line: the last command wrote one line to stderr.
one_line() {
    [ "$(wc -l <"$scratch/err")" -eq 1 ] ||
        fail "not one line: $(cat "$scratch/err")"
}

# in_parallel AT_A_TIME TIMES FUNCTION: call it with 1, 2, ... TIMES; what it
# prints is a failure.
in_parallel() {
    i=0
    while [ $i -lt "$2" ]; do
        i=$((i + 1))
        "$3" $i >>"$scratch/parallel" 2>&1 &
        [ $((i % $1)) -ne 0 ] || wait
    done
    wait
    [ ! -s "$scratch/parallel" ] || fail "$(head -n 20 "$scratch/parallel")"
}

finish() {
    [ $failures -eq 0 ]
}
