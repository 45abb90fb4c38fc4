#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh NODE PROGRAM.js [SHARDS]: run a program and compare what it does with
# what its comments say:
#
#     // expect: TEXT         one line of stdout; all of them, in this order
#     // stderr: PATTERN      a line of stderr (grep -E) in this order; without
#                             any, stderr must be empty
#     // status: N            the exit status; without it 0
#     // options: WORDS       between node and the program
#     // arguments: WORDS     after it
#     // environment: A=B     one more variable
#     // within: NAME         run by within_NAME.sh, which makes its surroundings
#
# Its files it may keep in the directory ENV.SCRATCH, which is empty: see
# fixtures/scratch.js.
#
# With SHARDS it runs on so many: every line of stdout comes so many times, in
# any order.  CMakeLists.txt asks for that where the program says
#
#     // shards: N
set -u

node=$1 program=$2 shards=${3:-}

all() { # every value of a directive, one a line
    sed -n "s,^.*// $1: ,,p; s,^.*// $1:\$,,p" "$program"
}

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
all expect >"$scratch/expected"
all stderr >"$scratch/patterns"
status=$(all status)
within=$(all within)
mkdir "$scratch/files"

# shellcheck disable=SC2046 # words
env SCRATCH="$scratch/files" $(all environment) \
    ${within:+sh "$(dirname "$0")/within_$within.sh"} \
    "$node" ${shards:+--cores $shards} $(all options) \
    "$program" $(all arguments) \
    </dev/null >"$scratch/stdout" 2>"$scratch/stderr"
found=$?

failed=
fail() {
    echo "$program: $*"
    failed=yes
}

[ "$found" = "${status:-0}" ] || fail "status $found, not ${status:-0}"

if [ -n "$shards" ]; then
    for _ in $(seq "$shards"); do cat "$scratch/expected"; done |
        sort >"$scratch/all"
    sort "$scratch/stdout" >"$scratch/sorted"
    mv "$scratch/all" "$scratch/expected"
    mv "$scratch/sorted" "$scratch/stdout"
fi
# Said once, and only where there are fewer cores.
sed -i '1{/^node: [0-9]* shards share [0-9]* cores\{0,1\}$/d}' "$scratch/stderr"
diff -u "$scratch/expected" "$scratch/stdout" || fail "stdout differs"

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
