# SPDX-License-Identifier: MIT
#
# What the scripts share.  They are called NODE CLIENT CROWD [SANITIZER], and
# begin with:  . "$(dirname "$0")/../common.sh"
#
#     start APP [OPTION...]  run apps/APP, in place of one that runs already;
#                            sets $pid, and $port when all shards printed a
#                            line that ends in it
#     stop [STATUS]          end it by SIGTERM, or wait until it has ended with
#                            STATUS
#     fail TEXT...           end the test as failed, showing what was printed
#     skip TEXT...           end the test as skipped
#     choose_port            sets $PORT, which some of the apps listen on, to one
#                            that is free and that the system by itself gives to
#                            nobody; otherwise they choose any
#     rss, high, files       the server's memory and its peak in KB; how many
#                            descriptors it has
#     until_true COMMAND...  try until it is true, at most 20 s
#
# The server's output is in $scratch/stdout and stderr.
set -u

node=$1 client=$2 crowd=$3 sanitizer=${4:-}
apps=$(cd "$(dirname "$0")/../apps" && pwd)
scratch=$(mktemp -d) || exit 1
pid=
export LC_ALL=C
export no_proxy='*' NO_PROXY='*'
unset PORT

clean() {
    [ -z "$pid" ] || { kill -9 "$pid"; wait "$pid"; } 2>/dev/null
    rm -rf "$scratch"
}
trap clean EXIT
trap 'exit 1' INT TERM

fail() {
    echo "FAILED: $*"
    for f in "$scratch/stdout" "$scratch/stderr"; do
        [ ! -s "$f" ] || { echo "-- ${f##*/}:"; tail -n 20 "$f"; }
    done
    exit 1
}

skip() {
    echo "skipped: $*"
    exit 77
}

until_true() {
    patience=400
    until "$@"; do
        [ $((patience -= 1)) -gt 0 ] || return 1
        sleep 0.05
    done
}

has_lines() { # FILE COUNT
    [ "$(wc -l <"$1")" -ge "$2" ]
}

has_line() { # FILE TEXT
    grep -qxF -e "$2" "$1"
}

is_dead() {
    [ ! -d "/proc/$pid" ] ||
        grep -q "^State:.Z" "/proc/$pid/status" 2>/dev/null
}

start() {
    app=$1
    shift
    shards=1
    case $* in
    *--cores*) shards=${*##*--cores } shards=${shards%% *} ;;
    esac
    [ -z "$pid" ] || stop
    : >"$scratch/stdout"
    "$node" "$@" "$apps/$app" </dev/null >"$scratch/stdout" \
        2>"$scratch/stderr" &
    pid=$!
    until_true has_lines "$scratch/stdout" "$shards" ||
        fail "$app does not print its port"
    port=$(sed -n '1s,^\(.*[^0-9]\)\{0\,1\}\([0-9][0-9]*\)/\{0\,1\}$,\2,p' \
        "$scratch/stdout")
    [ -n "$port" ] || fail "$app: this is no port: $(cat "$scratch/stdout")"
}

choose_port() {
    export PORT=$((12000 + $$ % 8000))
    last=$((PORT + 100))
    until "$node" "$apps/port.js" >"$scratch/stdout" 2>&1; do
        [ $((PORT += 1)) -le $last ] || fail "no port is free"
    done
}

stop() {
    if [ $# -eq 0 ]; then
        set -- 143
        kill "$pid" 2>/dev/null
    fi
    until_true is_dead || fail "the server does not end"
    wait "$pid" 2>/dev/null
    status=$?
    pid=
    [ "$status" = "$1" ] || fail "the server's status is $status, not $1"
}

memory() { # FIELD
    sed -n "s/^$1:[^0-9]*\([0-9]*\) kB/\1/p" "/proc/$pid/status"
}
rss() { memory VmRSS; }
high() { memory VmHWM; }
files() { ls "/proc/$pid/fd" | wc -l; }

no_memory_checks() { # where a sanitizer has its own idea of memory
    [ -z "$sanitizer" ] || skip "memory is not measured under a sanitizer"
}
