#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What one request costs node, as a multiple of what it costs the floor.
#
# Each server is started once, pinned to one processor, and serves all rounds;
# wrk is pinned to another.  A round gives every server its turn, in the opposite
# order every other time, so that what else the machine does meanwhile falls on
# all of them; a ratio is taken within a round.  CPU is that of all threads of
# the server over the requests that wrk counted.  Prints Markdown.  README.md
# says what it means.

. "$(dirname "$0")/common.sh"

usage() {
    cat <<EOF
usage: http.sh [options]
  --rounds N           rounds (15); each gives every server one turn
  --seconds S          length of a turn (2)
  --connections N      (64)
  --node PATH          the program under test (build/node)
  --floor PATH         what it is compared with (build/bench/floor)
  --app FILE           what node runs; listens on 8000 (bench/apps/hello.js)
  --peer NAME=COMMAND  one more server, any number of times; a shell command
                       that listens on \$PORT of its environment
EOF
}

rounds=15 seconds=2 width=64
names=(floor node) ports=("$floor_port" "$node_port") commands=("" "") pids=()
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit ;;
    esac
    [ $# -ge 2 ] || die "$1 wants a value, or is no option: see --help"
    case $1 in
    --rounds) number "$1" "$2" 1 && rounds=$2 ;;
    --seconds) number "$1" "$2" 1 && seconds=$2 ;;
    --connections) number "$1" "$2" 1 && width=$2 ;;
    --node) node=$2 ;;
    --floor) floor=$2 ;;
    --app) app=$2 ;;
    --peer)
        [[ $2 =~ ^[^\ =]+=. ]] || die "--peer wants NAME=COMMAND, not '$2'"
        names+=("${2%%=*}") commands+=("${2#*=}")
        ports+=($((floor_port + ${#names[@]} - 2)))
        ;;
    *) die "no option $1: see --help" ;;
    esac
    shift 2
done

need wrk taskset curl
need_built "$node" "$floor"
mapfile -t cpus < <(processors)
[ ${#cpus[@]} -ge 2 ] ||
    die "needs two processors, one for the server and one for wrk; has ${#cpus[@]}"
server_cpu=${cpus[0]} load_cpu=${cpus[1]}

# Nanoseconds that all threads of a process ran, and that they waited for their
# processor.  Without schedstat: utime + stime, in ticks, and no waiting.
cpu_ns() { # PID
    if [ -r "/proc/$1/schedstat" ]; then
        cat "/proc/$1/task/"*/schedstat |
            awk '{ ran += $1; waited += $2 } END { printf "%.0f %.0f\n", ran, waited }'
    else
        sed 's/.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" \
            '{ printf "%.0f 0\n", ($12 + $13) / hz * 1e9 }'
    fi
}

load() { # PORT SECONDS [WRK OPTION...]
    local port=$1 length=$2
    shift 2
    taskset -c "$load_cpu" wrk -t1 -c"$width" -d"${length}s" "$@" \
        "http://127.0.0.1:$port/"
}

# One turn of one server; adds a line to the scratch file of its mode.
turn() { # SERVER MODE [WRK OPTION...]
    local i=$1 mode=$2 before after said
    shift 2
    before=$(cpu_ns "${pids[i]}")
    said=$(load "${ports[i]}" "$seconds" "$@") || die "wrk failed: $said"
    after=$(cpu_ns "${pids[i]}") || die "${names[i]} ended under load"
    if [[ $said == *"Socket errors"* || $said == *"Non-2xx"* ]]; then
        die "wrk met errors with ${names[i]}: $said"
    fi
    awk -v server="$i" -v before="$before" -v after="$after" \
        -v rss="$(rss_kb "${pids[i]}")" '
        / requests in / { requests = $1 }
        /^Requests\/sec:/ { rate = $2 }
        END {
            if (requests == 0) exit 1
            split(before, b)
            split(after, a)
            print server, rate, (a[1] - b[1]) / requests / 1000,
                100 * (a[2] - b[2]) / (a[1] - b[1] + 1), rss / 1024
        }' <<<"$said" >>"$scratch/$mode" ||
        die "${names[i]} answered nothing in a round: $said"
}

measure() { # MODE [WRK OPTION...]
    local i round mode=$1 order=("${!names[@]}") reversed
    shift
    for i in "${!names[@]}"; do # one second each to warm up, not counted
        load "${ports[i]}" 1 "$@" >/dev/null
    done
    for ((round = 1; round <= rounds; round++)); do
        [ ! -t 2 ] || printf '\r%s, round %d of %d ' "$mode" $round "$rounds" >&2
        for i in "${order[@]}"; do
            turn "$i" "$mode" "$@"
        done
        reversed=()
        for i in "${order[@]}"; do
            reversed=("$i" "${reversed[@]}")
        done
        order=("${reversed[@]}")
    done
    [ ! -t 2 ] || printf '\r%40s\r' '' >&2
}

# Medians over the rounds, but for `best`; the spread of the ratios at the end.
table() { # MODE TITLE
    echo
    echo "| $2 | requests/s | CPU µs/request | best | waited | RSS MB | CPU / floor's | min | quartiles | max |"
    echo "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    awk -v names="${names[*]}" -v mode="$1" "$quantiles"'
        function median(column, s,    v, i) {
            for (i = 1; i <= count[s]; i++) v[i] = column[s, i]
            return quantile(v, count[s], 0.5)
        }
        function least(column, s,    i, v) {
            v = column[s, 1]
            for (i = 2; i <= count[s]; i++) if (column[s, i] < v) v = column[s, i]
            return v
        }
        {
            i = ++count[$1]
            rate[$1, i] = $2; cpu[$1, i] = $3; waited[$1, i] = $4; rss[$1, i] = $5
        }
        END {
            n = split(names, name, " ")
            for (s = 0; s < n; s++) {
                printf "| %s | %.0f | %.3f | %.3f | %.1f %% | %.1f |", name[s + 1],
                    median(rate, s), median(cpu, s), least(cpu, s),
                    median(waited, s), median(rss, s)
                for (i = 1; i <= count[s]; i++) r[i] = cpu[s, i] / cpu[0, i]
                if (s == 0) print " 1 | | | |"
                else printf " **%.3f** | %.3f | %.3f–%.3f | %.3f |\n",
                    quantile(r, count[s], 0.5), quantile(r, count[s], 0),
                    quantile(r, count[s], 0.25), quantile(r, count[s], 0.75),
                    quantile(r, count[s], 1)
            }
            if (median(waited, 0) > 5)
                print "http: note: the machine was not quiet, the floor had to" \
                    " wait for its processor (" mode ")" >"/dev/stderr"
        }' "$scratch/$1"
}

commands[0]="$(printf %q "$floor") $floor_port"
commands[1]="$(printf '%q %q' "$node" "$app")"
for i in "${!names[@]}"; do
    start "${names[i]}" "${ports[i]}" "$server_cpu" sh -c "exec ${commands[i]}"
    pids[i]=$pid
done
if [ "$(response "$floor_port")" != "$(response "$node_port")" ]; then
    echo "$name: note: node's response is not the floor's, byte for byte" >&2
fi

measure keep-alive
measure pipelined -s "$here/pipeline.lua"

echo "$(circumstances). Server on processor $server_cpu, wrk on $load_cpu," \
    "$width connections, $rounds interleaved rounds of $seconds s."
table keep-alive "keep-alive"
table pipelined "16 pipelined"
