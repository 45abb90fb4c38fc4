#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What an idle keep-alive connection costs a server: the growth of its resident
# memory when thousands are opened that each had one answer.  Memory of the
# kernel is not in it.  Prints Markdown.  README.md says what it means.

. "$(dirname "$0")/common.sh"

usage() {
    cat <<EOF
usage: memory.sh [options]
  --connections N   (5000)
  --warm N          requests before counting, on 8 connections (40000; 0: cold)
  --node PATH       the program under test (build/node)
  --floor PATH      build/bench/floor; connections lies beside it
  --app FILE        what node runs; listens on 8000 (bench/apps/hello.js)
  --only NAME       just floor or just node
EOF
}

count=5000 warm=40000
servers="floor node"
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit ;;
    esac
    [ $# -ge 2 ] || die "$1 wants a value, or is no option: see --help"
    case $1 in
    --connections) number "$1" "$2" 1 && count=$2 ;;
    --warm) number "$1" "$2" 0 && warm=$2 ;;
    --node) node=$2 ;;
    --floor) floor=$2 connections=$(dirname "$2")/connections ;;
    --app) app=$2 ;;
    --only) servers=$2 ;;
    *) die "no option $1: see --help" ;;
    esac
    shift 2
done

need curl
need_built "$connections"
[ "$(ulimit -n)" -ge $((count + 100)) ] ||
    die "$count connections need as many descriptors; the limit is $(ulimit -n)"

echo "$(circumstances). $count connections, one request each," \
    "after $warm requests on 8 connections. RSS in KB."
echo
echo "| | started | warm | connections open | a second after closing | bytes / connection |"
echo "|---|--:|--:|--:|--:|--:|"
for server in $servers; do
    case $server in
    floor) command=("$floor" "$floor_port") port=$floor_port ;;
    node) command=("$node" "$app") port=$node_port ;;
    *) die "--only wants floor or node, not '$server'" ;;
    esac
    need_built "${command[0]}"
    start "$server" "$port" any "${command[@]}"
    sleep 0.5
    started=$(rss_kb "$pid")
    # Growth that 5,000 requests cause anyhow (a young heap filling, machine
    # code) must not look like that of connections: let it happen before.
    if [ "$warm" -gt 0 ]; then
        hold "$port" 8 $(((warm + 7) / 8)) 1
        release
        sleep 1
    fi
    before=$(rss_kb "$pid")
    hold "$port" "$count" 1 1
    sleep 1
    during=$(rss_kb "$pid")
    release
    sleep 1
    after=$(rss_kb "$pid")
    echo "| $server | $started | $before | $during | $after |" \
        "$(((during - before) * 1024 / count)) |"
    stop_all
done
