#!/bin/bash
# SPDX-License-Identifier: MIT
#
# How long node takes from exec to exit on an empty program, beside a program
# that does nothing; and the resident memory of an extra idle shard.  Prints
# Markdown.  README.md says what it means.

. "$(dirname "$0")/common.sh"

usage() {
    cat <<EOF
usage: start.sh [options]
  --runs N             starts of each (31)
  --cores N            shards to compare with one (4)
  --node PATH          the program under test (build/node)
  --app FILE           what the idle shards run; listens on 8000
                       (bench/apps/hello.js)
  --variant NAME=WORDS one more way to start node, any number of times: words
                       like X=1 go to its environment, the others are options
EOF
}

runs=31 cores=4
names=(true node) words=("" "")
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit ;;
    esac
    [ $# -ge 2 ] || die "$1 wants a value, or is no option: see --help"
    case $1 in
    --runs) number "$1" "$2" 20 && runs=$2 ;;
    --cores) number "$1" "$2" 2 && cores=$2 ;;
    --node) node=$2 ;;
    --app) app=$2 ;;
    --variant)
        [[ $2 == ?*=?* ]] || die "--variant wants NAME=WORDS, not '$2'"
        names+=("${2%%=*}") words+=("${2#*=}")
        ;;
    *) die "no option $1: see --help" ;;
    esac
    shift 2
done

need curl
need_built "$node"
: >"$scratch/empty.js"

# The command of each row, as words for env(1).
command_of() { # ROW
    local word environment=() options=()
    if [ "$1" -eq 0 ]; then
        command=(/bin/true)
        return
    fi
    for word in ${words[$1]}; do
        if [[ $word =~ ^[A-Za-z_][A-Za-z0-9_]*= ]]; then
            environment+=("$word")
        else
            options+=("$word")
        fi
    done
    command=("$node" "${options[@]}" "$scratch/empty.js")
    if [ ${#environment[@]} -gt 0 ]; then
        command=(env "${environment[@]}" "${command[@]}")
    fi
}

# Interleaved, so that what else the machine does falls on all rows.  The first
# start of each is not counted: it reads the files.
for ((run = 0; run <= runs; run++)); do
    for i in "${!names[@]}"; do
        command_of "$i"
        from=$EPOCHREALTIME
        "${command[@]}" </dev/null >"$scratch/out" 2>&1 ||
            die "'${command[*]}' fails: $(cat "$scratch/out")"
        to=$EPOCHREALTIME
        [ $run -eq 0 ] || echo $((${to/./} - ${from/./})) >>"$scratch/start.$i"
    done
done

echo "$(circumstances). $runs interleaved starts."
echo
echo "| empty program | exec to exit, ms | min | quartiles | max |"
echo "|---|--:|--:|--:|--:|"
for i in "${!names[@]}"; do
    awk -v name="${names[i]}" "$quantiles"'
        { v[NR] = $1 / 1000 }
        END {
            printf "| %s | **%.1f** | %.1f | %.1f–%.1f | %.1f |\n", name,
                quantile(v, NR, 0.5), v[1], quantile(v, NR, 0.25),
                quantile(v, NR, 0.75), v[NR]
        }' "$scratch/start.$i"
done

# Resident memory of node on N shards, a second after it listens.
idle_rss() { # N
    start "node-$1" "$node_port" any "$node" --cores "$1" "$app"
    sleep 1
    rss_kb "$pid" >"$scratch/rss.$1"
    stop_all
}

echo
if "$node" --cores 1 "$scratch/empty.js" >"$scratch/out" 2>&1; then
    idle_rss 1
    idle_rss "$cores"
    one=$(cat "$scratch/rss.1") all=$(cat "$scratch/rss.$cores")
    echo "| shards | RSS KB | per extra shard |"
    echo "|---|--:|--:|"
    echo "| 1 | $one | |"
    echo "| $cores | $all | **$(((all - one) / (cores - 1)))** |"
else
    echo "No shards measured: '$node --cores 1' says: $(head -n 1 "$scratch/out")"
fi
