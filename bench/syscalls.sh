#!/bin/bash
# SPDX-License-Identifier: MIT
#
# How many system calls a request takes: strace watches one server while a
# bounded number of requests is sent, one at a time on each connection and then
# 16 at a time.  Prints Markdown.  README.md says what it means.

. "$(dirname "$0")/common.sh"

usage() {
    cat <<EOF
usage: syscalls.sh [options]
  --node PATH       the program under test (build/node)
  --floor PATH      build/bench/floor; connections lies beside it
  --app FILE        what node runs; listens on 8000 (bench/apps/hello.js)
  --only NAME       just floor or just node
EOF
}

width=64 plain=64 deep=320 depth=16 # connections; requests on each
servers="floor node"
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) usage && exit ;;
    esac
    [ $# -ge 2 ] || die "$1 wants a value, or is no option: see --help"
    case $1 in
    --node) node=$2 ;;
    --floor) floor=$2 connections=$(dirname "$2")/connections ;;
    --app) app=$2 ;;
    --only) servers=$2 ;;
    *) die "no option $1: see --help" ;;
    esac
    shift 2
done

# One row: the calls that the server makes from now until all is answered.
row() { # SERVER PORT REQUESTS DEPTH
    local trace=$scratch/$1.trace from to
    from=$(wc -l <"$trace")
    hold "$2" $width "$3" "$4"
    sleep 0.5
    to=$(wc -l <"$trace")
    release
    sleep 0.5
    # A receive or send is one on a connection of ours: -yy shows the ports.
    # The second half of a call that another thread interrupted is no call.
    sed -n "$((from + 1)),${to}p" "$trace" | awk -v server="$1" -v depth="$4" \
        -v requests=$((width * $3)) -v connection="<TCP(v6)?:[[].*:$2->" '
        { sub(/^[0-9]+ +/, "") }
        !/^[a-z0-9_]+[(]/ { next }
        { call = $0; sub(/[(].*/, "", call) }
        call ~ /^(read|readv|recvfrom|recvmsg)$/ && $0 ~ connection {
            if (/EAGAIN/) empty++; else receives++
            next
        }
        call ~ /^(write|writev|sendto|sendmsg|sendmmsg)$/ && $0 ~ connection {
            sends++
            next
        }
        call ~ /^epoll_p?wait2?$/ { waits++; next }
        { other++ }
        END {
            if (receives == 0) exit 1
            printf "| %s | %d | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |\n",
                server, depth, requests, receives / requests, empty / requests,
                sends / requests, sends / receives, waits / requests,
                other / requests
        }' || die "strace saw no receive of $1"
}

need strace curl
need_built "$connections"
echo "$(circumstances). $width connections."
echo
echo "| | depth | requests | receives / request | empty receives | sends / request | sends / receive | waits / request | other / request |"
echo "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
for server in $servers; do
    case $server in
    floor) command=("$floor" "$floor_port") port=$floor_port ;;
    node) command=("$node" "$app") port=$node_port ;;
    *) die "--only wants floor or node, not '$server'" ;;
    esac
    need_built "${command[0]}"
    # -I 2: strace ends when it is told to, and its child with it.
    start "$server" "$port" any \
        strace -f -yy -s 0 -I 2 -o "$scratch/$server.trace" "${command[@]}"
    row "$server" "$port" $plain 1
    row "$server" "$port" $deep $depth
    stop_all
done
