# SPDX-License-Identifier: MIT
# What the scripts of this folder share.  Sourced by them, not run.

set -u
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(dirname "$here")
name=$(basename "$0" .sh)

# Every script takes these; the other options are its own.
node=$repo/build/node
floor=$repo/build/bench/floor
connections=$repo/build/bench/connections
app=$here/apps/hello.js
node_port=8000 # apps/hello.js says so
floor_port=8001

# Thousands of connections: as many descriptors as we may have.
ulimit -n "$(ulimit -H -n)"

die() {
    echo "$name: $*" >&2
    exit 1
}

# Servers are children of the script and end with it, however it ends.
scratch=$(mktemp -d) || exit 1
children=()
stop_all() {
    local tries
    [ ${#children[@]} -gt 0 ] || return 0
    kill "${children[@]}" 2>/dev/null
    for ((tries = 0; tries < 40; tries++)); do
        kill -0 "${children[@]}" 2>/dev/null || break
        sleep 0.05
    done
    kill -KILL "${children[@]}" 2>/dev/null
    wait "${children[@]}" 2>/dev/null
    children=()
}
cleanup() {
    stop_all
    rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

need() { # PROGRAM...
    local program
    for program; do
        command -v "$program" >/dev/null ||
            die "needs $program (Debian has it: apt install $(package "$program"))"
    done
}

package() { # PROGRAM
    case $1 in
    taskset) echo util-linux ;;
    *) echo "$1" ;;
    esac
}

need_built() { # FILE...
    local file
    for file; do
        [ -x "$file" ] || die "$file is not built (sh cmake/run.sh --version builds)"
    done
}

number() { # OPTION TEXT LEAST
    [[ $2 =~ ^[0-9]+$ ]] && [ "$2" -ge "$3" ] ||
        die "$1 wants a number from $3 up, not '$2'"
}

# The processors this process may use, one a line.
processors() {
    awk '/^Cpus_allowed_list:/ {
        n = split($2, parts, ",")
        for (i = 1; i <= n; i++) {
            m = split(parts[i], ends, "-")
            for (cpu = ends[1]; cpu <= ends[m]; cpu++) print cpu
        }
    }' /proc/self/status
}

# Start a server that listens on PORT, wait until it answers, check what it
# answers.  Sets `pid`.  CPU is a processor number, or "any".
start() { # LABEL PORT CPU COMMAND...
    local label=$1 port=$2 cpu=$3 tries
    shift 3
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        die "port $port is taken, $label needs it"
    fi
    if [ "$cpu" != any ]; then
        set -- taskset -c "$cpu" "$@"
    fi
    PORT=$port "$@" >"$scratch/$label.out" 2>&1 </dev/null &
    pid=$!
    children+=("$pid")
    for ((tries = 0; tries < 200; tries++)); do
        if ! kill -0 "$pid" 2>/dev/null; then
            cat "$scratch/$label.out" >&2
            die "$label ended before it listened on port $port"
        fi
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            check_answer "$label" "$port"
            return
        fi
        sleep 0.05
    done
    die "$label does not listen on port $port"
}

check_answer() { # LABEL PORT
    local answer
    answer=$(curl -s -m 5 -w '%{http_code}' "http://127.0.0.1:$2/")
    [ "$answer" = "Hello World"$'\n'200 ] ||
        die "$1 on port $2 answers this instead of status 200 and Hello World: $answer"
}

# A response as it came, but for its date.
response() { # PORT
    curl -s -m 5 -i "http://127.0.0.1:$1/" | sed 's/^Date: .*GMT/Date: (date)/'
}

rss_kb() { # PID
    awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"
}

# What every table says about where it was made.
circumstances() {
    echo "$(date -u +%Y-%m-%d), revision $(revision)," \
        "Linux $(uname -r)," \
        "$(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)," \
        "$(processors | wc -l) processors"
}

revision() {
    git -C "$repo" describe --always --dirty --exclude '*' 2>/dev/null ||
        echo unknown
}

# awk functions: quantile(values, count, q) of an array 1..count, which it sorts.
quantiles='
function quantile(v, n, q,    i, j, t, at, low) {
    for (i = 2; i <= n; i++) {
        t = v[i]
        for (j = i - 1; j >= 1 && v[j] > t; j--) v[j + 1] = v[j]
        v[j + 1] = t
    }
    at = 1 + (n - 1) * q
    low = int(at)
    return low >= n ? v[n] : v[low] + (at - low) * (v[low + 1] - v[low])
}'

# Open connections that stay, each having had its answers: see connections.c.
# `release` closes them again.
hold() { # PORT COUNT REQUESTS DEPTH
    local answered=
    coproc client { exec "$connections" "$@"; }
    client_pid=$client_PID client_out=${client[0]} client_in=${client[1]}
    children+=("$client_pid")
    read -r -t 120 answered <&"$client_out"
    [ "$answered" = $(($2 * $3)) ] || die "only ${answered:-no} answers of $(($2 * $3))"
}

release() {
    exec {client_in}>&-
    wait "$client_pid"
    unset 'children[-1]'
}
