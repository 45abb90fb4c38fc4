#!/bin/sh
# SPDX-License-Identifier: MIT
#
# within_dnsmasq.sh COMMAND...: run it where NODE_DNS_SERVERS names a real name
# server (dnsmasq) on this machine that knows the names below.
set -eu

PATH=$PATH:/usr/sbin
log=$(mktemp)
trap 'kill "$server" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

# It does not choose a free port by itself.
serve() {
    port=$(shuf -i 26000-32000 -n 1)
    dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts \
        --user="$(id -un)" --pid-file= --log-facility=- \
        --listen-address=127.0.0.1 --bind-interfaces --port="$port" \
        --local=/test/ --local=/in-addr.arpa/ --local=/ip6.arpa/ \
        --host-record=www.test,192.0.2.10,2001:db8::10,300 \
        --host-record=many.test,192.0.2.1,100 \
        --host-record=many.test,192.0.2.2,100 \
        --host-record=many.test,192.0.2.3,100 \
        --host-record=v4.test,192.0.2.4,100 \
        --host-record=www.google.com,192.0.2.70,300 \
        --host-record=www.example.com,192.0.2.80,600 \
        --host-record=localhost,192.0.2.99,100 \
        --host-record=both.test,127.77.0.1,::1,100 \
        --cname=alias.test,middle.test,120 \
        --cname=middle.test,www.test,60 2>"$log" &
    server=$!
    while kill -0 "$server" 2>/dev/null; do
        ! grep -q started "$log" || return 0
        sleep 0.05
    done
    return 1
}

tries=0
until serve; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || { cat "$log" >&2; exit 1; }
done
NODE_DNS_SERVERS=127.0.0.1:$port "$@"
