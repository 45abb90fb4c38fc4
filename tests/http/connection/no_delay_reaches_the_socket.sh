#!/bin/sh
# SPDX-License-Identifier: MIT
#
# As strace sees it: setNoDelay() of a request's connection, and of one that is
# not connected yet; nobody sets it unasked.
. "$(dirname "$0")/../common.sh"

[ -z "$sanitizer" ] || skip "leaks cannot be looked for under strace"
command -v strace >/dev/null || skip "there is no strace"
strace -f -o "$scratch/null" true 2>"$scratch/strace" ||
    skip "strace may not trace: $(head -n 1 "$scratch/strace")"

cat >"$scratch/no_delay.js" <<'JS'
var server = node.http.createServer(function (request, response) {
    if (request.uri.path === "/set") {
        request.connection.setNoDelay();
        request.connection.setNoDelay(false);
    }
    response.sendHeader(200, {});
    response.finish();
});
server.listen(0, "127.0.0.1");
var port = server.port;
node.http.cat("http://127.0.0.1:" + port + "/").wait();
var client = node.tcp.createConnection(port);
client.setNoDelay(true);
client.addListener("connect", function () {
    client.send("GET " + ARGV[2] + " HTTP/1.1\r\nConnection: close\r\n\r\n");
});
client.addListener("eof", function () {
    client.close();
    server.close();
});
JS

values() { # of TCP_NODELAY, in their order
    strace -f -qq -o "$scratch/trace" -e trace=setsockopt "$node" \
        "$scratch/no_delay.js" "$1" || fail "status $?"
    sed -n 's/.*TCP_NODELAY, \[\(.\)\].*/\1/p' "$scratch/trace" | tr -d '\n'
}

[ "$(values /)" = 1 ] || fail "$(cat "$scratch/trace")"
[ "$(values /set)" = 110 ] || fail "$(cat "$scratch/trace")"
